"""Serves what a member reads, and the sheet beside it: saved at any time, submitted once."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.sitting.commands import Recuse
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.handlers.reading import Assigned
from birge_awards.pages.fields import Field, Mistyped, Typed, text_of, typed_in
from birge_awards.pages.jury.room import Check, Room, SignedIn, room_of, show_check
from birge_awards.pages.jury.sheet_form import (
    fingerprint_of,
    mark_fields,
    marks_in,
    mistakes_in,
    sheet_rows,
    sheet_typed,
)
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_

OF_SEAT = "/awards/cycles/{cycle}/panels/{panel}/seat"
OF_REVIEW = f"{OF_SEAT}/reviews/{{nominee}}"
CHANGED = N_("The draft has changed since this page was shown; read it again.")
NO_REASON = N_("Say in words what these marks rest on.")
DONE: Mapping[str, str] = {
    "saved": N_("The draft is kept. Only you see it, and it does not count yet."),
    "submitted": N_("Your sheet is submitted; it stands."),
}


@dataclass(frozen=True)
class Review:
    """One nominee of a member's list, and how many there are."""

    room: Room
    assigned: Assigned
    number_of: int
    before: str
    after: str
    """The nominees before and after it in the list; empty at its ends."""
    left: str
    """The next nominee without a submitted sheet, after this one and then from the start."""

    @property
    def title(self) -> str:
        """By the number in the member's own list."""
        _ = self.room.words
        return _(
            "Nominee %(number)s of %(total)s", number=self.assigned.number, total=self.number_of
        )

    @property
    def category(self) -> str:
        """The title of the category that it stands in."""
        return self.room.words.title(self.assigned.nomination.titles)

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"{self.room.address}/reviews/{self.assigned.nominee}"


def review_pages(shell: Shell) -> APIRouter:
    """`…/seat/reviews` and what lies below a nominee's address."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_list(router, shell)
    _add_sheet(router, shell)
    _add_submission(router, shell)
    _add_recusal(router, shell)
    return router


async def review_of(shell: Shell, request: Request, person: Person) -> Review:
    """The nominee that the address names. Raises Refused where it is none of the member's."""
    room, nominee = await room_of(shell, request, person), request.path_params["nominee"]
    several = await shell.reading.assigned(room.held, person.id)
    ids = ["", *(one.nominee for one in several), ""]
    for place, one in enumerate(several, start=1):
        if one.nominee == nominee:
            left = [each.nominee for each in (*several[place:], *several[:place]) if _is_left(each)]
            after = "".join(left[:1])
            return Review(room, one, len(several), ids[place - 1], ids[place + 1], after)
    raise Refused("not_assigned", "This nominee was not given to you.")


def sheet_in(review: Review, typed: Typed) -> Sheet:
    """The sheet as typed. Raises Mistyped."""
    room, one = review.room, review.assigned
    marks = marks_in(typed, one.nomination, room.held.policy)
    of = room.sitting
    is_confident = not typed.get("unsure")
    reason = typed.get("reason", "")
    return Sheet(of.cycle, of.panel, one.nominee, room.person, marks, reason, is_confident)


def mistakes_of(review: Review, sheet: Sheet) -> dict[str, str]:
    """What is to be done before the sheet can be submitted, by field."""
    policy, _ = review.room.held.policy, review.room.words
    mistakes = mistakes_in(sheet.marks, review.assigned.nomination, policy, _)
    if policy.reasons_required and not sheet.reason.strip():
        mistakes["reason"] = _(NO_REASON)
    return mistakes


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
            left=[one for one in several if _is_left(one)],
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


def _add_submission(router: APIRouter, shell: Shell) -> None:
    async def page(
        request: Request, of: Review, sheet: Sheet, errors: Mapping[str, str]
    ) -> HTMLResponse:
        _ = of.room.words
        check = Check(
            title=_("Submit the sheet"),
            submit=_("Submit"),
            consequences=(
                _("These marks count from now on, and you cannot change them."),
                _("The other members do not see them while scoring goes on."),
            ),
            back=of.address,
            rows=sheet_rows(sheet, of.assigned.nomination, _),
            hidden={"draft": fingerprint_of(sheet)},
        )
        return show_check(shell, request, of.room, check, errors=errors)

    @router.get(f"{OF_REVIEW}/submit")
    async def check(request: Request, person: SignedIn) -> Response:
        of = await review_of(shell, request, person)
        sheet = of.assigned.sheet
        if sheet is None or sheet.submitted_at is not None or mistakes_of(of, sheet):
            return RedirectResponse(of.address, 303)
        return await page(request, of, sheet, {})

    @router.post(f"{OF_REVIEW}/submit")
    async def submit(request: Request, person: SignedIn) -> Response:
        of, typed = await review_of(shell, request, person), await typed_in(request)
        sheet, _ = of.assigned.sheet, of.room.words
        if sheet is None:
            return RedirectResponse(of.address, 303)
        if typed.get("draft") != fingerprint_of(sheet):
            return await page(request, of, sheet, {"action": _(CHANGED)})
        try:
            await shell.desk.submit_sheet(person, sheet)
        except Refused as refused:
            return await page(request, of, sheet, {"action": _(refusal_text(refused.code))})
        return RedirectResponse(f"{of.address}?done=submitted", 303)


def _add_recusal(router: APIRouter, shell: Shell) -> None:
    async def page(
        request: Request, of: Review, typed: Typed, errors: Mapping[str, str]
    ) -> HTMLResponse:
        _ = of.room.words
        check = Check(
            title=_("Recuse yourself from this nominee"),
            submit=_("I do not judge this nominee"),
            consequences=(
                _("You do not read, score or vote on this nominee any more."),
                _("A sheet that you have given on it counts no more."),
                _("Somebody else may be given it to read."),
            ),
            back=of.address,
            fields=[
                Field(
                    "reason",
                    _("Why you do not judge it"),
                    "textarea",
                    _("In words that the award's manager may read."),
                )
            ],
        )
        return show_check(shell, request, of.room, check, typed, errors)

    @router.get(f"{OF_REVIEW}/recuse")
    async def check(request: Request, person: SignedIn) -> Response:
        return await page(request, await review_of(shell, request, person), {}, {})

    @router.post(f"{OF_REVIEW}/recuse")
    async def recuse(request: Request, person: SignedIn) -> Response:
        of, typed = await review_of(shell, request, person), await typed_in(request)
        _, sitting = of.room.words, of.room.sitting
        try:
            command = Recuse(of.assigned.nominee, person.id, text_of(typed, "reason"))
            await shell.desk.to_panel(person, sitting.cycle, sitting.panel, command)
        except Mistyped as error:
            return await page(request, of, typed, {error.field: _(error.text)})
        except Refused as refused:
            return await page(request, of, typed, {"action": _(refusal_text(refused.code))})
        return RedirectResponse(f"{of.room.address}?done=recused", 303)


def _is_left(one: Assigned) -> bool:
    return one.sheet is None or one.sheet.submitted_at is None


def _is_open(shell: Shell, room: Room) -> bool:
    """Whether sheets are taken now."""
    ends_at = room.sitting.scoring_ends_at
    is_over = ends_at is not None and shell.desk.clock.now() > ends_at
    return room.sitting.phase == Phase.SCORING and not is_over
