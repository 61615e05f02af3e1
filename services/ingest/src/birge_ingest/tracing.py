"""Spans of sending: one a topic and request, and one more in the trace an event brought along."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import TracebackType

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from birge_ingest.checks.verdicts import Admissible

_PROPAGATOR = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("birge.ingest")


@dataclass(frozen=True, slots=True)
class SendSpan:
    """The trace that a record is sent in, and the header by which its reader continues it."""

    trace_id: str
    headers: tuple[tuple[str, bytes], ...]


def current_trace_id() -> str:
    """The trace of the request, as 32 hexadecimal digits."""
    return f"{trace.get_current_span().get_span_context().trace_id:032x}"


@contextmanager
def send_spans(
    events: Sequence[Admissible], *, quarantine: str, refused: int
) -> Iterator[tuple[list[SendSpan], SendSpan | None]]:
    """Open the spans of sending until Kafka has acknowledged: each event's, and the quarantine's.

    Events share one span a topic, in the request's trace; one that brought a valid `traceparent`
    has its own, in its trace, with a link to the request.
    """
    with ExitStack() as open_spans:
        counts = Counter(event.topic for event in events)
        of_topic = {topic: _opened(topic, count, open_spans) for topic, count in counts.items()}
        of_events = [
            _own(event, open_spans) if event.traceparent else of_topic[event.topic]
            for event in events
        ]
        yield of_events, _opened(quarantine, refused, open_spans) if refused else None


def _own(event: Admissible, open_spans: ExitStack) -> SendSpan:
    carrier = {"traceparent": event.traceparent or "", "tracestate": event.tracestate or ""}
    context = _PROPAGATOR.extract(carrier, context=Context())
    links = [Link(trace.get_current_span().get_span_context())]
    return _opened(event.topic, 1, open_spans, context=context, links=links)


def _opened(
    topic: str,
    count: int,
    open_spans: ExitStack,
    *,
    context: Context | None = None,
    links: Sequence[Link] = (),
) -> SendSpan:
    attributes: dict[str, str | int] = {
        "messaging.system": "kafka",
        "messaging.destination.name": topic,
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "messaging.batch.message_count": count,
    }
    span = _tracer.start_span(
        f"send {topic}",
        context=context,
        kind=SpanKind.PRODUCER,
        attributes=attributes,
        links=links,
    )
    open_spans.push(_Ending(span))
    return _send_span_from(span)


def _send_span_from(span: Span) -> SendSpan:
    context = span.get_span_context()
    trace_id = f"{context.trace_id:032x}"
    content_type = ("content-type", b"application/cloudevents+json")
    if not context.is_valid:
        return SendSpan(trace_id, (content_type,))
    traceparent = f"00-{trace_id}-{context.span_id:016x}-{int(context.trace_flags):02x}"
    return SendSpan(trace_id, (("traceparent", traceparent.encode()), content_type))


@dataclass(frozen=True)
class _Ending:
    """Ends a span, marked as failed where the log did not acknowledge."""

    span: Span

    def __enter__(self) -> Span:
        return self.span

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.span.set_status(Status(StatusCode.ERROR, kind.__name__))
        self.span.end()
