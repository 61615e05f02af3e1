"""One SERVER span and one pair of metrics for each request."""

import re
import time
from typing import Any

import structlog
from opentelemetry import trace
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from birge_common.telemetry import metrics
from birge_common.web.problems import current_trace_id

_PROPAGATOR = TraceContextTextMapPropagator()
_UNTRACED = ("/health/", "/metrics")
_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\Z")
log = structlog.get_logger()
_tracer = trace.get_tracer("birge.http")


class RequestTracing:
    """Opens the request's span; takes only a well-formed `traceparent`, and no baggage."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Trace and time the request, except for health and metrics."""
        if scope["type"] != "http" or scope["path"].startswith(_UNTRACED):
            return await self._app(scope, receive, send)
        began_at, status = time.perf_counter(), 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with _tracer.start_as_current_span(
            scope["method"],
            context=_PROPAGATOR.extract(_carrier(scope["headers"])),
            kind=SpanKind.SERVER,
        ) as span:
            # A bug is answered outside of this span, and its answer names the trace too.
            scope.setdefault("state", {})["trace_id"] = current_trace_id()
            try:
                await self._app(scope, receive, send_and_note)
            finally:
                route = _route_template(scope)
                if span.is_recording():
                    span.update_name(f"{scope['method']} {route}")
                    span.set_attributes(
                        {
                            "http.request.method": scope["method"],
                            "http.route": route,
                            "http.response.status_code": status,
                        }
                    )
                    # Of a kept trace every line should be found; the others only cost.
                    log.info("request.answered", route=route, status=status)
                    if status >= 500:
                        span.set_status(Status(StatusCode.ERROR))
                metrics.HTTP_REQUESTS.labels(scope["method"], route, str(status)).inc()
                metrics.HTTP_SECONDS.labels(route).observe(time.perf_counter() - began_at)


def _carrier(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in headers
        if name in (b"traceparent", b"tracestate")
    }
    return found if _TRACEPARENT.match(found.get("traceparent", "")) else {}


def _route_template(scope: Scope) -> str:
    """The route as declared: a metric or span must not have a name for each receipt."""
    route: Any = scope.get("route")
    return getattr(route, "path", "unmatched")
