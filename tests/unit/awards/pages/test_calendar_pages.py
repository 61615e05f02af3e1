"""What is due when is told to everybody, and what is overdue as well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from birge_awards.pages.public.calendar_pages import Deadline, icalendar
from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import House
from tests.unit.awards.cycle.building import POLICY

CALENDAR = "/awards/cycles/2026/calendar"
DUE = {
    "nominations": date(2026, 9, 30),
    "regional": date(2026, 10, 31),
    "national": date(2026, 11, 30),
    "decided": date(2026, 12, 5),
}


async def a_house() -> ApiHouse:
    api = ApiHouse(House())
    await api.house.opens_nominations(policy=replace(POLICY, due=DUE))
    return api


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "31 October 2026"), ("ru", "31 октября 2026"), ("kk", "2026 ж. 31 қазан")],
)
async def test_the_days_are_told_in_the_readers_language(language: str, said: str) -> None:
    page = (await (await a_house()).opens("nobody", CALENDAR, language=language)).text
    assert said in page.replace("\u00a0", " ").replace("\u202f", " ")


async def test_a_day_is_overdue_only_while_its_stage_goes_on() -> None:
    api = await a_house()
    assert "overdue" not in (await api.opens("nobody", CALENDAR)).text
    # The last day counts to its end in Kazakhstan, which is nineteen o'clock in UTC.
    api.house.clock.advance(timedelta(days=29, hours=9, minutes=59))
    assert "overdue" not in (await api.opens("nobody", CALENDAR)).text
    api.house.clock.advance(timedelta(hours=1))
    assert (await api.opens("nobody", CALENDAR)).text.count("overdue") == 1
    await api.house.opens_regional_stage()
    page = (await api.opens("nobody", CALENDAR)).text
    assert "overdue" not in page
    assert "done" in page


async def test_an_extended_stage_has_its_new_day_and_its_step_waits_for_that() -> None:
    api = await a_house()
    api.knows(person("manager", of(Role.AWARD_MANAGER)))
    of_cycle = "/awards/cycles/2026"
    assert f'href="{of_cycle}/extend_stage"' in (await api.opens("manager", of_cycle)).text
    typed = {"stage": "nominations", "until": "2026-10-15T00:00", "reason": "floods"}
    assert (await api.posts("manager", f"{of_cycle}/extend_stage", typed)).status_code == 303
    assert "15 October 2026" in (await api.opens("nobody", CALENDAR)).text.replace("\u00a0", " ")
    opens = f'href="{of_cycle}/open_regional_stage"'
    api.house.clock.advance(timedelta(days=31))
    assert opens not in (await api.opens("manager", of_cycle)).text
    assert "are open" in (await api.opens("nobody", "/awards")).text
    api.house.clock.advance(timedelta(days=15))
    assert opens in (await api.opens("manager", of_cycle)).text
    assert "are open" not in (await api.opens("nobody", "/awards")).text


async def test_rules_that_are_being_written_have_no_calendar_yet() -> None:
    api = ApiHouse(House())
    await api.house.cycles.begin("2026", "manager")
    assert (await api.opens("nobody", CALENDAR)).status_code == 404
    assert (await api.opens("nobody", "/awards/cycles/2099/calendar")).status_code == 404


async def test_the_file_holds_whole_days_with_ids_that_stay() -> None:
    api = await a_house()
    first = await api.opens("nobody", f"{CALENDAR}.ics")
    assert first.headers["content-type"].startswith("text/calendar")
    lines = first.text.split("\r\n")
    assert "DTSTART;VALUE=DATE:20261031" in lines
    assert "DTEND;VALUE=DATE:20261101" in lines
    assert "UID:2026-regional@birge.kz" in lines
    assert first.text == (await api.opens("nobody", f"{CALENDAR}.ics")).text


def test_a_long_name_is_folded_between_its_letters() -> None:
    name = "Өңірлік кезеңнің соңғы күні, " * 5
    text = icalendar("2026", [Deadline(name, "regional", date(2026, 10, 31), "ahead")])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert name.replace(",", "\\,") in unfolded
