"""What signed-in people may read, as JSON: each what their roles cover, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from birge_awards.api.bodies import Marks
from birge_awards.api.commands import SignedIn
from birge_awards.api.views import (
    CycleView,
    NominationView,
    OpenedView,
    PanelView,
    StandingsView,
    TextView,
    cycle_view,
    nomination_view,
    opened_view,
    panel_view,
    standings_view,
    text_view,
)
from birge_awards.desk import Desk
from birge_awards.domain.acting import Refused
from birge_awards.domain.nominees.candidacy import State
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.handlers.reading import Assigned, Known, Reading
from birge_awards.minutes.record import canonical_json
from birge_awards.proceedings import Proceedings

PAGE_MAX = 500
_CANONICAL: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}}
}
_HAS_RESULT = (Phase.DELIBERATING, Phase.SIGNING, Phase.CONCLUDED)


@dataclass(frozen=True)
class SeatView:
    """A jury as one of its members sees it: nothing of others' sheets."""

    cycle: str
    panel: str
    phase: str
    is_chair: bool
    has_declared: bool
    has_signed: bool
    minutes: str | None
    scale: tuple[int, int]


@dataclass(frozen=True)
class AssignedView:
    """A nominee to read, by its number in the member's own list."""

    nominee: str
    number: int
    nomination: str
    criteria: tuple[str, ...]
    state: Literal["not_begun", "draft", "submitted"]
    marks: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class NominationsPage:
    """Nominations in order of ids; `total` are all that the filter leaves."""

    nominations: Sequence[NominationView]
    total: int


def reads_router(desk: Desk, reading: Reading) -> APIRouter:
    """Everything that is read with a session."""
    router = APIRouter(prefix="/v1/awards", tags=["reading"])
    _add_for_managers(router, desk)
    _add_nominations(router, desk)
    _add_for_members(router, desk, reading)
    return router


def _add_for_managers(router: APIRouter, desk: Desk) -> None:
    @router.get("/cycles")
    async def cycles(person: SignedIn) -> list[CycleView]:
        """Every cycle, the newest first."""
        desk.reader(person)
        return [cycle_view(one.value) for one in await desk.cycles.store.cycles()]

    @router.get("/cycles/{cycle}")
    async def cycle(cycle: str, person: SignedIn) -> CycleView:
        """A cycle: its stage, what each region still owes, who decided what."""
        desk.reader(person)
        return cycle_view((await desk.cycles.load(cycle)).value)

    @router.get("/cycles/{cycle}/panels/{panel}")
    async def panel(cycle: str, panel: str, person: SignedIn) -> PanelView:
        """A jury's progress; its result once scoring is closed."""
        held = await desk.sittings.load(cycle, panel, desk.reader(person).scope)
        return panel_view(held, has_result=has_result(held))

    @router.get("/cycles/{cycle}/panels/{panel}/standings")
    async def standings(cycle: str, panel: str, person: SignedIn) -> list[StandingsView]:
        """Raw mean and calibrated score side by side, once scoring is closed."""
        held = await desk.sittings.load(cycle, panel, desk.reader(person).scope)
        return standings_view(held.facts.standings(require_result(held).sitting.value))


def _add_nominations(router: APIRouter, desk: Desk) -> None:
    @router.get("/cycles/{cycle}/nominations")
    async def nominations(
        cycle: str,
        person: SignedIn,
        state: State | None = None,
        region: Annotated[str | None, Query(max_length=16)] = None,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 100,
    ) -> NominationsPage:
        """The nominations that the person's roles cover."""
        found = await desk.cycles.store.candidacies(cycle, desk.reader(person).scope)
        wanted = [
            one.value
            for one in found
            if state in (None, one.value.state) and region in (None, one.value.region)
        ]
        page = wanted[offset : offset + limit]
        return NominationsPage([nomination_view(one) for one in page], len(wanted))

    @router.get("/nominations/{nomination}")
    async def nomination(nomination: str, person: SignedIn) -> OpenedView:
        """A nomination with names and texts, and what keeps it from standing."""
        return opened_view(await desk.nominations.opened(nomination, desk.manager(person)))


