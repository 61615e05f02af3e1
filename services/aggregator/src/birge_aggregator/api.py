"""The aggregator's HTTP surface: statistics, and what became of an event."""

import asyncio
import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from birge_aggregator.answers import Answers
from birge_aggregator.asking import PARAMETERS, asked_in, parameter
from birge_aggregator.domain import statements
from birge_aggregator.domain.fate import Fate, fate_of
from birge_aggregator.domain.ledger import Entry, Place
from birge_aggregator.editions import Editions
from birge_aggregator.ports import Partition, ReadingStore
from birge_aggregator.reading_editions import frozen_answer, newest_with
from birge_aggregator.readings import Reading
from birge_aggregator.rendering import Form, Rendered, as_of, frame_of, rendered
from birge_aggregator.responding import response_of
from birge_aggregator.tables import TABLES
from birge_aggregator.wire import identity_of
from birge_common.contracts.topics import NOMINATIONS
from birge_common.security.bearer import (
    SECURITY,
    authenticate,
    authenticated_partner,
    refuse_key_in_address,
)
from birge_common.security.keys import RECEIPTS_READ, STATISTICS_READ, Partner
from birge_common.security.receipts import Receipt, ReceiptSigner
from birge_common.telemetry import metrics
from birge_common.web.guards import query_parameters
from birge_common.web.problems import Problem, problem_responses

_PARAMETERS = {**PARAMETERS, "at_least": "Wait until this receipt counts"}
_WAIT_SECONDS = 10.0
_NOT_COUNTED = "Nominations are not counted: the awards service tells what became of them."


class AsOf(BaseModel):
    """How far the log was counted when the answer was read."""

    positions: dict[str, dict[str, int]] = Field(
        description="Next offset to be counted, by topic and partition"
    )
    counted_at: str | None = None
    edition: str | None = Field(None, description="The edition that answers, where no key was sent")


class MissingFigure(BaseModel):
    """A figure that is not there, and why: never zero."""

    region: str
    what: str
    reason: str


class CaveatText(BaseModel):
    """A reservation in Kazakh, Russian and English."""

    code: str
    regions: list[str]
    text: dict[str, str]


class StatisticsAnswer(BaseModel):
    """The frame of every table; docs/contracts.md tells the rows of each."""

    table: str
    period: str
    region: str
    rows: list[dict[str, Any]]
    totals: dict[str, float | None] | None = None
    missing: list[MissingFigure]
    caveats: list[CaveatText]
    not_attributable: list[dict[str, Any]] | None = None
    basis: dict[str, Any] | None = Field(None, description="What the figures stand on")
    as_of: AsOf


class EventFate(BaseModel):
    """What became of an event."""

    status: Fate
    source: str
    id: str
    type: str
    subject: str
    version: int | None
    figures: str | None = Field(description="Address of the figures it adds to")
    trace_id: str


def statistics_router(answers: Answers, editions: Editions, signer: ReceiptSigner) -> APIRouter:
    """`GET /v1/statistics/{table}`."""
    router = APIRouter(tags=["statistics"])

    @router.get(
        "/v1/statistics/{table}",
        summary="A table of the statistics, for a window and a region",
        response_model=StatisticsAnswer,
        responses={
            200: {
                "content": {
                    "text/csv": {"schema": {"type": "string"}},
                    Form.XLSX.media_type: {"schema": {"type": "string", "format": "binary"}},
                }
            },
            304: {"description": "Nothing changed since the tag in If-None-Match"},
            **problem_responses(400, 401, 403, 404, 431, 503, 504),
        },
        openapi_extra={
            "security": SECURITY,
            "parameters": [
                parameter("table", "path", f"One of {', '.join(TABLES)}"),
                *(parameter(name, "query", text) for name, text in _PARAMETERS.items()),
            ],
        },
    )
    async def statistics(request: Request) -> Response:
        """One consistent snapshot; with `at_least` not older than that event.

        Without a key the newest edition answers that holds the period, small cells hidden.
        """
        # Read by hand: solving these parameters took FastAPI longer than all the rest of an
        # answer that is kept in memory.
        if "authorization" not in request.headers:
            return await _public(request, editions)
        authenticate(request, STATISTICS_READ)
        query = query_parameters(request, _PARAMETERS)
        asked = asked_in(request, query)
        maker = TABLES[asked.table]
        if "at_least" in query:
            await _wait_for(answers, signer, query["at_least"])

        def render(reading: Reading) -> Rendered:
            made = maker.make(reading.figures, asked.question)
            frame = frame_of(asked.table, asked.question, asked.window.name, made)
            return rendered(frame, as_of(reading), asked.form)

        answer, kept = await answers.rendered(
            asked, asked.window, asked.map_17, maker.needs, render
        )
        metrics.STATISTICS_READS.labels(asked.table, "memory" if kept else "store").inc()
        return response_of(request, answer, cache="private, no-cache")

    return router


