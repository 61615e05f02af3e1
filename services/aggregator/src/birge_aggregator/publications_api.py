"""What programs read of publications without a key: which are out, their answers and files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from birge_aggregator.asking import PARAMETERS, asked_in, parameter
from birge_aggregator.editions import Edition, Editions
from birge_aggregator.publications import PublicationStore
from birge_aggregator.reading_editions import CACHE, frozen_answer
from birge_aggregator.rendering import Form
from birge_aggregator.tables import TABLES
from birge_common.web.guards import query_parameters
from birge_common.web.problems import Problem, problem_responses

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "xlsx": Form.XLSX.media_type,
    "zip": "application/zip",
    "json": "application/json",
}
_FOR_EVER = "public, max-age=31536000, immutable"


class EditionAnswer(BaseModel):
    """An edition: it never changes; what replaces it is named."""

    id: str
    period: str
    number: int
    windows: list[str] = Field(description="The periods that it answers for")
    issued_at: datetime
    counted_at: datetime = Field(description="The moment whose figures it freezes")
    positions: dict[str, dict[str, int]]
    content_hash: str = Field(description="SHA-256 over its words and answers; see docs/contracts")
    change_note: dict[str, str] | None
    superseded_by: str | None
    page: str


class EditionsAnswer(BaseModel):
    """Editions that are out, the last issued first."""

    publications: list[EditionAnswer]


def publications_router(editions: Editions, store: PublicationStore, address: str) -> APIRouter:
    """`/v1/publications`, an edition's statistics, and the files of its page."""
    router = APIRouter(tags=["publications"])

    async def out(edition: str) -> Edition:
        found = await editions.one(edition)
        if found is None:
            raise Problem(404, "no_edition", "GET /v1/publications lists what is out.")
        return found

    @router.get(
        "/v1/publications",
        summary="The editions that are out",
        responses=problem_responses(400, 431, 503),
    )
    async def listed(request: Request, response: Response) -> EditionsAnswer:
        """Superseded ones too: what was quoted stays where it was."""
        query_parameters(request, ())
        response.headers["Cache-Control"] = CACHE
        issued = await editions.issued()
        return EditionsAnswer(publications=[_said(one, address) for one in issued])

    @router.get(
        "/v1/publications/{edition}",
        summary="One edition",
        responses=problem_responses(400, 404, 431, 503),
    )
    async def one(request: Request, response: Response, edition: str) -> EditionAnswer:
        """With how far the log was counted, and the hash of all that it holds."""
        query_parameters(request, ())
        response.headers["Cache-Control"] = CACHE
        return _said(await out(edition), address)

    @router.get(
        "/v1/publications/{edition}/statistics/{table}",
        summary="A table as the edition froze it",
        responses={
            200: {
                "content": {
                    "application/json": {"schema": {"type": "object"}},
                    "text/csv": {"schema": {"type": "string"}},
                    Form.XLSX.media_type: {"schema": {"type": "string", "format": "binary"}},
                }
            },
            304: {"description": "Nothing changed since the tag in If-None-Match"},
            **problem_responses(400, 404, 431, 503),
        },
        openapi_extra={
            "parameters": [
                parameter("table", "path", f"One of {', '.join(TABLES)}"),
                *(parameter(name, "query", text) for name, text in PARAMETERS.items()),
            ]
        },
    )
    async def statistics(request: Request, edition: str) -> Response:
        """The frame of `GET /v1/statistics/{table}`; the period is the edition's where left out."""
        found = await out(edition)
        asked = asked_in(request, query_parameters(request, PARAMETERS), found.period)
        return await frozen_answer(request, editions, found, asked)

    @router.get("/publications/{edition}/files/{name}", include_in_schema=False)
    async def file(edition: str, name: str) -> Response:
        found = await out(edition)
        body = await store.file(found.id, name)
        if body is None:
            raise Problem(404, "no_file", "The edition has no such file; its page lists them.")
        headers = {
            "Cache-Control": _FOR_EVER,
            "Content-Disposition": f'attachment; filename="{found.id}-{name}"',
        }
        return Response(body, media_type=MEDIA_TYPES[name.rsplit(".", 1)[-1]], headers=headers)

    return router


def _said(edition: Edition, address: str) -> EditionAnswer:
    said: dict[str, Any] = {
        name: getattr(edition, name)
        for name in EditionAnswer.model_fields
        if name not in ("windows", "page")
    }
    windows: Sequence[str] = list(edition.windows)
    return EditionAnswer(**said, windows=windows, page=f"{address}/publications/{edition.id}")
