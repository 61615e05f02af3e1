"""The one call that gives a program its traces and logs."""

from collections.abc import Sequence
from dataclasses import dataclass

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import (
    ALWAYS_ON,
    ParentBased,
    Sampler,
    SamplingResult,
    TraceIdRatioBased,
)
from opentelemetry.trace import Link, SpanKind, TraceState
from opentelemetry.util.types import Attributes

from birge_common.settings import TelemetrySettings
from birge_common.telemetry.logs import configure_logs

SAMPLE_ALWAYS = "birge.sample_always"
"""A root span started with this attribute is kept: a sampled event's trace links to it."""

_SHUTDOWN_MILLIS = 3_000


class _RatioUnlessAsked(Sampler):
    """Keeps a share of new traces, and those whose root asks for it."""

    def __init__(self, ratio: float) -> None:
        self._ratio = TraceIdRatioBased(ratio)

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        asked = attributes is not None and SAMPLE_ALWAYS in attributes
        chosen = ALWAYS_ON if asked else self._ratio
        return chosen.should_sample(
            parent_context, trace_id, name, kind, attributes, links, trace_state
        )

    def get_description(self) -> str:
        return f"RatioUnlessAsked({self._ratio.get_description()})"


@dataclass(frozen=True)
class Telemetry:
    """What must be flushed before the program ends."""

    provider: TracerProvider

    def shutdown(self) -> None:
        """Send what is waiting, for at most three seconds: a dead trace store delays no stop."""
        self.provider.force_flush(_SHUTDOWN_MILLIS)
        self.provider.shutdown()


def setup_telemetry(service_name: str, settings: TelemetrySettings) -> Telemetry:
    """Install the tracer provider and the log configuration of this process.

    Call it once, before anything else and after any fork. A sampled `traceparent` is always
    honoured; of traces that begin here, `sample_ratio` are kept.
    """
    configure_logs(service_name)
    provider = TracerProvider(
        resource=Resource.create({"service.name": service_name}),
        sampler=ParentBased(_RatioUnlessAsked(settings.sample_ratio)),
    )
    if settings.otlp_endpoint:
        exporter = OTLPSpanExporter(
            endpoint=f"{settings.otlp_endpoint.rstrip('/')}/v1/traces", timeout=2
        )
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=500))
    trace.set_tracer_provider(provider)
    return Telemetry(provider)
