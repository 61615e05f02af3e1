"""The page where citations are written and the result goes to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.api.reads import require_result
from birge_awards.desk import region_of
from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.policy import LANGUAGES
from birge_awards.domain.sitting.commands import ProposeAwards
from birge_awards.pages.console.action_pages import SignedIn
from birge_awards.pages.console.panel_actions import OfPanel
from birge_awards.pages.console.panel_pages import OF_PANEL, of_panel
from birge_awards.pages.fields import Typed, typed_in
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell, Words


@dataclass(frozen=True)
class LaureateLine:
    """A laureate as the scores and the ties have it."""

    nominee: str
    name: str
    nomination: str
    place: int


def result_pages(shell: Shell) -> APIRouter:
    """`…/propose`: a citation for every laureate, in each language."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    async def page(
        request: Request, of: OfPanel, typed: Typed, errors: dict[str, str]
    ) -> HTMLResponse:
        _ = shell.words(request)
        return shell.show(
            request,
            "console/propose.html",
            409 if errors else 200,
            cycle=of.sitting.cycle,
            panel=of.sitting.panel,
            name=_.panel(of.sitting.panel),
            laureates=_laureates(of, _),
            languages_of_text=LANGUAGES,
            is_commission=region_of(of.sitting.panel) is None,
            typed=typed,
            errors=errors,
        )

    @router.get(f"{OF_PANEL}/propose")
    async def write(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        who = shell.desk.require(person, ProposeAwards, region_of(panel))
        of = await of_panel(shell, cycle, panel, who)
        require_result(of.held)
        return await page(request, of, {}, {})

    @router.post(f"{OF_PANEL}/propose")
    async def propose(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        who = shell.desk.require(person, ProposeAwards, region_of(panel))
        typed = await typed_in(request)
        of = await of_panel(shell, cycle, panel, who)
        try:
            await shell.desk.to_panel(person, cycle, panel, ProposeAwards(_citations(typed)))
        except Refused as refused:
            said = shell.words(request)(refusal_text(refused.code))
            return await page(request, of, typed, {"action": said})
        return RedirectResponse(f"/awards/cycles/{cycle}/panels/{panel}?done=propose_awards", 303)

    return router


def _laureates(of: OfPanel, _: Words) -> Sequence[LaureateLine]:
    return [
        LaureateLine(one.nominee, of.name(one.nominee), _.title(each.nomination.titles), one.place)
        for each in of.held.facts.standings(of.sitting)
        if each.outcome is not None
        for one in each.outcome.laureates
    ]


def _citations(typed: Typed) -> dict[str, dict[str, str]]:
    """The texts by nominee and language; the fields are named `nominee.language`."""
    citations: dict[str, dict[str, str]] = {}
    for name, text in typed.items():
        nominee, dot, language = name.rpartition(".")
        if dot and text:
            citations.setdefault(nominee, {})[language] = text
    return citations
