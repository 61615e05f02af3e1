"""The spans of a batch: one for each sampled sender, linked to the batch that counted it."""

import time
from dataclasses import dataclass

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import ParentBased

from birge_aggregator import tracing
from birge_common.telemetry.setup import _RatioUnlessAsked

FIRST = f"00-{'a' * 32}-{'b' * 16}-01".encode()
SECOND = f"00-{'c' * 32}-{'d' * 16}-03".encode()
UNSAMPLED = f"00-{'e' * 32}-{'f' * 16}-00".encode()


@dataclass(frozen=True)
class Taken:
    offset: int
    headers: tuple[tuple[str, bytes | None], ...]
    topic: str = "birge.submissions.v1"
    partition: int = 4
    timestamp: int = 0
    value: bytes | None = b"{}"


def record(offset: int, traceparent: bytes | None) -> Taken:
    return Taken(offset, (("content-type", b"x"), ("traceparent", traceparent)))


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    kept = InMemorySpanExporter()
    provider = TracerProvider(sampler=ParentBased(_RatioUnlessAsked(0.0)))
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("test"))
    return kept


def by_name(spans: tuple[ReadableSpan, ...], start: str) -> list[ReadableSpan]:
    return [span for span in spans if span.name.startswith(start)]


def test_each_sampled_sender_has_a_span_in_its_own_trace_linked_to_the_batch(
    exporter: InMemorySpanExporter,
) -> None:
    records = [record(7, FIRST), record(8, FIRST), record(9, SECOND), record(10, UNSAMPLED)]

    tracing.trace_batch(records, time.perf_counter() - 0.05)

    spans = exporter.get_finished_spans()
    (batch,) = by_name(spans, "count batch")
    assert batch.attributes is not None
    assert batch.attributes["messaging.batch.message_count"] == 4
    processing = by_name(spans, "process birge.submissions.v1")
    assert [f"{span.context.trace_id:032x}"[0] for span in processing] == ["a", "c"]
    assert [span.parent and f"{span.parent.span_id:016x}"[0] for span in processing] == ["b", "d"]
    assert [span.attributes["messaging.kafka.offset"] for span in processing] == [7, 9]
    for span in processing:
        assert [link.context.span_id for link in span.links] == [batch.context.span_id]
        assert span.end_time - span.start_time >= 50_000_000


def test_the_store_is_seen_under_the_batch_and_under_each_sender(
    exporter: InMemorySpanExporter,
) -> None:
    tracing.trace_batch([record(7, FIRST)], time.perf_counter())
    spans = exporter.get_finished_spans()
    parents = {span.context.span_id for span in spans if span.attributes.get("messaging.system")}
    stores = by_name(spans, "keep")
    assert {span.parent.span_id for span in stores} == parents
    assert {span.attributes["db.system.name"] for span in stores} == {"mongodb"}


@pytest.mark.parametrize(
    "traceparent", [None, UNSAMPLED, b"", b"1", b"00-zz-zz-01", b"01-" + b"a" * 32, b"\xff\xff1"]
)
def test_a_record_without_a_sampled_trace_leaves_no_process_span(
    exporter: InMemorySpanExporter, traceparent: bytes | None
) -> None:
    tracing.trace_batch([record(7, traceparent)], time.perf_counter())
    assert by_name(exporter.get_finished_spans(), "process") == []
