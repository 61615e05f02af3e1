"""Texts in three languages: the commentary on a region, and what an amendment changes."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.domain.publication.publication import (
    Refused,
    SetChangeNote,
    WriteCommentary,
)
from birge_aggregator.domain.publication.words import LANGUAGES
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.desk.room import HOME, Reader, Room, address_of, leads_to, typed_in
from birge_common.regions import REGIONS
from birge_common.web.problems import Problem


def text_pages(room: Room) -> APIRouter:
    """`…/commentary/{region}` and `…/change-note`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def page(
        request: Request,
        title: str,
        publication: str,
        texts: Mapping[str, str],
        errors: Mapping[str, str],
        status: int,
    ) -> Response:
        return room.show(
            request,
            "desk/texts.html",
            status,
            title=title,
            publication=publication,
            texts=texts,
            errors=errors,
            back=address_of(publication),
        )

    def title_of(request: Request, region: str) -> str:
        if region not in (COUNTRY, *REGIONS):
            raise Problem(404, "unknown_region", "There is no such region.")
        _ = room.words(request)
        return _("Commentary: %(region)s", region=_.region(region))

    @router.get(f"{HOME}/{{publication}}/commentary/{{region}}")
    async def commentary(
        request: Request, publication: str, region: str, person: Reader
    ) -> Response:
        kept = await room.desk.read_one(person, publication)
        texts = kept.publication.commentary.get(region, {})
        return page(request, title_of(request, region), publication, texts, {}, 200)

    @router.post(f"{HOME}/{{publication}}/commentary/{{region}}")
    async def write(request: Request, publication: str, region: str, person: Reader) -> Response:
        title, texts = title_of(request, region), await _texts_in(request)
        command = WriteCommentary(region, texts if any(texts.values()) else None)
        try:
            await room.desk.does(person, publication, command)
        except Refused as refused:
            errors = {"kk": room.why(request, refused)}
            return page(request, title, publication, texts, errors, 409)
        return leads_to(address_of(publication))

    @router.get(f"{HOME}/{{publication}}/change-note")
    async def note(request: Request, publication: str, person: Reader) -> Response:
        kept, _ = await room.desk.read_one(person, publication), room.words(request)
        texts = kept.publication.change_note or {}
        return page(request, _("What this edition changes"), publication, texts, {}, 200)

    @router.post(f"{HOME}/{{publication}}/change-note")
    async def set_note(request: Request, publication: str, person: Reader) -> Response:
        texts, _ = await _texts_in(request), room.words(request)
        title = _("What this edition changes")
        try:
            await room.desk.does(person, publication, SetChangeNote(texts))
        except Refused as refused:
            errors = {"kk": room.why(request, refused)}
            return page(request, title, publication, texts, errors, 409)
        return leads_to(address_of(publication))

    return router


async def _texts_in(request: Request) -> dict[str, str]:
    typed = await typed_in(request)
    return {language: typed.get(language, "") for language in LANGUAGES}
