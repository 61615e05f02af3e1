"""What comes too late, crosses something else or returns by another door changes no result."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import OpenRegionalStage, ReopenRegion, SignWaiver
from birge_awards.domain.nominees.candidacy import Merge, State, Withdraw
from birge_awards.domain.nominees.personal import person_keys
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CloseScoring,
    Declare,
    DismissMember,
    EnsureReviews,
    Reopen,
    ResumeScoring,
)
from birge_awards.domain.sitting.sitting import COMMISSION, Juror, Phase
from birge_awards.handlers.nominations import candidacy_id
from birge_awards.ports import EVERYWHERE, Caller, Change
from birge_awards.stores.memory import MemoryAwardsStore
from tests.support.awards_house import MANAGER, SOURCE, House, nomination

JURORS = ("j-1", "j-2", "j-3", "j-4")


class CrossedStore(MemoryAwardsStore):
    """Somebody else is quicker, once: between the reading of a command and its keeping."""

    def __init__(self) -> None:
        super().__init__()
        self.crossing: Callable[[], Awaitable[object]] | None = None

    async def keep(self, change: Change, *, now: datetime) -> None:
        crossing, self.crossing = self.crossing, None
        if crossing is not None:
            await crossing()
        await super().keep(change, now=now)


async def state_of(house: House, name: str) -> tuple[State, int]:
    held = await house.store.candidacy(name, EVERYWHERE)
    assert held is not None
    return held.value.state, held.value.version


async def two_who_stand(house: House) -> tuple[str, str]:
    await house.opens_nominations()
    return await house.receives(1), await house.receives(2)


async def a_jury_that_scores(house: House) -> tuple[str, str]:
    """Four jurors, three of whom read each of two nominees."""
    both = await two_who_stand(house)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sittings.open_declarations("2026", "KZ-11", MANAGER)
    for juror in JURORS:
        await house.sittings.does("2026", "KZ-11", Declare(), Caller(juror))
    ends_at = house.clock.now().replace(day=20)
    await house.sittings.does("2026", "KZ-11", AssignReviews("drawn", ends_at), MANAGER)
    return both


async def test_a_nomination_that_crosses_the_end_of_nominations_is_refused() -> None:
    store = CrossedStore()
    house = House(store)
    await house.opens_nominations()
    store.crossing = house.opens_regional_stage
    name = await house.receives(1, admit=False)
    assert await state_of(house, name) == (State.REFUSED, 1)


async def test_a_correction_that_comes_too_late_leaves_who_was_admitted() -> None:
    house = House()
    name, _ = await two_who_stand(house)
    await house.opens_regional_stage()
    await house.nominations.on_submitted(SOURCE, nomination(1, version=2))
    assert await state_of(house, name) == (State.ADMITTED, 1)


async def test_a_correction_that_crosses_the_end_of_nominations_leaves_it_too() -> None:
    store = CrossedStore()
    house = House(store)
    name, _ = await two_who_stand(house)
    store.crossing = lambda: house.cycles.does("2026", OpenRegionalStage(), "manager")
    await house.nominations.on_submitted(SOURCE, nomination(1, version=2))
    assert await state_of(house, name) == (State.ADMITTED, 1)


async def test_a_correction_takes_no_nominee_over_to_another_cycle() -> None:
    """Else a later year could take the laureates out of an earlier one."""
    house = House()
    name, _ = await two_who_stand(house)
    await House(house.store, house.clock, "2027").opens_nominations()
    await house.nominations.on_submitted(SOURCE, nomination(1, version=2, cycle="2027"))
    held = await house.store.candidacy(name, EVERYWHERE)
    assert held is not None
    assert (held.value.cycle, held.value.version) == ("2026", 1)


async def test_two_nominations_are_not_merged_into_each_other_at_once() -> None:
    store = CrossedStore()
    house = House(store)
    first, second = await two_who_stand(house)
    store.crossing = lambda: house.nominations.does(second, Merge(first), MANAGER)
    with pytest.raises(Refused) as refusal:
        await house.nominations.does(first, Merge(second), MANAGER)
    assert refusal.value.code == "not_standing"
    assert await state_of(house, first) == (State.ADMITTED, 1)


async def test_a_juror_who_joins_later_has_the_conflicts_that_keys_show() -> None:
    house = House()
    first, second = await a_jury_that_scores(house)
    keys = person_keys(("aigul1@example.kz",), (), house.vault.digest)
    late = Juror("late", "KZ", "KZ-11", keys=keys)
    await house.sittings.does("2026", "KZ-11", AddMember(late), MANAGER)
    await house.sittings.does("2026", "KZ-11", DismissMember("j-2", "ill"), MANAGER)
    await house.sittings.does("2026", "KZ-11", Declare(), Caller("late"))
    await house.sittings.does("2026", "KZ-11", DismissMember("j-3", "ill"), MANAGER)
    with pytest.raises(Refused) as refusal:
        await house.sittings.does("2026", "KZ-11", EnsureReviews(), MANAGER)
    assert refusal.value.code == "too_few_jurors"
    held = await house.sittings.load("2026", "KZ-11", EVERYWHERE)
    assert "late" not in held.sitting.value.unconflicted(first)
    assert "late" in held.sitting.value.unconflicted(second)
    acts = [one for one in await house.store.acts(0, 100) if one.act == "conflict.found"]
    assert [one.subject for one in acts] == [first]


async def test_a_nominee_who_withdrew_keeps_no_jury_waiting() -> None:
    house = House()
    first, second = await a_jury_that_scores(house)
    held = await house.sittings.load("2026", "KZ-11", EVERYWHERE)
    for juror in held.sitting.value.readers_of(second):
        await house.scores(held, second, juror, 7)
    await house.nominations.does(first, Withdraw("moved abroad"), MANAGER)
    await house.sittings.does("2026", "KZ-11", CloseScoring(), MANAGER)
    await house.decides("KZ-11", [second])


async def test_nobody_wins_who_was_erased_before_the_decision() -> None:
    house = House()
    first, second = await two_who_stand(house)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {first: 9, second: 5})
    await house.nominations.erase(first, "asked by the nominee", MANAGER)
    assert await state_of(house, first) == (State.WITHDRAWN, 1)
    held = await house.decides("KZ-11", [second])
    assert [one.nominee for one in held.sitting.value.awards] == [second]


async def test_a_result_that_is_taken_back_leaves_out_who_withdrew_since() -> None:
    house = House()
    first, second = await two_who_stand(house)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {first: 9, second: 5})
    await house.decides("KZ-11", [first])
    await house.nominations.does(first, Withdraw("moved abroad"), MANAGER)
    await house.sittings.does("2026", "KZ-11", Reopen("the laureate withdrew"), MANAGER)
    held = await house.decides("KZ-11", [second])
    assert [one.nominee for one in held.sitting.value.awards] == [second]


async def test_a_jury_takes_its_result_back_only_after_the_region_is_reopened() -> None:
    house = House()
    first, second = await two_who_stand(house)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {first: 9, second: 5})
    await house.decides("KZ-11", [first])
    with pytest.raises(Refused) as refusal:
        await house.sittings.does("2026", "KZ-11", Reopen("a sheet was lost"), MANAGER)
    assert refusal.value.code == "region_is_over"
    await house.cycles.does("2026", ReopenRegion("KZ-11", "a sheet was lost"), "manager")
    held = await house.sittings.does("2026", "KZ-11", Reopen("a sheet was lost"), MANAGER)
    assert held.sitting.value.phase == Phase.DELIBERATING
    assert "KZ-11" in held.cycle.value.owing


async def test_before_the_national_stage_the_cycle_alone_forms_the_commission() -> None:
    house = House()
    await house.opens_nominations()
    await house.forms_commission()
    with pytest.raises(Refused) as refusal:
        await house.sittings.does("2026", COMMISSION, AddMember(Juror("m-5", "DE")), MANAGER)
    assert refusal.value.code == "commission"


async def a_commission_at_work(house: House) -> str:
    """KZ-11 has sent its laureate, and the commission reads; the deadline is a week away."""
    first, second = await two_who_stand(house)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {first: 9, second: 5})
    await house.decides("KZ-11", [first])
    for signer in ("first", "second"):
        await house.cycles.does("2026", SignWaiver("KZ-71", "nobody stood"), signer)
    await house.forms_commission()
    await house.opens_national_stage()
    await house.sittings.open_declarations("2026", COMMISSION, MANAGER)
    held = await house.sittings.load("2026", COMMISSION, EVERYWHERE)
    for juror in held.sitting.value.members:
        await house.sittings.does("2026", COMMISSION, Declare(), Caller(juror.person))
    ends_at = house.clock.now() + timedelta(days=7)
    await house.sittings.does("2026", COMMISSION, AssignReviews("seed", ends_at), MANAGER)
    return first


async def test_a_commission_that_missed_its_deadline_scores_on_and_decides() -> None:
    house = House()
    first = await a_commission_at_work(house)
    house.clock.advance(timedelta(days=8))
    held = await house.sittings.does("2026", COMMISSION, CloseScoring(), MANAGER)
    with pytest.raises(Refused) as refusal:
        await house.sittings.propose("2026", COMMISSION, {}, MANAGER)
    assert refusal.value.code == "nobody"
    again = ResumeScoring("the guests were ill", house.clock.now() + timedelta(days=7))
    held = await house.sittings.does("2026", COMMISSION, again, MANAGER)
    for juror in held.sitting.value.readers_of(first):
        await house.scores(held, first, juror, 8)
    await house.sittings.does("2026", COMMISSION, CloseScoring(), MANAGER)
    held = await house.decides(COMMISSION, [first])
    acts = await house.store.acts(0, 1_000)
    assert [one.public["reason"] for one in acts if one.act == "sitting.resume_scoring"] == [
        "the guests were ill"
    ]


async def test_a_member_of_the_commission_who_leaves_is_replaced_and_the_decision_counts_it() -> (
    None
):
    house = House()
    first = await a_commission_at_work(house)
    does = house.sittings.does
    await does("2026", COMMISSION, DismissMember("m-4", "moved"), MANAGER)
    await does("2026", COMMISSION, AddMember(Juror("m-5", "FR")), MANAGER)
    await does("2026", COMMISSION, Declare(), Caller("m-5"))
    held = await does("2026", COMMISSION, EnsureReviews(), MANAGER)
    for juror in held.sitting.value.members:
        if first in held.sitting.value.reads_of(juror.person):
            await house.scores(held, first, juror.person, 8)
    await does("2026", COMMISSION, CloseScoring(), MANAGER)
    held = await house.decides(COMMISSION, [first])
    cycle = (await house.cycles.load("2026")).value
    assert {one.person: one.country for one in cycle.commission} == {
        "m-1": "KZ",
        "m-2": "KZ",
        "m-3": "UZ",
        "m-5": "FR",
    }
    assert cycle.decision is not None
    assert "m-5" in cycle.decision.signed_by


async def test_a_nomination_of_no_cycle_can_be_erased_too() -> None:
    house = House()
    await house.nominations.on_submitted(SOURCE, nomination(1))
    name = candidacy_id(SOURCE, "nom-1")
    await house.nominations.erase(name, "asked by the nominee", MANAGER)
    assert await house.store.wrapped_keys([name]) == {}
    assert await state_of(house, name) == (State.REFUSED, 1)


async def test_a_region_that_has_decided_takes_no_sheet_and_proposes_nobody() -> None:
    house = House()
    first, _ = await a_jury_that_scores(house)
    held = await house.sittings.load("2026", "KZ-11", EVERYWHERE)
    for signer in ("first", "second"):
        await house.cycles.does("2026", SignWaiver("KZ-11", "the jury fell out"), signer)
    with pytest.raises(Refused) as refusal:
        await house.scores(held, first, held.sitting.value.readers_of(first)[0], 9)
    assert refusal.value.code == "region_is_over"
    with pytest.raises(Refused) as refusal:
        await house.sittings.propose("2026", "KZ-11", {}, MANAGER)
    assert refusal.value.code == "region_is_over"
