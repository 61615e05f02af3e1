"""A decision is published at its moment: not before, once, and also after a restart."""

from datetime import timedelta

from birge_awards.domain.cycle.commands import ApprovePublication, Publish, SignWaiver
from birge_awards.domain.cycle.cycle import Stage
from birge_awards.publishing import Publisher
from birge_awards.stores.memory import MemoryAwardsStore
from tests.support.awards_house import House
from tests.unit.awards.handlers.test_a_whole_cycle import a_region_with_a_laureate, said

ANNOUNCED = "kz.birge.laureate.announced.v1"


async def a_decided_cycle(house: House) -> None:
    first, _ = await a_region_with_a_laureate(house)
    for signer in ("first", "second"):
        await house.cycles.does("2026", SignWaiver("KZ-71", "nobody stood"), signer)
    await house.forms_commission()
    await house.opens_national_stage()
    await house.sits("commission", {first: 8})
    await house.decides("commission", [first])


async def an_approved_cycle(house: House) -> None:
    await a_decided_cycle(house)
    embargo = house.clock.now() + timedelta(days=3)
    await house.cycles.does("2026", ApprovePublication(embargo), "director")


def a_publisher(house: House) -> Publisher:
    return Publisher(house.cycles, house.clock, away=ConnectionError)


async def test_nothing_is_published_a_moment_before() -> None:
    house = House()
    await an_approved_cycle(house)
    house.clock.advance(timedelta(days=3) - timedelta(microseconds=1))
    assert await a_publisher(house).publish() == []
    assert ANNOUNCED not in said(house)


async def test_what_nobody_approved_is_never_published() -> None:
    house = House()
    await a_decided_cycle(house)
    house.clock.advance(timedelta(days=300))
    assert await a_publisher(house).publish() == []


async def test_at_its_moment_it_is_published_once_by_the_system() -> None:
    house = House()
    await an_approved_cycle(house)
    house.clock.advance(timedelta(days=3))
    assert await a_publisher(house).publish() == ["2026"]
    assert await a_publisher(house).publish() == [], "another process finds nothing to do"
    assert said(house).count(ANNOUNCED) == 1
    assert (await house.cycles.load("2026")).value.stage == Stage.PUBLISHED
    assert isinstance(house.store, MemoryAwardsStore)
    acts = await house.store.acts(0, 1_000)
    assert [one.actor for one in acts if one.act == "cycle.publish"] == ["system"]


async def test_a_clock_that_steps_back_takes_nothing_back() -> None:
    house = House()
    await an_approved_cycle(house)
    house.clock.advance(timedelta(days=3))
    await a_publisher(house).publish()
    house.clock.advance(-timedelta(days=2))
    assert await a_publisher(house).publish() == []
    assert (await house.cycles.load("2026")).value.stage == Stage.PUBLISHED


async def test_a_director_who_was_quicker_is_left_alone() -> None:
    house = House()
    await an_approved_cycle(house)
    house.clock.advance(timedelta(days=3))
    await house.cycles.does("2026", Publish(), "director")
    assert await a_publisher(house).publish() == []
    assert said(house).count(ANNOUNCED) == 1
