"""The pages of a jury for those who manage it: its steps, its members, its ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.api.reads import has_result, require_result
from birge_awards.api.views import MemberView, panel_view
from birge_awards.desk import region_of
from birge_awards.domain.cycle.commands import ReopenRegion, SignNoAward, SignWaiver
from birge_awards.domain.cycle.cycle import RegionalStage, Stage
from birge_awards.domain.jury.stability import left_out
from birge_awards.domain.nominees.candidacy import State
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.domain.sitting.standings import Standings, places_of
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.pages.console.action_pages import SignedIn, add_action
from birge_awards.pages.console.panel_actions import PANEL_ACTIONS, OfPanel
from birge_awards.pages.console.panel_tasks import PanelTasks
from birge_awards.pages.shell import Shell, Words
from birge_awards.ports import Caller, Scope
from birge_awards.proceedings import Proceedings
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order

OF_PANEL = "/awards/cycles/{cycle}/panels/{panel}"
PHASES = {
    "forming": N_("The jury is being formed"),
    "declaring": N_("Members declare their conflicts"),
    "scoring": N_("Members read and score"),
    "deliberating": N_("Scoring is closed"),
    "signing": N_("The minutes are being signed"),
    "concluded": N_("The jury has decided"),
}


def panel_pages(shell: Shell) -> APIRouter:
    """A jury's page, its ranking, and the commands to it."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_panel(router, shell)
    _add_ranking(router, shell)

    async def matter(request: Request, person: Person) -> OfPanel:
        path = request.path_params
        return await of_panel(shell, path["cycle"], path["panel"], shell.desk.reader(person))

    for action in PANEL_ACTIONS:
        add_action(
            router,
            shell,
            OF_PANEL,
            action,
            matter=matter,
            give=lambda request, person, command: shell.desk.to_panel(
                person, request.path_params["cycle"], request.path_params["panel"], command
            ),
            back=address_of,
        )
    return router


def address_of(request: Request) -> str:
    """The address of the jury that a page below it belongs to."""
    path = request.path_params
    return f"/awards/cycles/{path['cycle']}/panels/{path['panel']}"


async def of_panel(shell: Shell, cycle: str, panel: str, who: Caller) -> OfPanel:
    """The jury with names of members and nominees. Raises Refused."""
    held = await shell.desk.sittings.load(cycle, panel, who.scope)
    sitting = held.sitting.value
    members = await shell.people.names([one.person for one in sitting.members])
    nominees = await names_of_nominees(shell, held, who.scope)
    return OfPanel(held, {**members, **nominees})


async def names_of_nominees(shell: Shell, held: Proceedings, scope: Scope) -> Mapping[str, str]:
    """The names of all who stand before a jury, for its manager."""
    ids = [one.nominee for one in held.sitting.value.candidates]
    if not ids:
        return {}
    store, nominations = shell.desk.cycles.store, shell.desk.nominations
    found = await store.candidacies(held.cycle.value.id, scope, ids=ids)
    personal = await nominations.personal_of([one.value for one in found])
    return {nominee: one.name for nominee, one in personal.items()}


@dataclass(frozen=True)
class MemberLine:
    """A member in the list of a jury."""

    name: str
    seat: MemberView


