"""The spans of a batch: one for the batch, and for each sampled sender's trace one of its own.

They are written after the commit, with the times that the batch took: a record that is not
sampled costs one look at its headers.
"""

import re
import time
from collections.abc import Sequence

import structlog
from opentelemetry import trace
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, SpanKind, TraceFlags

from birge_aggregator.ports import Record
from birge_common.telemetry.setup import SAMPLE_ALWAYS

_SAMPLED = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]?[13579bdf]\Z")
_SYSTEM = {"messaging.system": "kafka", "messaging.operation.type": "process"}
_STORE = {"db.system.name": "mongodb", "db.operation.name": "transaction"}
log = structlog.get_logger()
_tracer = trace.get_tracer("birge.aggregator")


def sampled_senders(records: Sequence[Record]) -> dict[bytes, list[Record]]:
    """The records by sampled `traceparent`; events sent in one request share theirs."""
    senders: dict[bytes, list[Record]] = {}
    for record in records:
        for name, value in record.headers:
            if name == "traceparent" and value is not None and value.endswith((b"1", b"3")):
                senders.setdefault(value, []).append(record)
    return senders


def trace_batch(records: Sequence[Record], began_at: float) -> None:
    """Write the spans of a batch that began at `began_at` (`perf_counter`) and is committed."""
    senders = sampled_senders(records)
    if not senders:
        return
    ended = time.time_ns()
    began = ended - int((time.perf_counter() - began_at) * 1e9)
    batch = _tracer.start_span(
        "count batch",
        kind=SpanKind.CONSUMER,
        start_time=began,
        attributes={**_SYSTEM, SAMPLE_ALWAYS: True, "messaging.batch.message_count": len(records)},
    )
    _store_span(batch, began, ended)
    for traceparent, several in senders.items():
        if parent := _remote(traceparent):
            _process_span(parent, several, batch, began, ended)
    batch.end(ended)


def _remote(traceparent: bytes) -> SpanContext | None:
    found = _SAMPLED.match(traceparent)
    if found is None:
        return None
    return SpanContext(
        int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=TraceFlags(1)
    )


def _process_span(
    parent: SpanContext, records: Sequence[Record], batch: trace.Span, began: int, ended: int
) -> None:
    first = records[0]
    span = _tracer.start_span(
        f"process {first.topic}",
        context=trace.set_span_in_context(NonRecordingSpan(parent)),
        kind=SpanKind.CONSUMER,
        links=[Link(batch.get_span_context())],
        start_time=began,
        attributes={
            **_SYSTEM,
            "messaging.destination.name": first.topic,
            "messaging.destination.partition.id": str(first.partition),
            "messaging.kafka.offset": first.offset,
            "messaging.batch.message_count": len(records),
        },
    )
    _store_span(span, began, ended)
    with trace.use_span(span):
        log.info("events.counted", topic=first.topic, records=len(records))
    span.end(ended)


def _store_span(parent: trace.Span, began: int, ended: int) -> None:
    span = _tracer.start_span(
        "keep ledger, pages and positions",
        context=trace.set_span_in_context(parent),
        kind=SpanKind.CLIENT,
        start_time=began,
        attributes=_STORE,
    )
    span.end(ended)
