"""Serves the minutes: on a page, as a PDF in three languages, and to be signed."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.sitting.commands import SignMinutes
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.handlers.results import named
from birge_awards.minutes.pdf import minutes_pdf
from birge_awards.minutes.record import MinutesRecord, Signature
from birge_awards.minutes.view import view_of
from birge_awards.pages.fields import typed_in
from birge_awards.pages.jury.room import Check, Room, SignedIn, room_of, show_check
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_awards.ports import EVERYWHERE
from birge_awards.proceedings import Proceedings
from birge_common.web.pages.languages import LANGUAGES, language_of
from birge_common.web.pages.views import Row

OF_PANEL = "/awards/cycles/{cycle}/panels/{panel}"


def minutes_pages(shell: Shell) -> APIRouter:
    """`…/minutes`, `…/minutes.pdf` and the member's signature."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_minutes(router, shell)
    _add_signature(router, shell)
    return router


async def shown_record(
    shell: Shell, held: Proceedings, *, laureates_only: bool = False
) -> MinutesRecord:
    """The record with nominees as the public may see them; who was erased stays an id."""
    record = await shell.reading.results.record(held)
    ids = [
        one.nominee
        for each in record.nominations
        for one in (each.laureates if laureates_only else each.standings)
    ]
    nominations = shell.desk.nominations
    found = await nominations.store.candidacies(record.cycle, EVERYWHERE, ids=ids)
    views = await nominations.public_views([one.value for one in found])
    members = await shell.people.names([one.id for one in record.members])
    return named(record, {**{one: view.shown_as for one, view in views.items()}, **members})


def signatures_of(held: Proceedings, names: Mapping[str, str]) -> list[Signature]:
    """Who has signed, the first one first."""
    signed = held.sitting.value.signatures.items()
    return [
        Signature(who, names.get(who, who), at)
        for who, at in sorted(signed, key=lambda one: one[1])
    ]


def _add_minutes(router: APIRouter, shell: Shell) -> None:
    @router.get(f"{OF_PANEL}/minutes")
    async def minutes(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        held = await shell.desk.with_minutes(person, cycle, panel)
        record = await shown_record(shell, held)
        view = view_of(record, language_of(request), signatures_of(held, record.names()))
        room = Room(held, person.id, shell.words(request))
        return shell.show(
            request,
            "jury/minutes.html",
            room=room,
            is_member=held.sitting.value.member(person.id) is not None,
            minutes=view,
            files=LANGUAGES,
        )

    @router.get(f"{OF_PANEL}/minutes.pdf")
    async def file(
        request: Request,
        cycle: str,
        panel: str,
        person: SignedIn,
        language: Literal["kk", "ru", "en"] | None = None,
    ) -> Response:
        held = await shell.desk.with_minutes(person, cycle, panel)
        record = await shown_record(shell, held)
        printed_in = language or language_of(request)
        signatures = signatures_of(held, record.names())
        # In a thread: setting the pages takes longer than anybody else should wait.
        content = await asyncio.to_thread(minutes_pdf, record, printed_in, signatures)
        named_so = f'inline; filename="minutes-{cycle}-{panel}-{printed_in}.pdf"'
        return Response(
            content, media_type="application/pdf", headers={"Content-Disposition": named_so}
        )


def _add_signature(router: APIRouter, shell: Shell) -> None:
    async def page(request: Request, room: Room, errors: Mapping[str, str]) -> HTMLResponse:
        _, record = room.words, await shown_record(shell, room.held, laureates_only=True)
        check = Check(
            title=_("Sign the minutes"),
            submit=_("Sign"),
            consequences=(
                _("You confirm that the minutes with this hash say what the jury decided."),
                _("Once enough members have signed, the result is final."),
            ),
            back=room.address,
            minutes=f"{room.of_panel}/minutes",
            rows=[
                *_results(record, room),
                Row(_("Hash of the minutes"), room.sitting.minutes or ""),
            ],
            hidden={"minutes": room.sitting.minutes or ""},
        )
        return show_check(shell, request, room, check, errors=errors)

    @router.get(f"{OF_PANEL}/seat/sign")
    async def check(request: Request, person: SignedIn) -> Response:
        room = await room_of(shell, request, person)
        if room.sitting.phase != Phase.SIGNING or room.person in room.sitting.signatures:
            return RedirectResponse(room.address, 303)
        return await page(request, room, {})

    @router.post(f"{OF_PANEL}/seat/sign")
    async def sign(request: Request, person: SignedIn) -> Response:
        room, typed = await room_of(shell, request, person), await typed_in(request)
        sitting = room.sitting
        try:
            command = SignMinutes(typed.get("minutes", ""))
            await shell.desk.to_panel(person, sitting.cycle, sitting.panel, command)
        except Refused as refused:
            return await page(request, room, {"action": room.words(refusal_text(refused.code))})
        return RedirectResponse(f"{room.address}?done=signed", 303)


def _results(record: MinutesRecord, room: Room) -> Iterator[Row]:
    """Each category with its laureates, or without one."""
    _ = room.words
    for each in record.nominations:
        said = [
            _("Place %(place)s: %(name)s", place=one.place, name=one.name) for one in each.laureates
        ]
        title = each.title.in_language(_.language)
        yield Row(title, "\n".join(said) or _("No award"))
