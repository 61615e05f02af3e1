"""The pages of cycles: all of them, one with its steps and its board of regions, its commands."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from birge_awards.api.views import state_of
from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import ExtendStage, ResolveAppeal
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.handlers.cycles import name_of_kind
from birge_awards.pages.console.action_pages import SignedIn, add_action
from birge_awards.pages.console.cycle_actions import CYCLE_ACTIONS, OfCycle, stages_to_extend
from birge_awards.pages.console.cycle_tasks import CycleTasks
from birge_awards.pages.fields import typed_in
from birge_awards.pages.refusals import refusal_text
from birge_awards.pages.shell import Shell, Words
from birge_awards.permissions import BeginCycle
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.formats import ALMATY

STAGES = {
    Stage.DRAFT: N_("Draft"),
    Stage.NOMINATIONS: N_("Nominations are open"),
    Stage.REGIONAL: N_("Regional stage"),
    Stage.NATIONAL: N_("National stage"),
    Stage.DECIDED: N_("Decided, not published yet"),
    Stage.PUBLISHED: N_("Published"),
    Stage.CLOSED: N_("Closed"),
}
REGION_STATES = {
    "open": N_("Nothing decided yet"),
    "waiver_proposed": N_("No award proposed, a second signature is missing"),
    "waived": N_("No award this year"),
    "confirmed": N_("Laureates confirmed"),
}


def cycles_pages(shell: Shell) -> APIRouter:
    """`/awards/cycles` and what lies below a cycle's own address."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    _add_list(router, shell)
    _add_cycle(router, shell)

    async def matter(request: Request, person: Person) -> OfCycle:
        shell.desk.reader(person)
        cycle = await shell.desk.cycles.load(request.path_params["cycle"])
        today = shell.desk.clock.now().astimezone(ALMATY).date()
        region = request.query_params.get("region", "")
        if not shell.desk.may(person, ResolveAppeal, None):
            return OfCycle(cycle.value, today, region)
        return OfCycle(cycle.value, today, region, await shell.desk.appeals.who_asked(cycle.value))

    for action in CYCLE_ACTIONS:
        add_action(
            router,
            shell,
            "/awards/cycles/{cycle}",
            action,
            matter=matter,
            give=lambda request, person, command: shell.desk.to_cycle(
                person, request.path_params["cycle"], command
            ),
            back=lambda request: f"/awards/cycles/{request.path_params['cycle']}",
        )
    return router


def _add_list(router: APIRouter, shell: Shell) -> None:
    async def listed(
        request: Request, person: Person, errors: dict[str, str], typed: str
    ) -> Response:
        _ = shell.words(request)
        cycles = [one.value for one in await shell.desk.cycles.store.cycles()]
        return shell.show(
            request,
            "console/cycles.html",
            422 if errors else 200,
            rows=[(one.id, _(STAGES[one.stage])) for one in cycles],
            may_begin=shell.desk.may(person, BeginCycle, None),
            errors=errors,
            typed=typed,
        )

    @router.get("/awards/cycles")
    async def cycles(request: Request, person: SignedIn) -> Response:
        shell.desk.reader(person)
        return await listed(request, person, {}, "")

    @router.post("/awards/cycles")
    async def begin(request: Request, person: SignedIn) -> Response:
        _, name = shell.words(request), (await typed_in(request)).get("name", "")
        try:
            await shell.desk.begin(person, name)
        except Refused as refused:
            said = _(refusal_text(refused.code))
            return await listed(request, person, {"name": said}, name)
        return RedirectResponse(f"/awards/cycles/{name}", 303)


def _add_cycle(router: APIRouter, shell: Shell) -> None:
    done = {name_of_kind(one.kind): one.done for one in CYCLE_ACTIONS}

    @router.get("/awards/cycles/{cycle}")
    async def cycle(request: Request, cycle: str, person: SignedIn) -> Response:
        scope = shell.desk.reader(person).scope
        found = (await shell.desk.cycles.load(cycle)).value
        _ = shell.words(request)
        now = shell.desk.clock.now()
        tasks = CycleTasks(found, _, now, lambda kind: shell.desk.may(person, kind, None))
        said = done.get(request.query_params.get("done", ""), "")
        return shell.show(
            request,
            "console/cycle.html",
            cycle=found,
            stage=_(STAGES[found.stage]),
            tasks=tasks.all(),
            board=list(_board(found, _)),
            owing=len(found.owing),
            is_covered=scope.covers,
            may_extend=shell.desk.may(person, ExtendStage, None) and bool(stages_to_extend(found)),
            may_audit=scope.regions is None,
            done=_(said) if said else "",
        )


def _board(cycle: Cycle, _: Words) -> Iterator[tuple[str, str, str]]:
    """Each region: its code, its name, what it has decided; in the order of names."""
    rows = [
        (code, _.region(code), _(REGION_STATES[state_of(stage)]))
        for code, stage in cycle.regions.items()
    ]
    yield from sorted(rows, key=lambda row: in_order(row[1]))
