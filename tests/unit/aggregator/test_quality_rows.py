"""A finding is the same whatever the window, the order of records and the batches they came in."""

import random
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_aggregator.domain.period import window_from
from birge_aggregator.stores.memory import MemoryStore
from tests.support.records import census, printed, report, retraction
from tests.support.tables import Row, copied, counted, findings, table_of

MONTHS = [f"2022-{month:02d}" for month in range(1, 13)]
WINDOWS = [*MONTHS, "2022-H1", "2022-H2", "2022", "2021", "2022-06~12m", "2022-11~12m"]
KINDS = {
    "change_without_reason",
    "completeness",
    "contradiction",
    "empty",
    "likely_double",
    "outlier",
    "printed_total",
    "repeated",
    "sum_of_parts",
    "timeliness",
}


def disorderly(seed: int) -> list[bytes]:
    """Records of two years that break every rule, with versions; none says two things."""
    r = random.Random(seed)
    values: list[bytes] = []
    for number in range(90):
        source = f"urn:birge:{r.choice('ab')}"
        base: dict[str, Any] = {
            "region": r.choice(["KZ-71", "KZ-75", "KZ-10", "KZ-63", "KZ"]),
            "period": r.choice([*MONTHS[:8], *MONTHS[:8], "2022-H1", "2021-11", "2021-12"]),
            "direction": r.choice(["umit", "bilim"]),
            "layer": r.choice(["front_office", "front_office", "grant"]),
            "hours": r.choice([100, 101, 104, 105, r.randint(1, 99_999) / 100]),
            "volunteers": r.choice([None, 0, 1, 40]),
            "time": r.choice(["2022-01-05T00:00:00Z", "2023-01-05T00:00:00Z"]),
        }
        already = r.choice([None, None, [{"report_id": "x", "hours": base["hours"]}]])
        values.append(report(f"{number}", source=source, **base, already_counted=already))
        if r.random() < 0.2:
            values.append(report(f"{number}", source=source, **{**base, "version": 2, "hours": 7}))
        elif r.random() < 0.1:
            values.append(retraction(f"{number}", version=2, source=source))
    for region in ("KZ-71", "KZ-75", "KZ"):
        for half in ("2021-H1", "2021-H2", "2022-H1", "2022-H2"):
            for name in "ab"[: r.randint(0, 2)]:
                total = r.choice([None, 0, 90, 100])
                volunteers = {"total": total, "gender": {"men": r.choice([None, 0, 95])}}
                source = f"urn:birge:{name}"
                values.append(
                    census(region, half, source=source, volunteers=volunteers, organisations=None)
                )
    same = {"region": "KZ-19", "hours": r.randint(1, 99)}
    values += [report(f"same-{n}", period=period, **same) for n, period in enumerate(MONTHS[:3])]
    values += [
        census("KZ-19", half, volunteers={"total": total})
        for half, total in (("2021-H2", 100), ("2022-H2", r.randint(1, 50)))
    ]
    of = {"table": "hours", "region": r.choice(["KZ", "KZ-71"])}
    for period in ("2021", "2022-H1", "2022"):
        wrong = {"value": 7, "of": of, "parts": [{"what": "a", "value": 8}]}
        values.append(printed(wrong, period=period))
    return values


@cache
def disorder(seed: int) -> MemoryStore:
    return counted(disorderly(seed))


def rows_of(store: MemoryStore, **asked: Any) -> list[Row]:
    return [dict(row) for row in table_of("quality", copied(store), **asked).rows]


def by_id(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["finding"])


def test_the_disorder_has_findings_of_every_kind() -> None:
    assert {row["check"] for seed in range(3) for row in rows_of(disorder(seed))} == KINDS


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2), order=st.randoms(use_true_random=False), data=st.data())
def test_neither_order_nor_batches_change_a_finding(
    seed: int, order: random.Random, data: st.DataObject
) -> None:
    values = disorderly(seed)
    order.shuffle(values)
    cut = data.draw(st.integers(0, len(values)))
    doubled = values[:cut] + data.draw(st.sampled_from([[], values[:9]])) + values[cut:]
    store = counted(doubled[cut:], counted(doubled[:cut]))
    assert rows_of(store) == rows_of(disorder(seed))


@pytest.mark.parametrize("map_17", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_a_window_shows_the_years_findings_of_its_periods(seed: int, map_17: bool) -> None:
    store = disorder(seed)
    years = [row for year in ("2021", "2022") for row in rows_of(store, window=year, map_17=map_17)]
    shown = 0
    for name in WINDOWS:
        window = window_from(name)
        assert window is not None
        inside = [
            row
            for row in years
            if (period := window_from(row["period"])) is not None and window.contains(period)
        ]
        assert by_id(rows_of(store, window=name, map_17=map_17)) == by_id(inside), name
        shown += len(inside)
    assert shown > 100


@pytest.mark.parametrize("seed", range(3))
def test_a_region_sees_its_own_findings_alone(seed: int) -> None:
    store = disorder(seed)
    rows = rows_of(store)
    for region in ("KZ-71", "KZ-75", "KZ-11", "KZ-10"):
        own = [row for row in rows if row["region"] == region]
        assert rows_of(store, region=region) == own
    assert None in {row["region"] for row in rows}


@pytest.mark.parametrize("seed", range(3))
def test_no_two_findings_of_a_year_have_one_name(seed: int) -> None:
    rows = rows_of(disorder(seed))
    assert len({row["finding"] for row in rows}) == len(rows)


@pytest.mark.parametrize("window", ["2022", "2022-06~12m"])
@pytest.mark.parametrize("seed", range(3))
def test_errors_go_first_then_checks_then_the_size_of_the_difference(
    seed: int, window: str
) -> None:
    rows = rows_of(disorder(seed), window=window)
    assert rows == sorted(
        rows,
        key=lambda row: (
            ["error", "warning"].index(row["importance"]),
            row["check"],
            -abs(row["difference"] or 0),
            row["region"] or "",
            row["period"],
            row["what"],
        ),
    )


def test_equal_differences_are_ordered_by_region_period_what_and_key() -> None:
    parts = {"parts": [{"what": "a", "value": 2}]}
    values = [
        printed(
            {"what": "b", "value": 1, **parts},
            {"what": "a", "value": 3, **parts},
            {"what": "a", "unit": "€", "value": 1, **parts},
            {"what": "0", "value": 1, "of": {"table": "hours", "region": "KZ-71"}, **parts},
            period=period,
            source=source,
        )
        for source in ("urn:birge:b", "urn:birge:a")
        for period in ("2022-H1", "2022")
    ]
    rows = [row for row in findings(*values) if row["check"] == "sum_of_parts"]
    said = [(row["region"] or "", row["period"], row["what"]) for row in rows]
    assert len(said) == 16
    assert said == sorted(said)
    # The key, source|unit|parts, decides last.
    units = [
        row["detail"]["en"][0] for row in rows if row["what"] == "a" and row["period"] == "2022"
    ]
    assert units == ["h", "€", "h", "€"]


def test_the_same_finding_keeps_its_name_when_its_figures_change() -> None:
    first, second = (
        findings(census(version=version, volunteers={"total": 10, "gender": {"men": men}}))
        for version, men in ((1, 11), (2, 12))
    )
    names = [
        [row["finding"] for row in rows if row["check"] == "sum_of_parts"]
        for rows in (first, second)
    ]
    assert len(names[0]) == 1
    assert names[0] == names[1]