async def _public(request: Request, editions: Editions) -> Response:
    """Without a key: from the newest edition that holds it, and nothing that is not out."""
    refuse_key_in_address(request)
    asked = asked_in(request, query_parameters(request, PARAMETERS))
    edition = await newest_with(editions, asked.window.name)
    if edition is None:
        # Raises: whoever wants what is not published needs a key.
        authenticate(request, STATISTICS_READ)
    assert edition is not None, "who has no key is refused"
    return await frozen_answer(request, editions, edition, asked)


async def _wait_for(answers: Answers, signer: ReceiptSigner, text: str) -> None:
    """Wait until the receipt's record is counted; a sender can read its own write."""
    receipt = signer.read(text)
    if receipt is None:
        raise Problem(400, "unknown_receipt", "at_least takes a receipt as the door gave it.")
    if receipt.topic == NOMINATIONS:
        raise Problem(400, "not_counted", _NOT_COUNTED)
    give_up_at = time.monotonic() + _WAIT_SECONDS
    while not await _is_read(answers, receipt):
        if time.monotonic() > give_up_at:
            raise Problem(504, "not_counted_yet", "The event is still waiting; ask again.")
        await asyncio.sleep(0.005)


async def _is_read(answers: Answers, receipt: Receipt) -> bool:
    positions = await answers.positions()
    return positions.get(Partition(receipt.topic, receipt.partition), 0) > receipt.offset


def receipts_router(store: ReadingStore, answers: Answers, signer: ReceiptSigner) -> APIRouter:
    """`GET /v1/receipts/{receipt}`."""
    router = APIRouter(tags=["receipts"])

    @router.get(
        "/v1/receipts/{receipt}",
        summary="What became of an event",
        responses=problem_responses(400, 401, 403, 404, 431, 503),
    )
    async def fate(
        request: Request,
        receipt: str,
        partner: Annotated[Partner, Depends(authenticated_partner(RECEIPTS_READ))],
    ) -> EventFate:
        """Pending, counted, superseded, retracted, ignored or quarantined."""
        query_parameters(request, ())
        found = signer.read(receipt)
        if found is None or found.source not in partner.sources:
            raise Problem(404, "unknown_receipt", "No receipt of yours reads like this.")
        if found.topic == NOMINATIONS:
            raise Problem(404, "not_counted", _NOT_COUNTED)
        return await _fate(store, answers, found)

    return router


def _address(entry: Entry) -> str | None:
    """Where the figures are that the statement in force adds to; a retracted one adds to none."""
    data = entry.data or {}
    match entry.kind:
        case "activity" if entry.contribution is not None:
            page = entry.contribution.page
            return f"/v1/statistics/hours?period={page.period}&region={page.region}"
        case statements.CENSUS:
            return f"/v1/statistics/volunteers?period={data['period']}&region={data['region']}"
        case statements.MILESTONE:
            return f"/v1/statistics/programme?period={data['year']}&region={data['region']}"
        case statements.INQUIRY_RECEIVED:
            return f"/v1/statistics/inquiries?period={data['received_on'][:7]}"
        case statements.INDICATOR:
            return f"/v1/statistics/grants?period={data['period']}"
    return None


async def _fate(store: ReadingStore, answers: Answers, receipt: Receipt) -> EventFate:
    place = Place(receipt.topic, receipt.partition, receipt.offset)
    figures = None
    if not await _is_read(answers, receipt):
        status = Fate.PENDING
    elif await store.is_quarantined(place):
        status = Fate.QUARANTINED
    else:
        entry = await store.entry(identity_of(receipt.source, receipt.type, receipt.subject))
        retracted = entry is not None and entry.kind == "activity" and entry.contribution is None
        status = fate_of(place, entry, retraction_in_force=retracted)
        figures = None if entry is None else _address(entry)
    return EventFate(
        status=status,
        source=receipt.source,
        id=receipt.id,
        type=receipt.type,
        subject=receipt.subject,
        version=receipt.version,
        figures=figures,
        trace_id=receipt.trace_id,
    )
