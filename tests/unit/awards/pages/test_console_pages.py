"""The console as a manager sees it: steps, boards, lists, and what a refusal looks like."""

import re

import pytest

from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.unit.awards.api.test_a_cycle_over_http import CYCLE, JURORS, a_house, open_nominations

PAGES = "/awards/cycles/2026"


async def a_cycle() -> tuple[ApiHouse, str]:
    api = a_house()
    await open_nominations(api)
    return api, await api.house.receives(1, admit=False)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


async def test_a_cycle_is_begun_on_its_page_and_a_taken_name_is_told() -> None:
    api = a_house()
    empty = await api.opens("manager", "/awards/cycles")
    assert "No cycle yet" in empty.text
    begun = await api.posts("manager", "/awards/cycles", {"name": "2026"})
    assert (begun.status_code, begun.headers["location"]) == (303, PAGES)
    again = await api.posts("manager", "/awards/cycles", {"name": "2026"})
    assert again.status_code == 422
    assert "There is a cycle of this name already." in again.text
    assert 'value="2026"' in again.text, "what was typed is not lost"


async def test_the_next_step_is_a_link_for_who_may_take_it_and_a_wait_for_others() -> None:
    api, _ = await a_cycle()
    manager = await api.opens("manager", PAGES)
    assert f'href="{PAGES}/open_regional_stage"' in manager.text
    north = await api.opens("north", PAGES)
    assert f'href="{PAGES}/open_regional_stage"' not in north.text
    assert "Waiting: award manager" in text_of(north.text)


async def test_the_board_links_only_the_regions_that_the_reader_manages() -> None:
    api, _ = await a_cycle()
    page = (await api.opens("north", PAGES)).text
    assert f'href="{PAGES}/panels/KZ-11"' in page
    assert f'href="{PAGES}/panels/KZ-71"' not in page
    assert "2 regions owe their result." in page


async def test_a_check_page_says_what_will_happen_and_the_cycle_what_was_done() -> None:
    api, _ = await a_cycle()
    address = f"{PAGES}/open_regional_stage"
    check = await api.opens("manager", address)
    assert "The juries of 2 regions begin their work." in text_of(check.text)
    assert "This cannot be undone." in check.text
    done = await api.posts("manager", address, {})
    assert (done.status_code, done.headers["location"]) == (
        303,
        f"{PAGES}?done=open_regional_stage",
    )
    cycle = await api.opens("manager", done.headers["location"])
    assert "The regional stage is open." in cycle.text


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Some regions have neither"), ("kk", "өңір"), ("ru", "регион")],
)
async def test_a_refusal_is_told_in_the_readers_language(language: str, said: str) -> None:
    api, _ = await a_cycle()
    await api.does("manager", f"{CYCLE}/open_regional_stage")
    refused = await api.posts("manager", f"{PAGES}/open_national_stage", {}, language=language)
    assert refused.status_code == 409
    errors = refused.text.partition('class="errors"')[2].partition("</section>")[0]
    assert said in errors


async def test_two_people_waive_a_region_on_their_pages() -> None:
    api, _ = await a_cycle()
    await api.does("manager", f"{CYCLE}/open_regional_stage")
    address = f"{PAGES}/sign_waiver?region=KZ-71"
    assert "You propose that Astana gives no award" in text_of(
        (await api.opens("south", address)).text
    )
    empty = await api.posts("south", address, {"reason": " "})
    assert (empty.status_code, "Fill this in." in empty.text) == (422, True)
    await api.posts("south", address, {"reason": "nobody stood"})
    second = await api.opens("manager", address)
    assert "The reason: nobody stood" in text_of(second.text)
    same = await api.posts("south", address, {"reason": "nobody stood"})
    assert "the second has to be another person" in text_of(same.text)
    await api.posts("manager", address, {"reason": "nobody stood"})
    assert "No award this year" in (await api.opens("manager", PAGES)).text


async def test_nominations_are_searched_by_the_address_and_opened_by_their_managers_alone() -> None:
    api, nominee = await a_cycle()
    other = await api.house.receives(2, region="KZ-71", admit=False)
    everything = await api.opens("manager", f"{PAGES}/nominations")
    assert nominee in everything.text
    assert other in everything.text
    found = await api.opens("manager", f"{PAGES}/nominations?text=бекова 1&region=KZ-11")
    assert nominee in found.text
    assert other not in found.text
    assert other not in (await api.opens("north", f"{PAGES}/nominations")).text
    assert (await api.opens("north", f"/awards/nominations/{other}")).status_code == 404


