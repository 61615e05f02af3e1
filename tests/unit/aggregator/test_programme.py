"""Milestones of the regions' programmes: each counts when it was held, and once."""

from datetime import date
from typing import Any

import pytest

from birge_common.regions import regions_on
from tests.support.records import event
from tests.support.tables import table

HELD_BEFORE = {"year": 2022, "held_on": "2021-12-20"}


def milestone(name: str = "training", n: int = 1, **changes: Any) -> bytes:
    source = changes.pop("source", "urn:birge:office:KZ-71")
    said = {"region": "KZ-71", "year": 2022, "milestone": name, "n": n, "version": 1, **changes}
    subject = f"{said['region']}/{said['year']}/{name}/{n}"
    return event("kz.birge.milestone.reported.v1", subject, said, source)


def done(*values: bytes, name: str = "training", **asked: Any) -> int | None:
    """How many of a milestone a region did in the window; None where it has no row."""
    region = asked.pop("of", "KZ-71")
    found = {
        (row["region"], row["milestone"]): row["done"]
        for row in table("programme", *values, **asked).rows
    }
    return found.get((region, name))


@pytest.mark.parametrize(
    ("window", "count"),
    [
        ("2021-12", 1),
        ("2021-H2", 1),
        ("2021", 1),
        ("2022", None),
        ("2022-12", None),
        ("2021-11", None),
        ("2022-11~12m", 1),
        ("2022-12~12m", None),
    ],
)
def test_one_held_before_its_programme_s_year_counts_in_the_month_it_was_held(
    window: str, count: int | None
) -> None:
    assert done(milestone(**HELD_BEFORE), window=window) == count


def test_without_a_day_it_belongs_to_its_whole_year() -> None:
    assert done(milestone()) == 1
    for window in ("2022-12", "2022-H2", "2022-11~12m"):
        assert done(milestone(), window=window) is None
    assert done(milestone(), window="2022-12~12m") == 1


def test_the_same_number_of_two_years_counts_twice() -> None:
    both = [
        milestone(year=2021, held_on="2021-11-05"),
        milestone(held_on="2022-03-05"),
    ]
    assert done(*both, window="2022-10~12m") == 2
    assert done(*both, window="2022-11~12m") == 1
    # In one calendar year too, if they were held in it.
    both = [milestone(year=2021, held_on="2021-11-05"), milestone(**HELD_BEFORE)]
    assert done(*both, window="2021") == 2
    (row,) = (
        row
        for row in table("programme", *both, window="2021", region="KZ-71").rows
        if row["milestone"] == "training"
    )
    assert (row["required"], row["met"]) == (2, True)


def test_two_sources_that_state_the_same_count_once() -> None:
    same = [milestone(source=f"urn:birge:{name}", held_on="2022-03-05") for name in "ab"]
    assert done(*same) == 1
    assert done(*same, milestone(n=2, held_on="2022-03-06")) == 2


def test_on_the_map_of_17_the_numbers_of_newer_regions_stay_their_own() -> None:
    values = [milestone(region=region, held_on="2022-09-01") for region in ("KZ-10", "KZ-63")]
    assert done(*values, of="KZ-63") == 1
    assert done(*values, of="KZ-63", map_17=True) == 2


FIRST, SECOND = "2022-06-30", "2022-07-01"


def letters(*days: str | None, **asked: Any) -> tuple[Any, list[str]]:
    """Whether letters held on these days are enough, and what cannot be told."""
    values = [milestone("gratitude_letters", n, held_on=day) for n, day in enumerate(days, start=1)]
    made = table("programme", *values, region="KZ-71", **asked)
    (row,) = (row for row in made.rows if row["milestone"] == "gratitude_letters")
    assert row["done"] == len(days)
    return row["met"], [one.what for one in made.missing if one.region == "KZ-71"]


@pytest.mark.parametrize(
    ("days", "met"),
    [
        ((FIRST, SECOND), True),
        ((SECOND, None, FIRST), True),
        ((FIRST, FIRST), False),
        ((SECOND, SECOND, SECOND), False),
        ((FIRST,), False),
        ((None,), False),
        ((FIRST, None), None),
        ((None, None), None),
    ],
)
def test_letters_of_gratitude_are_due_in_each_half_year(
    days: tuple[str | None, ...], met: bool | None
) -> None:
    told = ["gratitude_letters.held_on"] if met is None else []
    assert letters(*days) == (met, told)


def test_in_a_half_year_nobody_asks_whether_letters_are_enough() -> None:
    assert letters(SECOND, window="2022-H2") == (None, [])


def of_country(*values: bytes, **asked: Any) -> tuple[Any, ...]:
    rows = table("programme", *values, window="2021", **asked).rows
    assert [row["region"] for row in rows[:10]] == ["KZ"] * 10
    (row,) = (row for row in rows[:10] if row["milestone"] == "briefing")
    return row["done"], row["required"], row["met"]


def briefings(*regions: str) -> list[bytes]:
    day = {"year": 2021, "held_on": "2021-05-05"}
    return [milestone("briefing", region=region, source=region, **day) for region in regions]


def test_the_country_s_row_adds_the_regions_up_and_waits_for_the_silent() -> None:
    every = regions_on(date(2021, 1, 1))
    assert of_country(*briefings(*every)) == (17, 17, True)
    assert of_country(*briefings(*every[1:])) == (16, 17, None)
    without = milestone(region=every[0], year=2021, held_on="2021-05-05", source="urn:x")
    assert of_country(*briefings(*every[1:]), without) == (16, 17, False)


def test_a_region_s_answer_has_no_row_of_the_country() -> None:
    made = table("programme", *briefings("KZ-71"), window="2021", region="KZ-71")
    assert {row["region"] for row in made.rows} == {"KZ-71"}
    assert table("programme", window="2021").rows == []
