"""The log of acts is read by auditors, and tells who took names out of the system."""

import csv
import io

import pytest

from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import House

EXPORT = "/awards/cycles/2026/export_nominees"


async def a_house() -> ApiHouse:
    api = ApiHouse(House())
    api.knows(
        person("manager", of(Role.AWARD_MANAGER)),
        person("north", of(Role.REGIONAL_MANAGER, "KZ-11")),
        person("auditor", of(Role.AUDITOR)),
        person("local", of(Role.AUDITOR, "KZ-11")),
    )
    await api.house.opens_nominations()
    return api


async def test_an_auditor_of_the_country_reads_every_act_and_nobody_elses_names() -> None:
    api = await a_house()
    nominee = await api.house.receives(1)
    page = await api.opens("auditor", "/awards/acts")
    assert page.status_code == 200
    for said in ("cycle.open_nominations", "nomination.accept", nominee):
        assert said in page.text
    assert "Айгүл" not in page.text
    for other in ("north", "local"):
        assert (await api.opens(other, "/awards/acts")).status_code == 403


@pytest.mark.parametrize("since", ["0", "2", "99999", "-1", "9" * 40, "x"])
async def test_the_log_is_read_from_any_number_on(since: str) -> None:
    api = await a_house()
    assert (await api.opens("auditor", f"/awards/acts?since={since}")).status_code == 200


async def test_a_file_of_nominees_takes_a_reason_and_leaves_an_act() -> None:
    api = await a_house()
    await api.house.receives(1)
    await api.house.receives(2, region="KZ-71")
    bare = await api.posts("north", EXPORT, {"reason": " "})
    assert (bare.status_code, "Give the reason in words." in bare.text) == (422, True)
    taken = await api.posts("north", EXPORT, {"reason": "letters of invitation"})
    assert taken.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(taken.text.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["Айгүл Бекова 1"], "no other region's"
    acts = await api.house.store.acts(0, 1_000)
    [export] = [one for one in acts if one.act == "nominations.export"]
    assert export.actor == "north"
    assert export.public == {"reason": "letters of invitation", "nominees": 1}


async def test_only_managers_take_a_file_and_only_with_a_fresh_second_factor() -> None:
    api = await a_house()
    for other in ("auditor", "local"):
        assert (await api.posts(other, EXPORT, {"reason": "x"})).status_code == 403
    stale = await api.posts("north", EXPORT, {"reason": "x"}, steps_up=False)
    assert (stale.status_code, stale.headers["location"].split("?")[0]) == (303, "/step-up")


async def test_a_cell_that_a_spreadsheet_would_compute_is_text() -> None:
    api = await a_house()
    formula = '=HYPERLINK("https://evil.example";"x")'
    nominee = {"kind": "person", "name": formula, "birth_year": 1990, "contact": "+7 700 1"}
    await api.house.receives(3, nominee=nominee, admit=False)
    taken = await api.posts("manager", EXPORT, {"reason": "check"})
    [row] = list(csv.DictReader(io.StringIO(taken.text.removeprefix("\ufeff"))))
    assert row["name"] == f"'{formula}"
    assert row["contact"] == "'+7 700 1"
