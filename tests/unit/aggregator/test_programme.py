"""Milestones of the regions' programmes: each counts when it was held, and once."""

from typing import Any

import pytest

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
        for row in table("programme", *both, window="2021").rows
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
