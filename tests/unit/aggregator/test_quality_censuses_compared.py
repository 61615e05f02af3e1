"""Censuses held against other sources' and against the year before."""

from datetime import UTC, datetime
from typing import Any

import pytest

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import KeyDirectory
from tests.support.records import census
from tests.support.tables import findings, of_check


def registered(**scopes: tuple[str, ...] | None) -> KeyDirectory:
    """One key for each source, with the regions that it names."""
    keys = KeyDirectory("pepper")
    for name, regions in scopes.items():
        keys.apply(
            PartnerChangedV1(
                key_id=f"key-{name}",
                name=name,
                digest="0" * 64,
                sources=(f"urn:birge:{name}",),
                regions=regions,
                state="active",
                registered_at=datetime(2022, 1, 1, tzinfo=UTC),
            )
        )
    return keys


def of_total(total: int | None, name: str, **changes: Any) -> bytes:
    return census(source=f"urn:birge:{name}", volunteers={"total": total}, **changes)


def test_the_one_that_counts_stands_against_each_that_says_otherwise() -> None:
    three = (of_total(100, "a"), of_total(130, "b"), of_total(90, "c"))
    same = of_total(100, "d")
    rows = findings(*three, same)
    assert of_check(rows, "contradiction") == [
        ("KZ-71", "2022-H2", "census", 100, 130, 30),
        ("KZ-71", "2022-H2", "census", 100, 90, -10),
    ]
    # The registered office counts, whatever its name.
    rows = findings(*three, same, keys=registered(a=None, b=("KZ-71", "KZ-75"), c=("KZ-71",)))
    assert [row[3:] for row in of_check(rows, "contradiction")] == [
        (90, 130, 40),
        (90, 100, 10),
        (90, 100, 10),
    ]


def test_censuses_contradict_in_any_figure_even_in_one_not_given() -> None:
    volunteers = {"total": 100}
    first = census(source="urn:birge:a", volunteers=volunteers, organisations={"ngos": 3})
    for organisations in ({"ngos": 4}, {"ngos": 3, "initiative_groups": 0}, {"ngos": None}, None):
        other = census(source="urn:birge:b", volunteers=volunteers, organisations=organisations)
        rows = findings(first, other)
        assert of_check(rows, "contradiction") == [("KZ-71", "2022-H2", "census", 100, 100, 0)]
    noted = census(
        source="urn:birge:b",
        volunteers=volunteers,
        organisations={"ngos": 3, "initiative_groups": None},
        method_note="counted by hand",
        coverage={"low_pct": 1, "high_pct": 2, "method": "x"},
    )
    assert of_check(findings(first, noted), "contradiction") == []


def test_without_one_of_the_totals_there_is_no_difference() -> None:
    rows = findings(of_total(None, "a"), of_total(5, "b", region="KZ"), of_total(7, "b"))
    assert of_check(rows, "contradiction") == [("KZ-71", "2022-H2", "census", None, 7, None)]
    two_of_country = (of_total(5, "a", region="KZ"), of_total(7, "b", region="KZ"))
    found = of_check(findings(*two_of_country), "contradiction")
    assert found == [(None, "2022-H2", "census", 5, 7, 2)]


def changes(
    before: int | None, now: int | None, *, half: str = "2022-H2", **said: Any
) -> list[tuple[Any, ...]]:
    first = census("KZ-71", f"2021{half[4:]}", volunteers={"total": before})
    second = census("KZ-71", half, volunteers={"total": now}, **said)
    return of_check(findings(first, second), "change_without_reason")


@pytest.mark.parametrize(
    ("before", "now", "is_found"),
    [
        (100, 110, False),
        (100, 111, True),
        (100, 90, False),
        (100, 89, True),
        (15, 17, True),
        (19, 20, False),
        (0, 500, False),
        (None, 500, False),
        (100, None, False),
    ],
)
def test_a_change_of_more_than_ten_percent_on_the_year_before_asks_for_its_reason(
    before: int | None, now: int | None, is_found: bool
) -> None:
    wanted = ("KZ-71", "2022-H2", "volunteers.total", before, now, (now or 0) - (before or 0))
    assert changes(before, now) == ([wanted] if is_found else [])