def _add_for_members(router: APIRouter, desk: Desk, reading: Reading) -> None:
    of_seat = "/cycles/{cycle}/panels/{panel}/seat"

    @router.get(of_seat)
    async def seat(cycle: str, panel: str, person: SignedIn) -> SeatView:
        """A jury that the person sits in."""
        held = await reading.seat(cycle, panel, person.id)
        sitting = held.sitting.value
        member = sitting.member(person.id)
        return SeatView(
            cycle,
            panel,
            sitting.phase,
            member is not None and member.is_chair,
            person.id in sitting.declared,
            person.id in sitting.signatures,
            sitting.minutes,
            held.policy.scale,
        )

    @router.get(f"{of_seat}/nominees")
    async def known(cycle: str, panel: str, person: SignedIn) -> list[Known]:
        """Who stands, to declare conflicts; in no order of the texts."""
        return await reading.known(await reading.seat(cycle, panel, person.id), person.id)

    @router.get(f"{of_seat}/reviews")
    async def reviews(cycle: str, panel: str, person: SignedIn) -> list[AssignedView]:
        """What the person reads and marks."""
        held = await reading.seat(cycle, panel, person.id)
        return [_assigned(one) for one in await reading.assigned(held, person.id)]

    @router.get(f"{of_seat}/reviews/{{nominee}}")
    async def text(cycle: str, panel: str, nominee: str, person: SignedIn) -> TextView:
        """What is read of a nominee."""
        held = await reading.seat(cycle, panel, person.id)
        return text_view(await reading.text(held, nominee, person.id))

    @router.get("/cycles/{cycle}/panels/{panel}/minutes", responses=_CANONICAL)
    async def minutes(cycle: str, panel: str, person: SignedIn) -> Response:
        """The record that members sign, without names: its SHA-256 is the hash of the minutes."""
        held = await desk.with_minutes(person, cycle, panel)
        record = await reading.results.record(held)
        return Response(canonical_json(record), media_type="application/json")

    @router.put(f"{of_seat}/reviews/{{nominee}}", status_code=204)
    async def save(cycle: str, panel: str, nominee: str, body: Marks, person: SignedIn) -> Response:
        """Keep a draft; nobody else sees it."""
        await desk.save_sheet(person, body.sheet(cycle, panel, nominee, person.id))
        return Response(status_code=204)

    @router.post(f"{of_seat}/reviews/{{nominee}}/submit", status_code=204)
    async def submit(
        cycle: str, panel: str, nominee: str, body: Marks, person: SignedIn
    ) -> Response:
        """Score for good."""
        await desk.submit_sheet(person, body.sheet(cycle, panel, nominee, person.id))
        return Response(status_code=204)


def has_result(held: Proceedings) -> bool:
    """Whether the sheets may be looked into: all are in, and none can be given any more."""
    return held.sitting.value.phase in _HAS_RESULT


def require_result(held: Proceedings) -> Proceedings:
    """Refuse to show an order before scoring is closed."""
    if not has_result(held):
        raise Refused("scoring_is_open", "The order is shown once scoring is closed.")
    return held


def _assigned(one: Assigned) -> AssignedView:
    return AssignedView(
        one.nominee,
        one.number,
        one.nomination.code,
        tuple(criterion.code for criterion in one.nomination.criteria),
        state_of_sheet(one.sheet),
        one.sheet.marks if one.sheet else {},
    )


def state_of_sheet(sheet: Sheet | None) -> Literal["not_begun", "draft", "submitted"]:
    """Where a sheet stands."""
    if sheet is None:
        return "not_begun"
    return "draft" if sheet.submitted_at is None else "submitted"