def _add_panel(router: APIRouter, shell: Shell) -> None:
    done = {name_of_kind(one.kind): one.done for one in PANEL_ACTIONS}

    @router.get(OF_PANEL)
    async def panel(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        who = shell.desk.reader(person)
        of = await of_panel(shell, cycle, panel, who)
        _ = shell.words(request)
        region = region_of(panel)
        of_region = who.scope if region is None else Scope(frozenset({region}))
        received = sum(
            one.value.state == State.RECEIVED and one.value.region == region
            for one in await shell.desk.cycles.store.candidacies(cycle, of_region)
        )
        tasks = PanelTasks(of, _, lambda kind: shell.desk.may(person, kind, region), received)
        view = panel_view(of.held, has_result=False)
        said = done.get(request.query_params.get("done", ""), "")
        waiver = tasks.waiver()
        return shell.show(
            request,
            "console/panel.html",
            cycle=cycle,
            panel=panel,
            name=_.panel(panel),
            phase=_(PHASES[view.phase]),
            tasks=tasks.all(),
            waiver=[waiver] if waiver else [],
            members=[MemberLine(of.name(one.person), one) for one in view.members],
            candidates=sorted(
                ((of.name(one.nominee), one) for one in view.candidates),
                key=lambda one: in_order(one[0]),
            ),
            has_result=has_result(of.held),
            view=view,
            others=_others(shell, person, region, of),
            done=_(said) if said else "",
            may_waive=waiver is None and _may_waive(shell, person, of, region),
            may_give_none=waiver is None and _may_give_none(shell, person, of),
            may_reopen_region=_region_is_over(of) and shell.desk.may(person, ReopenRegion, region),
        )


def _may_waive(shell: Shell, person: Person, of: OfPanel, region: str | None) -> bool:
    is_open = of.sitting.phase not in (Phase.SIGNING, Phase.CONCLUDED)
    is_time = of.held.cycle.value.stage == Stage.REGIONAL
    return region is not None and is_open and is_time and shell.desk.may(person, SignWaiver, region)


def _may_give_none(shell: Shell, person: Person, of: OfPanel) -> bool:
    is_time = of.held.cycle.value.stage == Stage.NATIONAL
    is_commission = region_of(of.sitting.panel) is None
    return is_commission and is_time and shell.desk.may(person, SignNoAward, None)


def _region_is_over(of: OfPanel) -> bool:
    """The jury's own commands wait then for the region to be reopened."""
    cycle = of.held.cycle.value
    stage = cycle.regions.get(of.sitting.panel, RegionalStage())
    return cycle.stage == Stage.REGIONAL and stage.is_over


def _others(
    shell: Shell, person: Person, region: str | None, of: OfPanel
) -> Sequence[tuple[str, str]]:
    """Commands that are no step of their own, as (address, title in English)."""
    wanted = {
        "scoring": ("EnsureReviews", "Recuse", "DismissMember", "ResumeScoring"),
        "deliberating": ("Recuse", "ResumeScoring"),
        "declaring": ("Recuse", "DismissMember"),
        "forming": ("DismissMember",),
        "signing": ("Reopen",),
        "concluded": ("Reopen",),
    }.get(of.sitting.phase, ())
    if _region_is_over(of):
        return ()
    return [
        (name_of_kind(one.kind), one.title)
        for one in PANEL_ACTIONS
        if one.kind.__name__ in wanted and shell.desk.may(person, one.kind, region)
    ]


@dataclass(frozen=True)
class Ranked:
    """A nomination's ranking as a table, with what its result hangs on."""

    title: str
    comparable: bool
    rows: Sequence[Sequence[str]]
    laureates: Sequence[str]
    hangs_on: int


def _add_ranking(router: APIRouter, shell: Shell) -> None:
    @router.get(f"{OF_PANEL}/ranking")
    async def ranking(request: Request, cycle: str, panel: str, person: SignedIn) -> Response:
        of = await of_panel(shell, cycle, panel, shell.desk.reader(person))
        held = require_result(of.held)
        _ = shell.words(request)
        return shell.show(
            request,
            "console/ranking.html",
            cycle=cycle,
            panel=panel,
            name=_.panel(panel),
            several=[_ranked(one, of, _) for one in held.facts.standings(of.sitting)],
        )


def _ranked(one: Standings, of: OfPanel, _: Words) -> Ranked:
    outcome = one.outcome
    hangs_on = 0
    if outcome is not None:
        places = places_of(of.sitting, one.nomination)
        hangs_on = len(left_out(one.scores, one.ranking, places))
    return Ranked(
        _.title(one.nomination.titles),
        outcome is not None,
        [
            [
                of.name(each.nominee),
                "–" if each.place is None else str(each.place),
                "–" if each.raw_mean is None else _.formats.number(each.raw_mean, 2),
                "–" if each.calibrated is None else _.formats.number(each.calibrated, 2),
                "–" if each.standard_error is None else _.formats.number(each.standard_error, 2),
                f"{each.scores}/{each.assigned}",
            ]
            for each in one.ranking.standings
        ],
        [of.name(each.nominee) for each in outcome.laureates] if outcome else [],
        hangs_on,
    )