async def test_a_nomination_is_admitted_on_its_page() -> None:
    api, nominee = await a_cycle()
    address = f"/awards/nominations/{nominee}"
    page = await api.opens("north", address)
    assert "Cleans the river every week." in page.text
    done = await api.posts("north", f"{address}/admit", {})
    assert done.headers["location"] == f"{address}?done=admit"
    assert "The nominee is admitted." in (await api.opens("north", f"{address}?done=admit")).text


async def test_what_was_typed_is_shown_as_text() -> None:
    api, nominee = await a_cycle()
    script = "<img src=x onerror=alert(1)>{{7*7}}"
    await api.posts("north", f"/awards/nominations/{nominee}/refuse", {"reason": script})
    page = (await api.opens("north", f"/awards/nominations/{nominee}")).text
    assert "<img" not in page.partition("<main")[2]
    assert "&lt;img" in page
    assert "{{7*7}}" in page


async def test_a_jury_goes_from_its_page_to_a_signed_result() -> None:
    api, nominee = await a_cycle()
    await api.does("north", f"/nominations/{nominee}/admit")
    await api.does("manager", f"{CYCLE}/open_regional_stage")
    panel = f"{PAGES}/panels/KZ-11"
    for number, juror in enumerate(JURORS):
        seat = {"person": juror, "country": "KZ", "region": "KZ-11", "is_chair": number == 0}
        await api.does("north", f"{CYCLE}/panels/KZ-11/add_member", seat)
    assert "Your step" in (await api.opens("north", panel)).text
    await api.posts("north", f"{panel}/open_declarations", {})
    for juror in JURORS:
        await api.does(juror, f"{CYCLE}/panels/KZ-11/declare", {})
    drawn = {"seed": "lottery", "ends_at": "2026-10-01T18:00"}
    assert (await api.posts("north", f"{panel}/assign_reviews", drawn)).status_code == 303
    for juror in JURORS:
        sheet = {"marks": {"impact": 9, "steadiness": 8}, "reason": "read"}
        review = f"{CYCLE}/panels/KZ-11/seat/reviews/{nominee}/submit"
        await api.does(juror, review, sheet)
    early = await api.opens("north", f"{panel}/ranking")
    assert early.status_code == 409, "no order is shown before scoring is closed"
    await api.posts("north", f"{panel}/close_scoring", {})
    ranking = await api.opens("north", f"{panel}/ranking")
    assert "Айгүл Бекова 1" in ranking.text
    assert "8.6" in ranking.text
    empty = await api.posts("north", f"{panel}/propose", {f"{nominee}.ru": " "})
    assert empty.status_code == 409
    await api.posts("north", f"{panel}/propose", {f"{nominee}.ru": "За труд."})
    page = text_of((await api.opens("north", panel)).text)
    assert "Members sign the minutes" in page
    view = await api.does("north", f"{CYCLE}/panels/KZ-11", method="GET")
    for juror in JURORS:
        signed = {"minutes": view["minutes"]}
        await api.does(juror, f"{CYCLE}/panels/KZ-11/sign_minutes", signed)
    concluded = await api.posts("north", f"{panel}/conclude", {})
    assert concluded.status_code == 303
    assert "Laureates confirmed" in (await api.opens("manager", PAGES)).text
    decided = (await api.opens("manager", panel)).text
    assert f'href="{PAGES}/reopen_region?region=KZ-11"' in decided
    assert f'href="{panel}/reopen"' not in decided, "the region is reopened first"


async def test_an_auditor_sees_the_steps_and_no_names() -> None:
    api, nominee = await a_cycle()
    api.knows(person("auditor", of(Role.AUDITOR)))
    assert (await api.opens("auditor", PAGES)).status_code == 200
    assert (await api.opens("auditor", f"/awards/nominations/{nominee}")).status_code == 403
    assert (await api.opens("auditor", f"{PAGES}/nominations")).status_code == 403


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        ("manager", "/awards/cycles"),
        ("north", "/awards/cycles"),
        ("j-1", "/awards/seats"),
        ("m-1", "/awards/seats"),
        ("nobody", "/awards"),
    ],
)
async def test_the_start_leads_everybody_to_what_waits_for_them(who: str, leads_to: str) -> None:
    answer = await a_house().opens(who, "/")
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)


async def test_a_waiver_is_offered_and_then_waits_for_its_second_signature() -> None:
    api, _ = await a_cycle()
    await api.does("manager", f"{CYCLE}/open_regional_stage")
    panel, waiver = f"{PAGES}/panels/KZ-71", f"{PAGES}/sign_waiver?region=KZ-71"
    offered = await api.opens("south", panel)
    assert f'href="{waiver}"' in offered.text
    assert "Or no award this year" not in offered.text
    await api.posts("south", waiver, {"reason": "nobody stood"})
    waiting = text_of((await api.opens("manager", panel)).text)
    assert "Or no award this year" in waiting
    assert "nobody stood" in waiting
