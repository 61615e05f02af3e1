"""Liveness asks the process, readiness asks what it needs, metrics say how it does."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], Awaitable[bool]]


def health_router(checks: Mapping[str, Check]) -> APIRouter:
    """`/health/live`, `/health/ready` (503 names what is not ready) and `/metrics`."""
    router = APIRouter(tags=["operations"])

    @router.get("/health/live", summary="The process answers")
    async def live() -> dict[str, str]:
        """Always 200 while the event loop turns."""
        return {"status": "live"}

    @router.get(
        "/health/ready",
        summary="What the process needs is there",
        responses={503: {"description": "Something it needs is away; the answer names it"}},
    )
    async def ready() -> JSONResponse:
        """200 when every check passes, else 503 with each check's state."""
        states = {name: await check() for name, check in checks.items()}
        status = "ready" if all(states.values()) else "not ready"
        return JSONResponse({"status": status, "checks": states}, 200 if status == "ready" else 503)

    @router.get(
        "/metrics",
        summary="Prometheus metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    )
    async def metrics() -> Response:
        """The process's metrics in Prometheus' text format."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
