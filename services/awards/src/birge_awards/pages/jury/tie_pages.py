"""Serves what the scores left open: one more judge's sheets, the open vote, the chair's word."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.desk import region_of
from birge_awards.domain.acting import Refused
from birge_awards.domain.jury.ties import EXTRA_JUDGE, OPEN_VOTE, Waiting
from birge_awards.domain.sitting.commands import VoteOnTie
from birge_awards.domain.sitting.ties import ballots_on, may_take
from birge_awards.pages.fields import Mistyped, Typed, typed_in
from birge_awards.pages.jury.room import Check, Room, SignedIn, room_of, show_check
from birge_awards.pages.jury.tie_form import (
    TieCommand,
    TieForm,
    name_of_group,
    tied_from,
)
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_common.access.people import Person
from birge_common.access.requirements import step_up_address
from birge_common.access.rights import StepUpRequired

OF_TIES = "/awards/cycles/{cycle}/panels/{panel}/seat/ties"
OF_TIE = f"{OF_TIES}/{{group}}"


def tie_pages(shell: Shell) -> APIRouter:
    """`…/seat/ties`: the list of what waits for this member, and a form for each."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_list(router, shell)
    _add_form(router, shell)
    return router


async def form_of(shell: Shell, room: Room, group: str) -> TieForm:
    """The group that an address names. Raises Refused where it does not wait for this member."""
    for waiting in await shell.reading.results.waiting(room.held):
        if name_of_group(waiting.tied) == group:
            texts = await shell.reading.tied(room.held, waiting, room.person)
            return TieForm(room, waiting, tied_from(waiting, texts))
    raise Refused("no_such_tie", "No tie of these waits for you.")


def _add_list(router: APIRouter, shell: Shell) -> None:
    @router.get(OF_TIES)
    async def ties(request: Request, person: SignedIn) -> Response:
        room = await room_of(shell, request, person)
        waiting = await shell.reading.results.waiting(room.held)
        own = [one for one in waiting if may_take(room.sitting, one, room.person)]
        forms = [TieForm(room, one, tied_from(one, ())) for one in own]
        others = len(waiting) - len(own)
        return shell.show(request, "jury/ties.html", room=room, forms=forms, others=others)


def _add_form(router: APIRouter, shell: Shell) -> None:
    async def page(
        request: Request, form: TieForm, typed: Typed, errors: Mapping[str, str]
    ) -> HTMLResponse:
        return shell.show(
            request,
            "jury/tie.html",
            422 if errors else 200,
            room=form.room,
            form=form,
            is_extra=form.waiting.step == EXTRA_JUDGE,
            is_vote=form.waiting.step == OPEN_VOTE,
            votes=await _votes(shell, form.room, form.waiting),
            typed=typed,
            errors=errors,
        )

    @router.get(OF_TIE)
    async def tie(request: Request, group: str, person: SignedIn) -> Response:
        room = await room_of(shell, request, person)
        return await page(request, await form_of(shell, room, group), {}, {})

    @router.post(OF_TIE)
    async def said(request: Request, group: str, person: SignedIn) -> Response:
        room, typed = await room_of(shell, request, person), await typed_in(request)
        _, form, do = room.words, await form_of(shell, room, group), typed.get("do", "")
        try:
            command = form.command(typed)
        except Mistyped as error:
            return await page(request, form, typed, {error.field: _(error.text)})
        if do not in ("check", "give"):
            return await page(request, form, typed, {})
        step_up = _second_factor(shell, request, person, command)
        check = _check(form, command, typed, step_up=step_up)
        if do == "check" or check.step_up:
            return show_check(shell, request, room, check)
        try:
            await shell.desk.to_panel(person, room.sitting.cycle, room.sitting.panel, command)
        except Refused as refused:
            said = {"action": _(refusal_text(refused.code))}
            return show_check(shell, request, room, check, errors=said)
        done = "voted" if isinstance(command, VoteOnTie) else "decided"
        return RedirectResponse(f"{room.address}?done={done}", 303)


async def _votes(shell: Shell, room: Room, waiting: Waiting) -> list[tuple[str, str]]:
    """The open votes given so far: who, and for which letter."""
    if waiting.step != OPEN_VOTE:
        return []
    ballots = ballots_on(room.sitting, waiting.tied)
    names = await shell.people.names(ballots.keys())
    labels = {one.nominee: one.label(room.words) for one in tied_from(waiting, ())}
    return sorted((names.get(who, who), labels[choice]) for who, choice in ballots.items())


def _check(form: TieForm, command: TieCommand, typed: Typed, *, step_up: str) -> Check:
    _ = form.room.words
    return Check(
        title=form.title,
        submit=_("Give it"),
        consequences=_consequences(form),
        back=form.address,
        rows=form.rows(command),
        hidden={name: value for name, value in typed.items() if name not in ("do", "csrf_token")},
        can_change=True,
        step_up=step_up,
    )


def _consequences(form: TieForm) -> list[str]:
    _ = form.room.words
    if form.waiting.step == EXTRA_JUDGE:
        return [_("These marks count from now on, and you cannot change them.")]
    if form.waiting.step == OPEN_VOTE:
        return [
            _("Your vote counts once the vote is closed, and you cannot change it."),
            _("The vote is open: the members see it, and the minutes name you."),
        ]
    return [
        _("The nominees are placed in the order that you give."),
        _("The minutes name you and print your reason."),
    ]


def _second_factor(shell: Shell, request: Request, person: Person, command: TieCommand) -> str:
    """Where to show it first; empty where it is fresh, or not asked for. Raises Forbidden."""
    region = region_of(request.path_params["panel"])
    try:
        shell.desk.require(person, type(command), region)
    except StepUpRequired:
        return step_up_address(request)
    return ""
