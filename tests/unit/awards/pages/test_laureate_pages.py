"""What everybody sees of an award: nothing before its moment, and no more than was agreed to."""

from datetime import timedelta

import pytest

from birge_awards.domain.cycle.commands import ApprovePublication, Publish, SignWaiver
from birge_awards.ports import Caller
from birge_awards.publishing import Publisher
from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import MANAGER, House
from tests.unit.awards.test_publishing import an_approved_cycle

LAUREATES = "/awards/cycles/2026/laureates"


async def a_cycle(*, is_published: bool = True) -> ApiHouse:
    api = ApiHouse(House())
    api.knows(person("manager", of(Role.AWARD_MANAGER)))
    await an_approved_cycle(api.house)
    if is_published:
        api.house.clock.advance(timedelta(days=3))
        await Publisher(api.house.cycles, api.house.clock, away=ConnectionError).publish()
    return api


async def the_laureate(api: ApiHouse) -> str:
    decision = (await api.house.cycles.load("2026")).value.decision
    assert decision is not None
    return decision.laureates[0].nominee


@pytest.mark.parametrize("who", ["nobody", "manager"])
async def test_nothing_is_seen_before_the_moment_by_nobody(who: str) -> None:
    api = await a_cycle(is_published=False)
    nominee = await the_laureate(api)
    for path in (LAUREATES, f"{LAUREATES}/{nominee}"):
        assert (await api.opens(who, path)).status_code == 404
    answer = await api.asks(who, "GET", "/cycles/2026/laureates")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_cycle")
    assert "Laureates of 2026" not in (await api.opens(who, "/awards")).text


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "Еңбегі үшін."), ("ru", "За труд."), ("en", "For the work.")]
)
async def test_laureates_are_honoured_in_the_readers_language(language: str, said: str) -> None:
    api = await a_cycle()
    page = (await api.opens("nobody", LAUREATES, language=language)).text
    assert "Айгүл Бекова 1" in page
    assert said in page
    assert "700" in page, "the first prize"


async def test_the_address_of_the_event_is_the_laureates_page() -> None:
    api = await a_cycle()
    page = await api.opens("nobody", f"{LAUREATES}/{await the_laureate(api)}")
    assert page.status_code == 200
    assert "<h1>Айгүл Бекова 1</h1>" in page.text
    assert (await api.opens("nobody", f"{LAUREATES}/n-0")).status_code == 404


async def test_nothing_personal_but_the_name_is_told() -> None:
    api = await a_cycle()
    said = (await api.asks("nobody", "GET", "/cycles/2026/laureates")).text
    page = (await api.opens("nobody", LAUREATES)).text
    for text in (said, page):
        for secret in ("aigul1@example.kz", "1990", "Ерлан", "Cleans the river", "j-1"):
            assert secret not in text


async def test_who_was_erased_keeps_the_place_and_loses_name_and_words() -> None:
    api = await a_cycle()
    nominee = await the_laureate(api)
    await api.house.nominations.erase(nominee, "on request", Caller("manager", MANAGER.scope))
    page = (await api.opens("nobody", LAUREATES)).text
    assert "Айгүл" not in page
    assert "For the work." not in page
    assert "Name withheld" in page


async def test_programs_read_the_same_and_may_keep_it() -> None:
    api = await a_cycle()
    answer = await api.asks("nobody", "GET", "/cycles/2026/laureates")
    assert answer.headers["cache-control"].startswith("public")
    [laureate] = answer.json()["laureates"]
    assert (laureate["name"], laureate["region"], laureate["place"]) == (
        "Айгүл Бекова 1",
        "KZ-11",
        1,
    )


async def test_the_award_tells_what_it_is_and_leads_to_its_laureates() -> None:
    api = await a_cycle()
    page = (await api.opens("nobody", "/awards")).text
    assert "There is no online voting." in page
    assert f'href="{LAUREATES}"' in page


async def test_the_page_says_how_and_until_when_to_appeal() -> None:
    api = await a_cycle()
    page = (await api.opens("nobody", LAUREATES)).text
    assert "You can appeal until" in page
    assert "14 September 2026" in page, "ten days after the publication on the 4th"
    assert "Anybody can appeal" in (await api.opens("nobody", "/awards")).text
    api.house.clock.advance(timedelta(days=10, seconds=1))
    assert "Appeals ended on" in (await api.opens("nobody", LAUREATES)).text


async def test_who_asked_is_sealed_and_read_only_where_the_appeal_is_answered() -> None:
    api = await a_cycle()
    api.knows(person("office", of(Role.AUDITOR)), person("ombud", of(Role.AWARD_MANAGER)))
    typed = {
        "nomination": "ecology",
        "grounds": "The quorum.",
        "on_behalf_of": "Дана Сапарова, +7 701 000 00 00",
    }
    page = "/awards/cycles/2026"
    empty = await api.posts("office", f"{page}/file_appeal", {**typed, "on_behalf_of": ""})
    assert empty.status_code == 422
    assert (await api.posts("office", f"{page}/file_appeal", typed)).status_code == 303
    assert "Дана Сапарова" in (await api.opens("ombud", f"{page}/resolve_appeal")).text
    cycle = (await api.house.cycles.load("2026")).value
    [appeal] = cycle.appeals.values()
    assert appeal.filed_by == "office"
    assert "Сапарова" not in repr(cycle)
    assert "Сапарова" not in repr(await api.house.store.acts(0, 1_000))
    assert "Сапарова" not in (await api.opens("office", page)).text


async def test_where_every_region_waived_the_reason_is_published_instead_of_a_laureate() -> None:
    api = ApiHouse(House())
    people = [person(one, of(Role.AWARD_MANAGER)) for one in ("first", "second", "director")]
    api.knows(*people)
    await api.house.opens_nominations()
    await api.house.opens_regional_stage()
    for region in ("KZ-11", "KZ-71"):
        for signer in ("first", "second"):
            await api.house.cycles.does("2026", SignWaiver(region, "nobody stood"), signer)
    await api.house.forms_commission()
    await api.house.opens_national_stage()
    page, panel = "/awards/cycles/2026/sign_no_award", "/awards/cycles/2026/panels/commission"
    assert f'href="{page}"' in (await api.opens("first", panel)).text
    assert (await api.posts("first", page, {"reason": "no region chose"})).status_code == 303
    assert "no region chose" in (await api.opens("second", panel)).text
    assert "You sign as the second person" in (await api.opens("second", page)).text
    assert (await api.posts("second", page, {"reason": "no region chose"})).status_code == 303
    now = api.house.clock.now()
    await api.house.cycles.does("2026", ApprovePublication(now), "director")
    await api.house.cycles.does("2026", Publish(), "director")
    assert (
        "no national award this year: no region chose"
        in (await api.opens("nobody", LAUREATES)).text
    )
    answer = (await api.asks("nobody", "GET", "/cycles/2026/laureates")).json()
    assert (answer["minutes"], answer["no_award"]) == (None, "no region chose")


async def test_the_cycle_is_nobodys_to_close_while_appeals_may_come() -> None:
    api = await a_cycle()
    page = "/awards/cycles/2026"
    assert f'href="{page}/close"' not in (await api.opens("manager", page)).text
    api.house.clock.advance(timedelta(days=10, seconds=1))
    assert f'href="{page}/close"' in (await api.opens("manager", page)).text
