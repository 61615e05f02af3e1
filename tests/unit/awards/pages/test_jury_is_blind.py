"""A jury that reads blind texts never learns a name on any page where it reads, scores or votes."""

from dataclasses import replace

import pytest

from birge_awards.domain.acting import Refused
from tests.support.awards_house import MANAGER
from tests.support.jury_room import JURORS, SEAT, JuryRoom, a_room
from tests.unit.awards.cycle.building import POLICY
from tests.unit.awards.pages.tied import CAST, EXTRA, VOTE, a_tie

BLIND = replace(POLICY, is_blind=True)
NAMED = ("Айгүл", "Бекова", "Ерлан", "Таза өзен", "aigul", "Cleans the river every week.")


async def names_on(room: JuryRoom, who: str, page: str) -> list[str]:
    seen = await room.sees(who, page)
    assert seen.status == 200, page
    return [one for one in NAMED if one in seen.html]


async def test_no_page_of_reading_and_scoring_names_anybody() -> None:
    room = await a_room(BLIND, scoring=True)
    address = f"{SEAT}/reviews/{(await room.sitting()).reads_of('j-1')[0]}"
    assert "A blind text of number" in (await room.sees("j-1", address)).text
    sheet = {"mark-impact": "7", "mark-steadiness": "8", "reason": "x", "do": "submit"}
    await room.sends("j-1", address, sheet)
    for page in (
        "/awards/seats",
        SEAT,
        f"{SEAT}/reviews",
        address,
        f"{address}/submit",
        f"{address}/recuse",
        f"{SEAT}/declare",
    ):
        assert await names_on(room, "j-1", page) == []


async def test_the_numbers_of_the_list_do_not_follow_the_names_of_the_declaration() -> None:
    room = await a_room(BLIND)
    declared = await room.sees("j-1", f"{SEAT}/declare")
    assert not any(nominee in declared.html for nominee in room.nominees)


@pytest.mark.parametrize(
    ("chain", "who"), [(VOTE, "j-1"), (CAST, "j-1"), (EXTRA, "j-5")], ids=["vote", "cast", "extra"]
)
async def test_no_page_of_ties_names_anybody(chain: object, who: str) -> None:
    room, _, _ = await a_tie(replace(chain, is_blind=True))  # type: ignore[type-var]
    listed = await room.sees(who, f"{SEAT}/ties")
    [address] = {one for one in listed.links if one.startswith(f"{SEAT}/ties/")}
    assert "A blind text of number" in (await room.sees(who, address)).text
    for page in (SEAT, f"{SEAT}/ties", address):
        assert await names_on(room, who, page) == []
    letters = {"A": "1", "B": "2"}
    typed = {f"mark-{one}-{code}": "6" for one in letters for code in ("impact", "steadiness")}
    typed |= {f"place-{one}": place for one, place in letters.items()}
    typed |= {"choice": room.nominees[0], "reason": "x", "do": "check"}
    check = await room.sends(who, address, typed)
    assert check.status == 200
    assert [one for one in NAMED if one in check.html] == []


async def test_without_a_blind_policy_the_name_is_there() -> None:
    room = await a_room(scoring=True)
    address = f"{SEAT}/reviews/{(await room.sitting()).reads_of('j-1')[0]}"
    assert await names_on(room, "j-1", address) != []


async def test_a_text_stays_as_it_is_once_a_jury_was_given_it() -> None:
    room = JuryRoom()
    await room.opens()
    nominations, nominee = room.api.house.nominations, room.nominees[0]
    await nominations.set_blind_text(nominee, "Written anew before anybody reads it.", MANAGER)
    for juror in JURORS:
        await room.declares(juror)
    await room.assigns()
    with pytest.raises(Refused) as refused:
        await nominations.set_blind_text(nominee, "Other words for later readers.", MANAGER)
    assert refused.value.code == "being_read"
