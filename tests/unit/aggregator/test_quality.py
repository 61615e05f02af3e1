"""The quality checks find every planted error of each kind, and nothing in clean data."""

import asyncio
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_aggregator.answers import Answers
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.printed_checks import agrees
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.tables import TABLES
from birge_common.security.keys import KeyDirectory
from tests.support.records import as_log, census, event, report

CENSUS_PARTS = {
    "gender": ("men", "women"),
    "age": ("under_18", "from_18_to_29", "from_30_to_pension", "pension"),
    "occupation": ("school_pupil", "student", "neet", "employed", "unemployed", "retired"),
}


def findings(*values: bytes, window: str = "2022", region: str = "KZ") -> list[dict[str, Any]]:
    """The rows of the table after these records."""
    store = MemoryStore()
    asyncio.run(count_batch(read_batch(as_log(list(values))), store))
    assert store.quarantine == {}
    parsed = window_from(window)
    assert parsed is not None
    answers = Answers(store, KeyDirectory("pepper"))
    maker = TABLES["quality"]
    rows, _ = asyncio.run(
        answers.rendered(
            window,
            parsed,
            False,
            maker.kinds,
            lambda reading: list(maker.make(reading.figures, Question(region)).rows),
        )
    )
    return [dict(row) for row in rows]


def of_check(rows: Sequence[dict[str, Any]], check: str) -> list[tuple[Any, ...]]:
    """What each finding of a kind says."""
    names = ("region", "period", "what", "expected", "found", "difference")
    return [tuple(row[name] for name in names) for row in rows if row["check"] == check]


def whole_census(parts: dict[str, list[int]], region: str = "KZ-71", **extra: Any) -> bytes:
    """A census whose groups hold these parts; its total is the sum of the genders."""
    volunteers: dict[str, Any] = {
        group: dict(zip(names, parts[group], strict=True)) for group, names in CENSUS_PARTS.items()
    }
    volunteers["total"] = sum(parts["gender"])
    return census(region, "2022-H2", volunteers=volunteers, **extra)


def split(total: int, cuts: list[int]) -> list[int]:
    """The total in as many parts as there are cuts, and one more."""
    places = sorted(cut % (total + 1) for cut in cuts)
    return [b - a for a, b in zip([0, *places], [*places, total], strict=True)]


cuts = st.lists(st.integers(0, 10_000), min_size=5, max_size=5)


@given(st.integers(0, 9_999), cuts)
def test_a_census_that_adds_up_is_clean(total: int, places: list[int]) -> None:
    parts = {group: split(total, places[: len(n) - 1]) for group, n in CENSUS_PARTS.items()}
    assert findings(whole_census(parts)) == []


@given(st.integers(0, 9_999), cuts, st.sampled_from(["age", "occupation"]), st.integers(1, 500))
def test_a_census_that_does_not_add_up_is_found(
    total: int, places: list[int], group: str, error: int
) -> None:
    parts = {name: split(total, places[: len(n) - 1]) for name, n in CENSUS_PARTS.items()}
    parts[group][0] += error
    assert of_check(findings(whole_census(parts)), "sum_of_parts") == [
        ("KZ-71", "2022-H2", f"volunteers.{group}", total, total + error, error)
    ]


def test_with_a_part_missing_the_others_may_only_not_exceed_the_total() -> None:
    fewer = census("KZ-71", "2022-H2", volunteers={"total": 10, "gender": {"men": 7}})
    more = census("KZ-75", "2022-H2", volunteers={"total": 10, "gender": {"men": 11}})
    assert of_check(findings(fewer, more), "sum_of_parts") == [
        ("KZ-75", "2022-H2", "volunteers.gender", 10, 11, 1)
    ]


def test_a_second_source_that_says_otherwise_is_a_contradiction() -> None:
    volunteers = {"total": 100, "gender": {"men": 50, "women": 50}}
    first = census("KZ-71", "2022-H2", volunteers=volunteers, source="urn:birge:a")
    same = census("KZ-71", "2022-H2", volunteers=volunteers, source="urn:birge:b")
    other = census("KZ-71", "2022-H2", volunteers={"total": 130}, source="urn:birge:c")
    assert findings(first, same) == []
    assert of_check(findings(first, same, other), "contradiction") == [
        ("KZ-71", "2022-H2", "census", 100, 130, 30)
    ]


@pytest.mark.parametrize(
    ("total", "note", "found"),
    [
        (110, None, False),
        (111, None, True),
        (89, None, True),
        (50, "The counting rule was tightened", False),
    ],
)
def test_a_large_change_on_the_year_before_asks_for_its_reason(
    total: int, note: str | None, found: bool
) -> None:
    before = census("KZ-71", "2021-H2", volunteers={"total": 100})
    now = census("KZ-71", "2022-H2", volunteers={"total": total}, method_note=note)
    changes = of_check(findings(before, now), "change_without_reason")
    assert bool(changes) == found


