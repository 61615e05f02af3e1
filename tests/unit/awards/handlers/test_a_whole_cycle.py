"""A cycle from opening to published laureates, over the memory store."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Close,
    ExtendStage,
    Publish,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import Stage
from birge_awards.domain.nominees.candidacy import State, Withdraw
from birge_awards.ports import EVERYWHERE, Caller, Scope
from birge_awards.stores.memory import MemoryAwardsStore
from tests.support.awards_house import MANAGER, SOURCE, House, nomination
from tests.unit.awards.cycle.building import POLICY

JURORS = ("j-1", "j-2", "j-3")


def said(house: House) -> list[str]:
    assert isinstance(house.store, MemoryAwardsStore)
    return [json.loads(row["value"])["type"] for row in house.store.outbox]


async def a_region_with_a_laureate(house: House) -> tuple[str, str]:
    """KZ-11 has confirmed one of two nominees; KZ-71 has done nothing."""
    await house.opens_nominations()
    first, second = await house.receives(1), await house.receives(2)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {first: 9, second: 5})
    await house.decides("KZ-11", [first])
    return first, second


async def test_a_cycle_goes_from_opening_to_published_laureates() -> None:
    house = House()
    first, _ = await a_region_with_a_laureate(house)
    for signer in ("first", "second"):
        waiver = SignWaiver("KZ-71", "nobody stood")
        await house.cycles.does("2026", waiver, signer)
    await house.forms_commission()
    await house.opens_national_stage()
    await house.sits("commission", {first: 8})
    held = await house.decides("commission", [first])
    assert held.sitting.value.minutes is not None
    embargo = house.clock.now() + timedelta(days=3)
    await house.cycles.does("2026", ApprovePublication(embargo), "director")
    house.clock.advance(timedelta(days=3))
    published = await house.cycles.does("2026", Publish(), "director")
    assert published.stage == Stage.PUBLISHED
    assert said(house) == [
        "kz.birge.laureate.confirmed.v1",
        "kz.birge.laureate.waived.v1",
        "kz.birge.laureate.announced.v1",
    ]
    house.clock.advance(timedelta(days=30))
    assert (await house.cycles.does("2026", Close(), "director")).stage == Stage.CLOSED


async def test_the_national_stage_waits_for_every_region() -> None:
    house = House()
    await a_region_with_a_laureate(house)
    await house.forms_commission()
    with pytest.raises(Refused, match="KZ-71"):
        await house.opens_national_stage()


async def test_every_act_is_in_the_log_in_order_and_names_nobody() -> None:
    house = House()
    await a_region_with_a_laureate(house)
    acts = await house.store.acts(0, 1_000)
    assert [one.number for one in acts] == list(range(len(acts)))
    assert [one.at for one in acts] == sorted(one.at for one in acts)
    written = json.dumps([dict(one.public) for one in acts], ensure_ascii=False)
    assert "Бекова" not in written
    assert "example.kz" not in written
    names = [one.act for one in acts]
    assert names.count("score.submit") == 6
    assert names.count("nomination.accept") == 2
    assert names[-2:] == ["sitting.conclude", "cycle.confirm_laureates"]
    assert all(one.commitment for one in acts if one.act == "score.submit")


async def test_a_redelivered_nomination_changes_nothing() -> None:
    house = House()
    await house.opens_nominations()
    name = await house.receives(1)
    before = await house.store.acts(0, 100)
    await house.nominations.on_submitted(SOURCE, nomination(1))
    assert await house.store.acts(0, 100) == before
    held = await house.store.candidacy(name, EVERYWHERE)
    assert held is not None
    assert held.value.state == State.ADMITTED


async def test_a_correction_stands_for_review_again() -> None:
    house = House()
    await house.opens_nominations()
    name = await house.receives(1)
    await house.nominations.on_submitted(SOURCE, nomination(1, version=2))
    held = await house.store.candidacy(name, EVERYWHERE)
    assert held is not None
    assert (held.value.version, held.value.state) == (2, State.RECEIVED)


async def test_what_comes_too_late_is_kept_and_refused() -> None:
    house = House()
    await house.opens_nominations()
    await house.opens_regional_stage()
    name = await house.receives(1, admit=False)
    held = await house.store.candidacy(name, EVERYWHERE)
    assert held is not None
    assert (held.value.state, held.value.reason) == (State.REFUSED, "nominations are not open")


async def test_a_nomination_after_the_last_day_is_refused_unless_the_stage_was_extended() -> None:
    house = House()
    due = {"nominations": date(2026, 9, 5), "regional": date(2026, 9, 20)}
    await house.opens_nominations(policy=replace(POLICY, due=due))
    house.clock.advance(timedelta(days=5))
    late = await house.receives(1, admit=False)
    held = await house.store.candidacy(late, EVERYWHERE)
    assert held is not None
    assert (held.value.state, held.value.reason) == (
        State.REFUSED,
        "nominations ended on 2026-09-05",
    )
    longer = ExtendStage("nominations", date(2026, 9, 12), "floods in two regions")
    await house.cycles.does("2026", longer, "manager")
    in_time = await house.receives(2)
    held = await house.store.candidacy(in_time, EVERYWHERE)
    assert held is not None
    assert held.value.state == State.ADMITTED
    [said] = [one for one in await house.store.acts(0, 100) if one.act == "cycle.extend_stage"]
    assert said.public["reason"] == "floods in two regions"


async def test_a_name_is_read_with_the_key_and_is_gone_without_it() -> None:
    house = House()
    await house.opens_nominations()
    name = await house.receives(1)
    person = await house.nominations.opened(name, MANAGER)
    assert person.personal is not None
    assert person.personal.name == "Айгүл Бекова 1"
    await house.nominations.erase(name, "asked by the nominee", MANAGER)
    assert (await house.nominations.opened(name, MANAGER)).personal is None
    assert await house.nominations.public_views([person.candidacy]) == {}
    await house.nominations.on_submitted(SOURCE, nomination(1, version=9))
    assert (await house.nominations.opened(name, MANAGER)).personal is None


async def test_another_region_sees_nothing_of_it() -> None:
    house = House()
    await house.opens_nominations()
    name = await house.receives(1)
    elsewhere = Caller("neighbour", Scope(frozenset({"KZ-71"})))
    with pytest.raises(Refused) as refusal:
        await house.nominations.opened(name, elsewhere)
    assert refusal.value.code == "no_nomination"
    with pytest.raises(Refused) as refusal:
        await house.sittings.load("2026", "KZ-11", elsewhere.scope)
    assert refusal.value.code == "no_panel"


async def test_who_is_not_shown_to_be_active_is_not_admitted() -> None:
    house = House()
    await house.opens_nominations()
    with pytest.raises(Refused) as refusal:
        await house.receives(1, confirmations=[])
    assert refusal.value.code == "not_shown_to_be_active"


async def test_a_nominee_who_withdraws_is_judged_no_more() -> None:
    house = House()
    await house.opens_nominations()
    first, second = await house.receives(1), await house.receives(2)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    held = await house.sits("KZ-11", {first: 9, second: 5})
    await house.nominations.does(first, Withdraw("moved abroad"), MANAGER)
    held = await house.decides("KZ-11", [second])
    assert [one.nominee for one in held.sitting.value.awards] == [second]


async def test_who_shares_a_contact_with_a_nominee_does_not_judge_it() -> None:
    house = House()
    await house.opens_nominations()
    name = await house.receives(
        1,
        nominee={
            "kind": "person",
            "name": "Дана",
            "birth_year": 1990,
            "contact": "J-2@jury.kz",
        },
    )
    await house.opens_regional_stage()
    await house.appoints("KZ-11", (*JURORS, "j-4"))
    held = await house.sits("KZ-11", {name: 7})
    assert "j-2" not in held.sitting.value.readers_of(name)
    acts = await house.store.acts(0, 100)
    found = [one for one in acts if one.act == "conflict.found"]
    assert [one.subject for one in found] == [name]
    assert "j-2" not in json.dumps(dict(found[0].public))
