"""Serves the declaration: all who stand, what was chosen, and the check before it counts."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.jury.conflicts import Source
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.pages.fields import Mistyped, Typed, typed_in
from birge_awards.pages.jury.declaration import (
    Line,
    conflicts_in,
    fields_of,
    kind_options,
    lines_of,
    matching,
    rows_of,
)
from birge_awards.pages.jury.room import Check, Room, SignedIn, room_of, show_check
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_common.access.people import Person

_OPEN_IN = (Phase.DECLARING, Phase.SCORING)


def declare_pages(shell: Shell) -> APIRouter:
    """`…/seat/declare`: the form, the same form filtered, its check, and the declaration."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    address = "/awards/cycles/{cycle}/panels/{panel}/seat/declare"

    async def lines_in(room: Room, typed: Typed) -> list[Line]:
        return lines_of(await shell.reading.known(room.held, room.person), typed)

    async def form(
        request: Request, room: Room, typed: Typed, errors: Mapping[str, str]
    ) -> HTMLResponse:
        lines, wanted = await lines_in(room, typed), typed.get("wanted", "")
        shown = matching(lines, wanted)
        names = {line.field for line in shown}
        return shell.show(
            request,
            "jury/declare.html",
            422 if errors else 200,
            room=room,
            lines=shown,
            unseen=[line for line in lines if line.conflict and line.field not in names],
            total=len(lines),
            kinds=kind_options(room.words),
            wanted=wanted,
            errors=errors,
        )

    @router.get(address)
    async def declare(request: Request, person: SignedIn) -> Response:
        room = await room_of(shell, request, person)
        if room.has_declared or room.sitting.phase not in _OPEN_IN:
            return _no_form(shell, request, room)
        return await form(request, room, {}, {})

    @router.post(address)
    async def said(request: Request, person: SignedIn) -> Response:
        room, typed = await room_of(shell, request, person), await typed_in(request)
        _, do = room.words, typed.get("do", "")
        try:
            conflicts = conflicts_in(typed)
            if do == "declare":
                await give(room, person, typed)
                return RedirectResponse(f"{room.address}?done=declared", 303)
        except Mistyped as error:
            return await form(request, room, typed, {error.field: _(error.text)})
        except Refused as refused:
            return await form(request, room, typed, {"nominees": _(refusal_text(refused.code))})
        if do != "check":
            return await form(request, room, typed, {})
        lines = await lines_in(room, typed)
        return show_check(shell, request, room, _check(room, lines, fields_of(conflicts)))

    async def give(room: Room, person: Person, typed: Typed) -> None:
        command = shell.reading.declaration(room.held, room.person, conflicts_in(typed))
        sitting = room.sitting
        await shell.desk.to_panel(person, sitting.cycle, sitting.panel, command)

    return router


def _check(room: Room, lines: list[Line], hidden: Mapping[str, str]) -> Check:
    _, clear = room.words, len(lines) - len(hidden)
    return Check(
        title=_("Check your declaration"),
        submit=_("Declare"),
        consequences=(
            _.plural(
                "You declare a conflict with %(num)s nominee, whom you will not judge.",
                "You declare a conflict with %(num)s nominees, whom you will not judge.",
                len(hidden),
            ),
            _.plural(
                "You declare that you have no conflict with %(num)s nominee.",
                "You declare that you have no conflict with %(num)s nominees.",
                clear,
            ),
            _("A conflict that you see later is still possible to say: you recuse yourself."),
        ),
        back=f"{room.address}/declare",
        rows=list(rows_of(lines, _)),
        hidden=hidden,
        do="declare",
        can_change=True,
    )


def _no_form(shell: Shell, request: Request, room: Room) -> HTMLResponse:
    # Conflicts that were found in the data are nobody's to see here.
    own = sum(
        one.juror == room.person and one.source == Source.JUROR for one in room.sitting.conflicts
    )
    declared_at = room.sitting.declared.get(room.person)
    return shell.show(
        request, "jury/declared.html", room=room, declared_at=declared_at, conflicts=own
    )
