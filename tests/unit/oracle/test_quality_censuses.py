"""Findings of censuses, each just on and just over its threshold."""

from typing import Any

import pytest

from tests.unit.oracle.building import (
    NETWORK,
    OFFICE,
    census,
    findings,
    partner,
    recount_of,
    report,
    said,
)

NOTHING: dict[str, Any] = {"volunteers": None, "organisations": None}


def volunteers(**figures: Any) -> dict[str, Any]:
    """A census of volunteers only."""
    return {"volunteers": figures, "organisations": None}


def test_a_half_year_is_due_once_any_region_tells_of_it_or_a_later_one() -> None:
    recount = recount_of(census(period="2022-H2"), census("KZ-75", "2022-H1"))
    assert len(findings(recount, "completeness")) == 17 + 20 - 2
    assert said(findings(recount, "completeness", region="KZ-71")) == [
        ("KZ-71", "2022-H1", "census", 1, 0)
    ]
    first_half = recount_of(census(period="2022-H1"))
    assert {row["period"] for row in findings(first_half, "completeness")} == {"2022-H1"}
    assert findings(recount_of(census("KZ")), "completeness") == []
    next_year = recount_of(census(period="2023-H1"))
    assert len(findings(next_year, "completeness", region="KZ-71")) == 2
    assert findings(next_year, "completeness", "2021") == []


def test_on_the_map_of_17_a_new_regions_census_is_its_predecessors() -> None:
    recount = recount_of(census("KZ-10"))
    at_home = findings(recount, "completeness", "2022-H2", "KZ-63", is_map_17=True)
    assert at_home == []
    assert len(findings(recount, "completeness", "2022-H2", "KZ-63")) == 1


def test_a_census_without_anything_above_nought_is_empty() -> None:
    zeros = {"volunteers": {"total": 0, "gender": {"men": 0}}, "organisations": {"ngos": 0}}
    recount = recount_of(census(**NOTHING), census("KZ", source=NETWORK, **zeros))
    assert said(findings(recount, "empty")) == [
        (None, "2022-H2", "census", None, 3),
        ("KZ-71", "2022-H2", "census", None, 0),
    ]
    one = {"volunteers": None, "organisations": {"initiative_groups": 1}}
    assert findings(recount_of(census(**one)), "empty") == []


def test_a_census_that_says_what_the_last_one_of_its_source_said_is_repeated() -> None:
    recount = recount_of(census(period="2021-H2"), census(period="2022-H1"), census())
    rows = findings(recount, "repeated")
    assert said(rows) == [
        ("KZ-71", "2022-H1", "census", None, 100),
        ("KZ-71", "2022-H2", "census", None, 100),
    ]
    assert rows[0]["difference"] is None


@pytest.mark.parametrize(
    "earlier",
    [
        census(period="2022-H1", organisations={"ngos": 10}),
        census(period="2022-H1", organisations={"ngos": 10, "initiative_groups": 31}),
        census(period="2022-H1", source=NETWORK),
        census("KZ-75", "2022-H1"),
        census(period="2021-H2"),
    ],
)
def test_a_census_with_another_figure_source_or_half_is_not_repeated(earlier: bytes) -> None:
    assert findings(recount_of(earlier, census()), "repeated") == []


def test_two_empty_censuses_are_empty_and_not_repeated() -> None:
    recount = recount_of(census(period="2022-H1", **NOTHING), census(**NOTHING))
    assert findings(recount, "repeated") == []
    assert len(findings(recount, "empty")) == 2


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ({"total": 100, "gender": {"men": 40, "women": 60}}, []),
        ({"total": 100, "gender": {"men": 40, "women": 59}}, [("volunteers.gender", 100, 99)]),
        ({"total": 100, "gender": {"men": 40, "women": 61}}, [("volunteers.gender", 100, 101)]),
        ({"total": 100, "gender": {"men": 100}}, []),
        ({"total": 100, "gender": {"men": 101}}, [("volunteers.gender", 100, 101)]),
        ({"total": 100, "gender": {"men": None, "women": None}}, []),
        ({"total": 0, "age": {"pension": 0}}, []),
        ({"total": 0, "age": {"pension": 1}}, [("volunteers.age", 0, 1)]),
        ({"total": None, "gender": {"men": 1, "women": 1}}, []),
        (
            {
                "total": 20,
                "age": {"under_18": 5, "from_18_to_29": 5, "from_30_to_pension": 5, "pension": 4},
                "occupation": {"student": 21},
            },
            [("volunteers.age", 20, 19), ("volunteers.occupation", 20, 21)],
        ),
    ],
)
def test_parts_make_up_the_total_unless_one_is_missing(
    figures: dict[str, Any], found: list[Any]
) -> None:
    rows = findings(recount_of(census("KZ", **volunteers(**figures))), "sum_of_parts")
    assert [row[2:] for row in said(rows)] == found
    assert {row["importance"] for row in rows} <= {"error"}


