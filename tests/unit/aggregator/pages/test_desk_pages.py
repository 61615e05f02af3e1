"""The pages of those who publish: whose turn it is, what keeps it back, and nothing for others."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from birge_aggregator.domain.publication.checklist import Note
from tests.support.desk_room import DESK, ID, DeskRoom
from tests.support.publication_house import NOW, PERIOD, clean_figures

HOME = "/desk/publications"
THREE = {"kk": "ә", "ru": "б", "en": "c"}


@pytest.fixture
def room() -> DeskRoom:
    clean_figures()
    return DeskRoom()


async def frozen(room: DeskRoom) -> None:
    await room.does("editor", DESK, {"period": PERIOD})
    await room.house.publisher.work()


async def test_a_stranger_is_led_to_sign_in_and_others_are_turned_away(room: DeskRoom) -> None:
    for page in (HOME, f"{HOME}/{ID}", f"{HOME}/{ID}/approve", f"{HOME}/{ID}/commentary/KZ"):
        led = await room.opens("stranger", page)
        assert (led.status_code, led.headers["Location"][:8]) == (303, "/sign-in")
        assert (await room.opens("juror", page)).status_code == 403


async def test_an_editor_begins_one_and_sees_that_it_is_being_frozen(room: DeskRoom) -> None:
    assert "Nothing has been begun yet" in (await room.opens("editor", HOME)).text
    begun = await room.posts("editor", HOME, {"period": PERIOD})
    assert (begun.status_code, begun.headers["Location"]) == (303, f"{HOME}/{ID}")
    page = (await room.opens("editor", f"{HOME}/{ID}")).text
    assert 'http-equiv="refresh"' in page
    await room.house.publisher.work()
    assert 'http-equiv="refresh"' not in (await room.opens("editor", f"{HOME}/{ID}")).text


async def test_a_period_that_is_none_is_told_with_what_was_typed(room: DeskRoom) -> None:
    page = await room.posts("editor", HOME, {"period": "2022-03"})
    assert page.status_code == 409
    assert 'value="2022-03"' in page.text
    assert "a year like 2022" in page.text


async def test_two_people_bring_it_out(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/commentary/KZ", THREE)
    page = (await room.opens("editor", f"{HOME}/{ID}")).text
    assert f"{HOME}/{ID}/check" in page
    assert f"{HOME}/{ID}/approve" not in page
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    assert f"{HOME}/{ID}/approve" in (await room.opens("approver", f"{HOME}/{ID}")).text
    done = await room.posts("approver", f"{HOME}/{ID}/approve", {"moment": ""})
    assert done.status_code == 303
    await room.house.publisher.work()
    assert f"/publications/{ID}" in (await room.opens("auditor", f"{HOME}/{ID}")).text
    assert [one.id for one in await room.store.issued()] == [ID]


async def test_a_moment_is_in_kazakhstans_time(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    await room.posts("approver", f"{HOME}/{ID}/approve", {"moment": "2023-02-02T14:00"})
    moment = room.store.kept[ID].publication.publish_at
    # Almaty kept UTC+6 until 2024.
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=6)
    assert moment > NOW


@pytest.mark.parametrize("moment", ["2023-01-01T09:00", "soon"])
async def test_a_moment_that_is_over_or_none_is_told(room: DeskRoom, moment: str) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    page = await room.posts("approver", f"{HOME}/{ID}/approve", {"moment": moment})
    assert page.status_code == 409
    assert "That moment is over" in page.text
    assert moment in page.text


async def test_nobody_approves_what_he_checked(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("both", f"{HOME}/{ID}/check", {})
    page = await room.posts("both", f"{HOME}/{ID}/approve", {})
    assert (page.status_code, "ask somebody else" in page.text) == (409, True)


async def test_approving_leads_to_the_second_factor(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    led = await room.posts("approver", f"{HOME}/{ID}/approve", {}, steps_up=False)
    assert (led.status_code, led.headers["Location"][:8]) == (303, "/step-up")


async def test_the_checklist_is_told_in_words(room: DeskRoom) -> None:
    await frozen(room)
    half = {**THREE, "en": ""}
    await room.posts("editor", f"{HOME}/{ID}/commentary/KZ-71", half)
    page = (await room.opens("editor", f"{HOME}/{ID}")).text
    assert "The commentary lacks a language: en (Astana)" in page
    refused = await room.posts("editor", f"{HOME}/{ID}/check", {})
    assert "Errors of the checklist keep it back" in refused.text


async def test_a_text_that_is_refused_is_not_lost(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    page = await room.posts("editor", f"{HOME}/{ID}/commentary/KZ", {**THREE, "kk": "сақталсын"})
    assert page.status_code == 409
    assert "сақталсын" in page.text


async def test_an_editor_of_a_region_writes_of_that_region_alone(room: DeskRoom) -> None:
    await frozen(room)
    own = await room.posts("astana", f"{HOME}/{ID}/commentary/KZ-71", THREE)
    other = await room.posts("astana", f"{HOME}/{ID}/commentary/KZ-75", THREE)
    assert (own.status_code, other.status_code) == (303, 403)


async def test_it_goes_back_with_a_reason_that_its_writers_read(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    refused = await room.posts("approver", f"{HOME}/{ID}/return", {"reason": " "})
    assert "Say why" in refused.text
    await room.posts("approver", f"{HOME}/{ID}/return", {"reason": "Check the hours of Astana"})
    assert "Check the hours of Astana" in (await room.opens("editor", f"{HOME}/{ID}")).text


async def test_a_form_without_its_token_changes_nothing(room: DeskRoom) -> None:
    await frozen(room)
    for page in (HOME, f"{HOME}/{ID}/check", f"{HOME}/{ID}/commentary/KZ"):
        answer = await room.posts("editor", page, {"period": "2022"}, has_token=False)
        assert answer.status_code == 403


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_every_page_is_there_in_every_language(room: DeskRoom, language: str) -> None:
    await frozen(room)
    pages = ["", f"/{ID}", f"/{ID}/commentary/KZ-71", f"/{ID}/change-note"]
    pages += [f"/{ID}/recommendations", f"/{ID}/recommendations/new"]
    pages += [f"/{ID}/{name}" for name in ("check", "freeze", "approve", "return", "withdraw")]
    for page in pages:
        shown = await room.opens("both", f"{HOME}{page}", language=language)
        assert (shown.status_code, shown.headers["Content-Language"]) == (200, language)


async def test_a_step_names_the_edition_and_the_hash_that_it_is_about(room: DeskRoom) -> None:
    await frozen(room)
    await room.posts("editor", f"{HOME}/{ID}/check", {})
    page = (await room.opens("approver", f"{HOME}/{ID}/approve")).text
    assert "first half of 2022" in page
    assert str(room.store.kept[ID].publication.content_hash) in page


async def test_the_checklist_names_tables_and_checks_in_words(room: DeskRoom) -> None:
    await frozen(room)
    kept = room.store.kept[ID]
    freeze = kept.publication.freeze
    assert freeze is not None
    notes = (
        Note("error", "sum", "hours", PERIOD, "KZ", "grant", expected=12345.5, found=12345.0),
        Note("error", "open_error", "quality", PERIOD, what="likely_double", count=3),
    )
    altered = replace(kept.publication, freeze=replace(freeze, notes=notes))
    room.store.kept[ID] = replace(kept, publication=altered)
    page = unescape((await room.opens("editor", f"{HOME}/{ID}")).text)
    assert "grant in “Hours”, first half of 2022, 12,345 instead of 12,345.5" in page
    assert "Probably counted twice, 3" in page
    assert f'href="/publications/{ID}/findings"' in page
