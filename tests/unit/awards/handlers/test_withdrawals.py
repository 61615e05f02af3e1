"""Who withdraws is honoured nowhere, whatever order the messages come in."""

from datetime import timedelta

import pytest

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import ApprovePublication, Publish, SignWaiver
from birge_awards.domain.nominees.candidacy import State, Withdraw
from birge_awards.domain.sitting.commands import SignMinutes
from birge_awards.handlers.laureates import Laureates, PublicLaureate
from birge_awards.handlers.nominations import candidacy_id
from birge_awards.ports import EVERYWHERE, Caller
from birge_common.contracts.nomination import NominationWithdrawnV1
from tests.support.awards_house import MANAGER, SOURCE, House, nomination

JURORS = ("j-1", "j-2", "j-3")
NOMINEE = candidacy_id(SOURCE, "nom-1")


def withdrawal(version: int) -> NominationWithdrawnV1:
    return NominationWithdrawnV1(nomination_id="nom-1", version=version, reason="no")


async def standing(house: House) -> tuple[State, int]:
    held = await house.store.candidacy(NOMINEE, EVERYWHERE)
    assert held is not None
    return held.value.state, held.value.version


@pytest.fixture
async def house() -> House:
    house = House()
    await house.opens_nominations()
    return house


async def test_a_withdrawal_that_comes_first_is_not_forgotten(house: House) -> None:
    await house.nominations.on_withdrawn(SOURCE, withdrawal(2))
    await house.nominations.on_submitted(SOURCE, nomination(1, version=1))
    assert await standing(house) == (State.WITHDRAWN, 2)
    await house.nominations.on_submitted(SOURCE, nomination(1, version=3))
    assert await standing(house) == (State.RECEIVED, 3)


async def test_an_older_correction_does_not_undo_a_withdrawal(house: House) -> None:
    await house.receives(1)
    await house.nominations.on_withdrawn(SOURCE, withdrawal(3))
    await house.nominations.on_submitted(SOURCE, nomination(1, version=2))
    assert await standing(house) == (State.WITHDRAWN, 3)


async def test_a_withdrawal_of_the_same_or_an_older_version_changes_nothing(house: House) -> None:
    await house.receives(1, version=2)
    for version in (1, 2):
        await house.nominations.on_withdrawn(SOURCE, withdrawal(version))
    assert await standing(house) == (State.ADMITTED, 2)


async def chosen_by_a_region(house: House) -> tuple[str, str]:
    """The region's laureate and the other nominee."""
    first, second = await house.receives(1), await house.receives(2)
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {first: 9, second: 5})
    await house.decides("KZ-11", [first])
    for signer in ("first", "second"):
        await house.cycles.does("2026", SignWaiver("KZ-71", "nobody stood"), signer)
    await house.forms_commission()
    return first, second


async def test_a_region_whose_only_laureate_withdrew_owes_its_result_again(house: House) -> None:
    first, _ = await chosen_by_a_region(house)
    await house.nominations.does(first, Withdraw("moved abroad"), MANAGER)
    assert (await house.cycles.load("2026")).value.owing == ["KZ-11"]
    with pytest.raises(Refused, match="KZ-11"):
        await house.opens_national_stage()


async def test_so_does_one_whose_only_laureate_was_erased(house: House) -> None:
    first, _ = await chosen_by_a_region(house)
    await house.nominations.erase(first, "on request", MANAGER)
    assert (await house.cycles.load("2026")).value.owing == ["KZ-11"]


async def published(house: House, citation: str = "honoured") -> list[PublicLaureate]:
    """The laureates once the commission chose whoever reached it, with the same words for each."""
    held = await house.sittings.load("2026", "commission", EVERYWHERE)
    texts = dict.fromkeys(("kk", "ru", "en"), citation)
    best = held.sitting.value.candidates[0].nominee
    await house.sittings.propose("2026", "commission", {best: texts}, MANAGER)
    held = await house.sittings.load("2026", "commission", EVERYWHERE)
    for member in held.sitting.value.members:
        sign = SignMinutes(held.sitting.value.minutes or "")
        await house.sittings.does("2026", "commission", sign, Caller(member.person))
    await house.sittings.conclude("2026", "commission", MANAGER)
    moment = house.clock.now() + timedelta(days=1)
    await house.cycles.does("2026", ApprovePublication(moment), "director")
    house.clock.advance(timedelta(days=1, seconds=1))
    cycle = await house.cycles.does("2026", Publish(), "system")
    return await Laureates(house.nominations, house.sittings).of(cycle)


async def test_who_withdrew_before_the_decision_is_published_nowhere(house: House) -> None:
    other = await house.receives(3, region="KZ-71")
    first, second = await house.receives(1), await house.receives(2)
    await house.opens_regional_stage()
    for panel, jurors, marks, best in (
        ("KZ-11", JURORS, {first: 9, second: 5}, first),
        ("KZ-71", ("k-1", "k-2", "k-3"), {other: 9}, other),
    ):
        await house.appoints(panel, jurors)
        await house.sits(panel, marks)
        await house.decides(panel, [best])
    await house.forms_commission()
    await house.opens_national_stage()
    await house.nominations.does(other, Withdraw("I take my consent back"), MANAGER)
    await house.sits("commission", {first: 8})
    assert [one.nominee for one in await published(house)] == [first]


async def test_words_about_somebody_who_did_not_agree_are_not_shown(house: House) -> None:
    nominee = await house.receives(1, consents={"processing": True, "publication": False})
    await house.opens_regional_stage()
    await house.appoints("KZ-11", JURORS)
    await house.sits("KZ-11", {nominee: 9})
    await house.decides("KZ-11", [nominee])
    for signer in ("first", "second"):
        await house.cycles.does("2026", SignWaiver("KZ-71", "nobody stood"), signer)
    await house.forms_commission()
    await house.opens_national_stage()
    await house.sits("commission", {nominee: 8})
    (laureate,) = await published(house, "Айгүл Бекова cleans the river")
    assert (laureate.name, laureate.citation) == ("А. Б.", {})