def printed(*rows: dict[str, Any], period: str = "2022") -> bytes:
    data = {
        "table": "printed_total",
        "period": period,
        "version": 1,
        "publisher": "network",
        "rows": list(rows),
    }
    return event("kz.birge.reference.published.v1", f"printed_total/{period}", data)


def hours(value: float, **extra: Any) -> dict[str, Any]:
    return {"what": "hours", "unit": "hours", "value": value, **extra}


def test_a_printed_total_is_held_against_its_parts() -> None:
    parts = [{"what": "a", "value": 6}, {"what": "b", "value": 3.5}]
    assert findings(printed(hours(9.5, parts=parts))) == []
    assert of_check(findings(printed(hours(10, parts=parts))), "sum_of_parts") == [
        (None, "2022", "hours", 10, 9.5, -0.5)
    ]


@pytest.mark.parametrize(
    ("of", "ours"),
    [
        ({"table": "hours"}, 16),
        ({"table": "hours", "net": True}, 14.5),
        ({"table": "hours", "layers": ["grant"]}, 6),
        ({"table": "hours", "region": "KZ-75"}, 6),
        ({"table": "hours", "direction": "umit"}, 10),
        ({"table": "volunteers"}, 90),
    ],
)
def test_a_printed_total_is_held_against_the_figure_it_names(of: dict[str, Any], ours: Any) -> None:
    ours_as_counted = (
        report("r-1", period="2022-03", already_counted=[{"report_id": "x", "hours": 1.5}]),
        report("r-2", region="KZ-75", layer="grant", direction="bilim", hours=6),
        census("KZ-71", "2022-H2", volunteers={"total": 90}),
    )
    agreeing = findings(*ours_as_counted, printed(hours(ours, parts=[], of=of)))
    assert of_check(agreeing, "printed_total") == []
    found = findings(*ours_as_counted, printed(hours(ours + 1, parts=[], of=of)))
    (finding,) = of_check(found, "printed_total")
    assert finding[3:] == (ours + 1, ours, -1)


def test_a_printed_total_without_a_figure_of_ours_is_found_with_null() -> None:
    found = findings(printed(hours(5, parts=[], of={"table": "volunteers"})))
    assert of_check(found, "printed_total") == [(None, "2022", "hours", 5, None, None)]


@pytest.mark.parametrize(
    ("row", "found", "does"),
    [
        ({"value": 742}, 741.95, True),
        ({"value": 741.9}, 741.95, False),
        ({"value": 741.9}, 741.94, True),
        ({"value": 4500, "at_least": True}, 4_700, True),
        ({"value": 4500, "at_least": True}, 4_499, False),
    ],
)
def test_a_figure_agrees_where_it_rounds_to_the_printed_one(
    row: dict[str, Any], found: float, does: bool
) -> None:
    assert agrees(row, Fraction(str(found))) is does


def months(region: str, *amounts: float, year: int = 2022) -> list[bytes]:
    """One report a month of the region's office, from January on."""
    return [
        report(f"{region}-{month}", region=region, period=f"{year}-{month:02d}", hours=amount)
        for month, amount in enumerate(amounts, 1)
    ]


def test_a_silent_month_of_an_office_is_found_once_it_is_due() -> None:
    rows = findings(*months("KZ-71", 5, 5, 5), *months("KZ-75", 5, 5), window="2022-H1")
    found = {row[0]: row[3:] for row in of_check(rows, "completeness")}
    assert "KZ-71" not in found
    assert found["KZ-75"] == (3, 2, -1)
    assert found["KZ-11"] == (3, 0, -3)
    assert {r["importance"] for r in rows if r["region"] == "KZ-11"} == {"error"}


def test_a_month_out_of_line_with_the_region_s_others_is_found() -> None:
    usual = (100, 110, 95, 105, 90, 100, 104)
    assert of_check(findings(*months("KZ-71", *usual)), "outlier") == []
    (found,) = of_check(findings(*months("KZ-71", *usual, 900)), "outlier")
    assert found == ("KZ-71", "2022-08", "hours of the office", 100, 900, 800)


def test_outliers_stand_by_their_effect_on_the_total() -> None:
    usual = (100, 110, 95, 105, 90, 100, 104)
    small = months("KZ-11", *usual, 300)
    large = months("KZ-75", *(10 * hours for hours in usual), 9_000)
    rows = of_check(findings(*small, *large), "outlier")
    assert [row[0] for row in rows] == ["KZ-75", "KZ-11"]


def test_a_region_sees_its_own_findings_alone() -> None:
    bad = census("KZ-71", "2022-H2", volunteers={"total": 1, "gender": {"men": 5}})
    total = printed(hours(1, parts=[{"what": "a", "value": 2}]))
    assert {row["region"] for row in findings(bad, total)} == {None, "KZ-71"}
    assert {row["region"] for row in findings(bad, total, region="KZ-71")} == {"KZ-71"}
    assert findings(bad, total, region="KZ-75") == []
