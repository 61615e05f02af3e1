"""Which traces are kept, and which ids a log line carries."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ParentBased
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, Tracer

from birge_common.telemetry.logs import add_trace_ids
from birge_common.telemetry.setup import SAMPLE_ALWAYS, _RatioUnlessAsked


def tracer_keeping(ratio: float) -> Tracer:
    return TracerProvider(sampler=ParentBased(_RatioUnlessAsked(ratio))).get_tracer("test")


def sent(*, sampled: bool) -> SpanContext:
    flags = TraceFlags(TraceFlags.SAMPLED if sampled else TraceFlags.DEFAULT)
    return SpanContext(0xABC, 0xDEF, is_remote=True, trace_flags=flags)


@pytest.mark.parametrize("ratio", [0.0, 1.0])
@pytest.mark.parametrize("sampled", [True, False])
def test_the_senders_decision_is_honoured_whatever_our_share(ratio: float, sampled: bool) -> None:
    parent = trace.set_span_in_context(NonRecordingSpan(sent(sampled=sampled)))
    span = tracer_keeping(ratio).start_span("on", context=parent)
    assert span.is_recording() is sampled


def test_of_new_traces_the_share_is_kept() -> None:
    tracer = tracer_keeping(0.25)
    kept = sum(tracer.start_span("new").is_recording() for _ in range(2_000))
    assert 400 < kept < 600


def test_a_root_that_asks_is_kept() -> None:
    span = tracer_keeping(0.0).start_span("batch", attributes={SAMPLE_ALWAYS: True})
    assert span.is_recording()


def test_a_line_carries_the_ids_of_the_span_it_is_written_in() -> None:
    with tracer_keeping(1.0).start_as_current_span("work") as span:
        event = add_trace_ids(None, "info", {"event": "done"})
    assert event["trace_id"] == f"{span.get_span_context().trace_id:032x}"
    assert event["span_id"] == f"{span.get_span_context().span_id:016x}"


def test_a_line_outside_of_a_span_carries_none() -> None:
    assert add_trace_ids(None, "info", {"event": "done"}) == {"event": "done"}
