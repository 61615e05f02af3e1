"""The declaration: all who stand, kinds of conflict, a filter that loses nothing, a check."""

import re

import pytest

from birge_awards.domain.jury.conflicts import Conflict, Kind, Source
from birge_awards.pages.jury.declaration import KINDS
from tests.support.awards_house import MANAGER
from tests.support.jury_room import JURORS, PANEL, SEAT, TEXT, JuryRoom, Seen, a_room

DECLARE = f"{SEAT}/declare"


def field_of(seen: Seen, name: str) -> str:
    """The select of somebody by the shown name."""
    [field] = re.findall(rf'<label for="(conflict-[0-9a-f]+)">{name}<', seen.html)
    return field


async def test_everybody_who_stands_is_there_and_no_text_is() -> None:
    room = await a_room()
    seen = await room.sees("j-1", DECLARE)
    for number in (1, 2, 3):
        assert f"Айгүл Бекова {number} Nominated by: Ерлан Сейітов, Таза өзен" in seen.text
    assert "Shown: 3 of 3 nominees." in seen.text
    assert TEXT not in seen.text
    assert "blind text" not in seen.text
    assert not any(nominee in seen.html for nominee in room.nominees), "only aliases"


async def test_every_kind_of_conflict_can_be_chosen_and_none_is_chosen_at_first() -> None:
    room = await a_room()
    seen = await room.sees("j-1", DECLARE)
    assert KINDS.keys() == set(Kind)
    for kind in Kind:
        assert seen.html.count(f'<option value="{kind}">') == 3
    assert " selected" not in seen.html


async def test_a_declaration_is_checked_then_given_and_reaches_the_right_nominee() -> None:
    room = await a_room()
    field = field_of(await room.sees("j-1", DECLARE), "Айгүл Бекова 2")
    check = await room.sends("j-1", DECLARE, {"do": "check", field: "kinship"})
    assert "Айгүл Бекова 2 Family or household" in check.text
    assert "You declare a conflict with 1 nominee, whom you will not judge." in check.text
    assert "You declare that you have no conflict with 2 nominees." in check.text
    assert "j-1" not in (await room.sitting()).declared, "nothing happened yet"
    done = await room.sends("j-1", DECLARE, check.hidden)
    assert (done.status, done.leads_to) == (303, f"{SEAT}?done=declared")
    assert "Your declaration is kept." in (await room.sees("j-1", done.leads_to)).text
    sitting = await room.sitting()
    assert Conflict(room.nominees[1], "j-1", Kind.KINSHIP, Source.JUROR) in sitting.conflicts
    assert "j-1" in sitting.declared


async def test_no_conflict_at_all_is_an_answer() -> None:
    room = await a_room()
    check = await room.sends("j-1", DECLARE, {"do": "check"})
    assert "You declare that you have no conflict with 3 nominees." in check.text
    await room.sends("j-1", DECLARE, check.hidden)
    assert "j-1" in (await room.sitting()).declared


async def test_the_filter_finds_names_and_organisations_and_keeps_what_is_out_of_sight() -> None:
    room = await a_room()
    field = field_of(await room.sees("j-1", DECLARE), "Айгүл Бекова 2")
    seen = await room.sends("j-1", DECLARE, {"do": "show", "wanted": "БЕКОВА 3", field: "grant"})
    assert "Shown: 1 of 3 nominees." in seen.text
    assert "Айгүл Бекова 2" not in seen.text
    assert seen.hidden[field] == "grant", "what was chosen before is sent again"
    seen = await room.sends("j-1", DECLARE, {"do": "show", "wanted": "таза", field: "grant"})
    assert "Shown: 3 of 3 nominees." in seen.text
    assert re.search(r'value="grant" selected', seen.html)


async def test_from_the_check_one_goes_back_with_everything_chosen() -> None:
    room = await a_room()
    field = field_of(await room.sees("j-1", DECLARE), "Айгүл Бекова 1")
    check = await room.sends("j-1", DECLARE, {"do": "check", field: "rivalry"})
    again = await room.sends("j-1", DECLARE, {**check.hidden, "do": ""})
    assert again.title == "Conflicts of interest"
    assert re.search(r'value="rivalry" selected', again.html)


async def test_a_kind_that_does_not_exist_is_refused_beside_its_field() -> None:
    room = await a_room()
    field = field_of(await room.sees("j-1", DECLARE), "Айгүл Бекова 1")
    seen = await room.sends("j-1", DECLARE, {"do": "check", field: "friendship"})
    assert seen.status == 422
    assert f'href="#{field}"' in seen.html
    assert "Choose one of the kinds of conflict, or none." in seen.text


async def test_an_alias_of_somebody_elses_list_is_refused() -> None:
    room = await a_room()
    field = field_of(await room.sees("j-2", DECLARE), "Айгүл Бекова 1")
    seen = await room.sends("j-1", DECLARE, {"do": "declare", field: "grant"})
    assert seen.status == 422
    assert "j-1" not in (await room.sitting()).declared


async def test_conflicts_that_data_show_are_never_shown() -> None:
    room = JuryRoom()
    house = room.api.house
    await house.opens_nominations(policy=room.policy)
    own = {"kind": "person", "name": "Қазының өзі", "birth_year": 1980, "contact": "j-1@jury.kz"}
    room.nominees.append(await house.receives(1, nominee=own))
    room.nominees.append(await house.receives(2))
    await house.opens_regional_stage()
    await house.appoints(PANEL, JURORS)
    await house.sittings.open_declarations("2026", PANEL, MANAGER)
    computed = (await room.sitting()).conflicts
    assert [(one.juror, one.source) for one in computed] == [("j-1", Source.COMPUTED)]
    before = await room.sees("j-1", DECLARE)
    assert " selected" not in before.html
    await room.declares("j-1")
    after = await room.sees("j-1", DECLARE)
    assert "You declared a conflict with 0 nominees." in after.text


async def test_a_second_declaration_is_not_offered() -> None:
    room = await a_room()
    await room.declares("j-1", room.nominees[0])
    seen = await room.sees("j-1", DECLARE)
    assert "<select" not in seen.html
    assert "You declared a conflict with 1 nominee." in seen.text
    sent = await room.sends("j-1", DECLARE, {"do": "declare"})
    assert sent.status == 422
    assert "You have declared; a conflict seen later is a recusal." in sent.text


@pytest.mark.parametrize(("is_over", "said"), [(False, "not closed"), (True, "Scoring is over.")])
async def test_before_and_after_its_time_the_page_says_why_there_is_no_form(
    is_over: bool, said: str
) -> None:
    room = JuryRoom()
    if is_over:
        await room.opens()
        await room.assigns()
        await room.comes_later("j-9", declares=False)
        await room.scores(dict.fromkeys(room.nominees, 7))
        seen = await room.sees("j-9", DECLARE)
    else:
        await room.api.house.opens_nominations()
        await room.api.house.appoints(PANEL, JURORS)
        seen = await room.sees("j-1", DECLARE)
    assert said in seen.text
    assert "<select" not in seen.html
