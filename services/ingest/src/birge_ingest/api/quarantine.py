"""`GET /v1/quarantine`: a sender's own rejected events, to read, fix and send again."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from birge_common.security.bearer import authenticated_partner
from birge_common.security.keys import EVENTS_WRITE, Partner
from birge_common.web.guards import query_parameters
from birge_common.web.problems import Problem
from birge_ingest.api.models import QuarantineEntry, QuarantinePage
from birge_ingest.api.problems import documented, store_away
from birge_ingest.domain.records import Quarantined, Sender
from birge_ingest.ports import QuarantineReads, StoreUnavailableError
from birge_ingest.quarantining import data_from

_ID = "^[0-9a-f]{32}$"
_Sender = Annotated[Partner, Depends(authenticated_partner(EVENTS_WRITE))]


def quarantine_router(quarantine: QuarantineReads) -> APIRouter:
    """The sender's own entries, and no other's."""
    router = APIRouter(tags=["quarantine"])

    @router.get(
        "/v1/quarantine",
        summary="List your rejected events",
        response_model=QuarantinePage,
        responses=documented([400, 401, 403, 405, 431, 500, 503]),
    )
    async def list_quarantine(
        request: Request,
        partner: _Sender,
        limit: Annotated[int, Query(ge=1, le=100, description="Entries in one answer")] = 50,
        after: Annotated[
            str | None, Query(pattern=_ID, description="`next` of the answer before")
        ] = None,
    ) -> Response:
        """Newest first: those of your sources, and those this key sent under no or another one."""
        query_parameters(request, ("limit", "after"))
        try:
            found = await quarantine.newest(_sender(partner), limit=limit + 1, before=after)
        except StoreUnavailableError:
            raise store_away() from None
        entries = found[:limit]
        following = entries[-1].quarantine_id if len(found) > limit else None
        return _json({"entries": [_entry(entry) for entry in entries], "next": following})

    @router.get(
        "/v1/quarantine/{quarantine_id}",
        summary="Read one rejected event",
        response_model=QuarantineEntry,
        responses=documented([400, 401, 403, 404, 405, 431, 500, 503]),
    )
    async def read_quarantined(
        request: Request,
        quarantine_id: Annotated[str, Path(description="Identifier of the entry")],
        partner: _Sender,
    ) -> Response:
        """The event as it was sent, where it may be kept, and why it was rejected."""
        query_parameters(request, ())
        try:
            entry = await quarantine.find(_sender(partner), quarantine_id)
        except StoreUnavailableError:
            raise store_away() from None
        if entry is None:
            raise Problem(404, "not_found", "No quarantined event of yours has this identifier.")
        return _json(_entry(entry))

    return router


def _sender(partner: Partner) -> Sender:
    return Sender(partner.key_id, partner.sources)


def _entry(entry: Quarantined) -> dict[str, Any]:
    return data_from(entry)


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