def test_a_note_on_the_method_is_a_reason_and_an_empty_one_is_none() -> None:
    assert changes(100, 50, method_note="The counting rule was tightened") == []
    assert len(changes(100, 50, method_note=None)) == 1


@pytest.mark.parametrize("note", ["-", "—", " ", "2022", "…?"])
def test_a_note_without_a_letter_says_nothing(note: str) -> None:
    assert len(changes(100, 50, method_note=note)) == 1


def test_the_country_s_change_is_over_the_regions_that_gave_both_years() -> None:
    def of_country(*totals: tuple[int | None, int | None], **after: Any) -> list[tuple[Any, ...]]:
        values = []
        for region, (before, now) in zip(("KZ-71", "KZ-75", "KZ"), totals, strict=False):
            values.append(census(region, "2021-H2", volunteers={"total": before}))
            values.append(census(region, "2022-H2", volunteers={"total": now}, **after))
        rows = of_check(findings(*values), "change_without_reason")
        return [row for row in rows if row[0] is None]

    said = (None, "2022-H2", "volunteers.total")
    assert of_country((100, 100), (100, 121)) == [(*said, 200, 221, 21)]
    assert of_country((100, 110), (100, 110)) == []
    assert of_country((100, 150), (None, 900)) == []
    assert of_country((100, 100), (100, 100), (100, 10)) == [(*said, 300, 210, -90)]
    # Whoever counts for a region gives no reason for the country.
    noted = of_country((100, 50), (100, 50), method_note="The counting rule was tightened")
    assert noted == [(*said, 200, 100, -100)]


def test_each_half_year_is_held_against_the_same_half_of_the_year_before() -> None:
    assert [row[1] for row in changes(100, 200, half="2022-H1")] == ["2022-H1"]
    totals = {"2021-H1": 100, "2021-H2": 200, "2022-H1": 110, "2022-H2": 220}

    def changed(**others: int) -> list[tuple[Any, ...]]:
        several = {**totals, **{name.replace("_", "-")[1:]: n for name, n in others.items()}}
        values = [census("KZ-71", half, volunteers={"total": n}) for half, n in several.items()]
        return [row[1:2] + row[3:] for row in of_check(findings(*values), "change_without_reason")]

    assert changed() == []
    # A last half without fault excuses no first one.
    assert changed(_2022_H1=111) == [("2022-H1", 100, 111, 11)]
    assert changed(_2022_H2=221) == [("2022-H2", 200, 221, 21)]
    assert changed(_2022_H1=200, _2022_H2=100) == [
        ("2022-H1", 100, 200, 100),
        ("2022-H2", 200, 100, -100),
    ]


def test_of_a_half_year_without_one_before_and_of_the_country_no_change_is_told() -> None:
    both = [
        census("KZ-71", half, volunteers={"total": total})
        for half, total in (("2021-H1", 100), ("2022-H2", 200))
    ]
    assert of_check(findings(*both), "change_without_reason") == []
    of_country = [
        census("KZ", half, volunteers={"total": total})
        for half, total in (("2021-H2", 100), ("2022-H2", 200))
    ]
    assert of_check(findings(*of_country), "change_without_reason") == []


def test_of_several_sources_the_one_that_counts_is_held_against_the_one_that_counted() -> None:
    values = [
        of_total(100, "a", period="2021-H2"),
        of_total(500, "b", period="2021-H2"),
        of_total(105, "a"),
        of_total(50, "b"),
    ]
    assert of_check(findings(*values), "change_without_reason") == []
    rows = findings(*values, keys=registered(a=None, b=("KZ-71",)))
    assert [row[3:] for row in of_check(rows, "change_without_reason")] == [(500, 50, -450)]
