"""Serves what a member reads, and the sheet beside it, saved as often as wanted."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.pages.fields import Mistyped, Typed, typed_in
from birge_awards.pages.jury.review import (
    OF_REVIEW,
    OF_SEAT,
    Review,
    is_left,
    mistakes_of,
    review_of,
    sheet_in,
)
from birge_awards.pages.jury.room import Room, SignedIn, room_of
from birge_awards.pages.jury.sheet_form import REASON_MAX, mark_fields, sheet_rows, sheet_typed
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_common.web.pages.catalogues import N_

DONE: Mapping[str, str] = {
    "saved": N_("The draft is kept. Only you see it, and it does not count yet."),
    "submitted": N_("Your sheet is submitted; it stands."),
}


def review_pages(shell: Shell) -> APIRouter:
    """`…/seat/reviews` and each nominee's page."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_list(router, shell)
    _add_sheet(router, shell)
    return router


def _add_list(router: APIRouter, shell: Shell) -> None:
    @router.get(f"{OF_SEAT}/reviews")
    async def reviews(request: Request, person: SignedIn) -> Response:
        room = await room_of(shell, request, person)
        several = await shell.reading.assigned(room.held, person.id)
        return shell.show(
            request,
            "jury/reviews.html",
            room=room,
            several=several,
            left=[one for one in several if is_left(one)],
            is_open=_is_open(shell, room),
        )


def _add_sheet(router: APIRouter, shell: Shell) -> None:
    async def page(
        request: Request, review: Review, typed: Typed, errors: Mapping[str, str]
    ) -> HTMLResponse:
        room, one = review.room, review.assigned
        _, policy = room.words, room.held.policy
        done = DONE.get(request.query_params.get("done", ""), "")
        submitted = one.sheet is not None and one.sheet.submitted_at is not None
        return shell.show(
            request,
            "jury/review.html",
            422 if errors else 200,
            review=review,
            room=room,
            text=await shell.reading.text(room.held, one.nominee, room.person),
            fields=mark_fields(one.nomination, policy, typed, _),
            rows=sheet_rows(one.sheet, one.nomination, _) if one.sheet else [],
            is_submitted=submitted,
            is_open=_is_open(shell, room) and not submitted,
            typed=typed,
            errors=errors,
            reason_max=REASON_MAX,
            done=_(done) if done else "",
        )

    @router.get(OF_REVIEW)
    async def review(request: Request, person: SignedIn) -> Response:
        of = await review_of(shell, request, person)
        return await page(request, of, sheet_typed(of.assigned.sheet), {})

    @router.post(OF_REVIEW)
    async def save(request: Request, person: SignedIn) -> Response:
        of, typed = await review_of(shell, request, person), await typed_in(request)
        _ = of.room.words
        try:
            sheet = await shell.desk.save_sheet(person, sheet_in(of, typed))
        except Mistyped as error:
            return await page(request, of, typed, {error.field: _(error.text)})
        except Refused as refused:
            return await page(request, of, typed, {"sheet": _(refusal_text(refused.code))})
        if typed.get("do") != "submit":
            return RedirectResponse(f"{of.address}?done=saved", 303)
        if mistakes := mistakes_of(of, sheet):
            return await page(request, of, typed, mistakes)
        return RedirectResponse(f"{of.address}/submit", 303)


def _is_open(shell: Shell, room: Room) -> bool:
    """Whether sheets are taken now."""
    ends_at = room.sitting.scoring_ends_at
    is_over = ends_at is not None and shell.desk.clock.now() > ends_at
    return room.sitting.phase == Phase.SCORING and not is_over
