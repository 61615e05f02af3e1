"""`POST /v1/events`: the door."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import structlog
from fastapi import APIRouter, Request, Response

from birge_common.security.bearer import SECURITY, authenticate
from birge_common.security.keys import EVENTS_WRITE, Partner
from birge_common.telemetry import metrics
from birge_common.web.guards import query_parameters
from birge_common.web.problems import problem_response
from birge_ingest.api.models import EventResults
from birge_ingest.api.openapi import EVENTS_BODY
from birge_ingest.api.problems import documented, log_away, status_of
from birge_ingest.handlers import Door, Result
from birge_ingest.ports import LogUnavailableError
from birge_ingest.tracing import current_trace_id
from birge_ingest.wire.body import read_body
from birge_ingest.wire.framing import events_in
from birge_ingest.wire.media import mode_of

# Taking a larger body apart takes tens of milliseconds, for which other requests must not wait.
_BYTES_AT_ONCE_MAX = 512 * 1024
_SCOPE_CODES = frozenset({"source_not_yours", "region_not_yours", "kind_not_yours"})
_encode = msgspec.json.Encoder().encode

log = structlog.get_logger()


def events_router(door: Door, *, read_timeout_seconds: float) -> APIRouter:
    """The one way in for partners' events."""
    router = APIRouter(tags=["events"])

    @router.post(
        "/v1/events",
        status_code=202,
        summary="Send events",
        response_model=EventResults,
        responses=documented([400, 401, 403, 405, 408, 413, 415, 422, 431, 500, 503]),
        openapi_extra={**EVENTS_BODY, "security": SECURITY},
    )
    async def send_events(request: Request) -> Response:
        """One event, an array of events, or one event a line.

        Each gets a result of its own, in order. `accepted` comes with a receipt, given only
        after every in-sync replica of the log has the event; `duplicate` means that the same
        event was accepted before, and has its receipt. One bad event never drags its neighbours
        down: the answer is 202 unless every event was rejected. Rejected events are kept for
        you under `/v1/quarantine`.
        """
        partner = authenticate(request, EVENTS_WRITE)
        query_parameters(request, ())
        mode = mode_of(request.headers)
        body = await read_body(
            request.stream(), request.headers, mode, timeout_seconds=read_timeout_seconds
        )
        if len(body) > _BYTES_AT_ONCE_MAX:
            arrived = await asyncio.to_thread(events_in, body, mode, request.headers)
        else:
            arrived = events_in(body, mode, request.headers)
        try:
            results = await door.on_events(arrived, partner)
        except LogUnavailableError:
            raise log_away() from None
        _note(results, partner)
        return _answer(results, is_single=mode.is_single)

    return router


def _answer(results: Sequence[Result], *, is_single: bool) -> Response:
    """202, unless there are events and each was rejected."""
    own_trace_id = results[0].trace_id if is_single else None
    trace_id = own_trace_id or current_trace_id()
    items = [_item(result) for result in results]
    if not items or any(result.status != "rejected" for result in results):
        body = _encode({"results": items, "trace_id": trace_id})
        return Response(body, 202, media_type="application/json")
    first = results[0].refusals[0]
    if is_single:
        return problem_response(
            status_of(first.code), first.code, first.detail, results=items, trace_id=trace_id
        )
    detail = "Every event was rejected; `results` tells for each what to do."
    return problem_response(422, "all_rejected", detail, results=items, trace_id=trace_id)


def _item(result: Result) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": result.id,
        "status": result.status,
        "receipt": result.receipt,
        "errors": [
            {"code": refusal.code, "pointer": refusal.pointer, "detail": refusal.detail}
            for refusal in result.refusals
        ],
    }
    if result.warnings:
        item["warnings"] = [
            {"code": warned.code, "pointer": warned.pointer} for warned in result.warnings
        ]
    return item


def _note(results: Sequence[Result], partner: Partner) -> None:
    """Count what happened, and log what a key tried beyond its scope."""
    for status, count in Counter(result.status for result in results).items():
        metrics.EVENTS_RECEIVED.labels(status).inc(count)
    codes = Counter(refusal.code for result in results for refusal in result.refusals)
    for code, count in codes.items():
        metrics.EVENTS_REFUSED.labels(code).inc(count)
    beyond = {code: count for code, count in codes.items() if code in _SCOPE_CODES}
    if beyond:
        log.warning("events.beyond_scope", key_id=partner.key_id, **beyond)