def test_the_office_is_held_against_every_other_source() -> None:
    recount = recount_of(
        census(),
        census(source=NETWORK, **volunteers(total=101)),
        census(source="urn:z", **volunteers(total=None)),
        census(source="urn:same"),
    )
    recount.apply_partner(partner("k", OFFICE, ["KZ-71"], registered_at="2022-01-01T00:00:00Z"))
    rows = findings(recount, "contradiction")
    assert said(rows) == [
        ("KZ-71", "2022-H2", "census", 100, 101),
        ("KZ-71", "2022-H2", "census", 100, None),
    ]
    assert [row["difference"] for row in rows] == [1, None]


def test_a_figure_that_only_one_source_gives_is_a_contradiction() -> None:
    silent = {"total": 100, "gender": {"men": 40}}
    recount = recount_of(
        census(volunteers=silent), census(source=NETWORK, volunteers={**silent, "age": {}})
    )
    assert findings(recount, "contradiction") == []
    louder = recount_of(census(), census(source=NETWORK, volunteers=silent))
    assert len(findings(louder, "contradiction")) == 1


@pytest.mark.parametrize(
    ("now", "found"), [(110, 0), (111, 1), (90, 0), (89, 1), (0, 1), (None, 0)]
)
def test_a_change_of_over_a_tenth_wants_a_reason(now: int | None, found: int) -> None:
    recount = recount_of(
        census(period="2021-H2", **volunteers(total=100)), census(**volunteers(total=now))
    )
    rows = findings(recount, "change_without_reason")
    assert said(rows) == [("KZ-71", "2022-H2", "volunteers.total", 100, now)][:found]


def test_a_change_with_a_reason_or_from_nothing_or_of_the_country_is_none() -> None:
    before, after = volunteers(total=100), volunteers(total=50)
    explained = [
        census(period="2021-H2", **before),
        census(method_note="Stricter rules", **after),
    ]
    assert findings(recount_of(*explained), "change_without_reason") == []
    from_nothing = [census(period="2021-H2", **volunteers(total=0)), census(**after)]
    assert findings(recount_of(*from_nothing), "change_without_reason") == []
    of_country = [census("KZ", "2021-H2", **before), census("KZ", **after)]
    assert findings(recount_of(*of_country), "change_without_reason") == []


def test_a_dash_is_no_reason_and_the_country_is_asked_for_its_own() -> None:
    before, after = volunteers(total=100), volunteers(total=50)
    records = [
        census(period="2021-H2", **before),
        census(method_note="-", **after),
        census("KZ-75", "2021-H2", **before),
        census("KZ-75", method_note="Stricter", **after),
    ]
    rows = findings(recount_of(*records), "change_without_reason")
    assert [(row["region"], row["expected"], row["found"]) for row in rows] == [
        (None, 200, 100),
        ("KZ-71", 100, 50),
    ]


def test_each_half_year_asks_for_its_reason() -> None:
    recount = recount_of(
        census(period="2021-H1", **volunteers(total=100)),
        census(period="2022-H1", **volunteers(total=50)),
    )
    assert len(findings(recount, "change_without_reason", "2022-H1")) == 1
    recount.apply(census(period="2022-H2", **volunteers(total=70)))
    assert [row["period"] for row in findings(recount, "change_without_reason")] == ["2022-H1"]


def test_only_the_census_that_counts_is_asked_for_its_reason() -> None:
    recount = recount_of(
        census(period="2021-H2", **volunteers(total=100)),
        census(method_note="Stricter rules", **volunteers(total=50)),
        census(source=NETWORK, **volunteers(total=40)),
    )
    recount.apply_partner(partner("k", OFFICE, ["KZ-71"], registered_at="2022-01-01T00:00:00Z"))
    assert findings(recount, "change_without_reason") == []


def test_a_census_of_no_half_year_is_found_in_no_window() -> None:
    recount = recount_of(report(period="2022-01"), census(period="2022", **NOTHING))
    assert findings(recount, "empty") == []
