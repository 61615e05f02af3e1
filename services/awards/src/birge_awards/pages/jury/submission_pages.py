"""Serves the two words on a nominee that cannot be taken back: the sheet, and the recusal."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.sitting.commands import Recuse
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.pages.fields import Field, Mistyped, Typed, text_of, typed_in
from birge_awards.pages.jury.review import OF_REVIEW, Review, mistakes_of, review_of
from birge_awards.pages.jury.room import Check, SignedIn, show_check
from birge_awards.pages.jury.sheet_form import fingerprint_of, reason_in, sheet_rows
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell
from birge_common.web.pages.catalogues import N_

CHANGED = N_("The draft has changed since this page was shown; read it again.")


def submission_pages(shell: Shell) -> APIRouter:
    """`…/reviews/{nominee}/submit` and `…/recuse`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_submission(router, shell)
    _add_recusal(router, shell)
    return router


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
        return show_check(shell, request, of.room, check, typed=typed, errors=errors)

    @router.get(f"{OF_REVIEW}/recuse")
    async def check(request: Request, person: SignedIn) -> Response:
        return await page(request, await review_of(shell, request, person), {}, {})

    @router.post(f"{OF_REVIEW}/recuse")
    async def recuse(request: Request, person: SignedIn) -> Response:
        of, typed = await review_of(shell, request, person), await typed_in(request)
        _, sitting = of.room.words, of.room.sitting
        try:
            text_of(typed, "reason")
            command = Recuse(of.assigned.nominee, person.id, reason_in(typed))
            await shell.desk.to_panel(person, sitting.cycle, sitting.panel, command)
        except Mistyped as error:
            return await page(request, of, typed, {error.field: _(error.text)})
        except Refused as refused:
            return await page(request, of, typed, {"action": _(refusal_text(refused.code))})
        return RedirectResponse(f"{of.room.address}?done=recused", 303)
