"""Likely doubles: the same hours told by two sources, under two ids, or by parts and the whole."""

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.records import report, retraction
from tests.support.tables import findings, of_check
from tests.unit.oracle.building import findings as recounted
from tests.unit.oracle.building import recount_of

A, B, C = "urn:birge:a", "urn:birge:b", "urn:birge:c"


def doubles(*values: bytes, **asked: Any) -> list[tuple[Any, ...]]:
    """Expected, found and difference of each likely double."""
    return [row[3:] for row in of_check(findings(*values, **asked), "likely_double")]


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (10, (10, 10, 0)),
        (10.5, (10, 10.5, 0.5)),
        (10.51, None),
        (9.53, (9.53, 10, 0.47)),
        (9.52, None),
    ],
)
def test_hours_of_two_sources_within_five_percent_of_the_lower_look_like_the_same(
    hours: float, found: tuple[float, ...] | None
) -> None:
    rows = findings(report("x", source=A), report("x", source=B, layer="grant", hours=hours))
    wanted = [("KZ-71", "2022-03", "o-1 in umit", *found)] if found else []
    assert of_check(rows, "likely_double") == wanted


@pytest.mark.parametrize(
    "other",
    [
        {"source": A, "hours": 10.01},
        {"source": A, "volunteers": 3},
        {"source": A, "held_on": "2022-03-02"},
        {"source": A, "district": "Yesil"},
        {"source": A, "participants": {"child": 1}},
        {"source": A, "development": True},
        {"organisation": {"id": "o-2"}},
        {"direction": "bilim"},
        {"direction": None, "layer": "grant", "hours": 10.51},
        {"region": "KZ-75"},
        {"region": "KZ"},
        {"period": "2022-04"},
        {"period": "2022-H1", "hours": 11},
        {"period": "2022-H2"},
        {"period": "2022-H1", "source": A},
        {"already_counted": [{"report_id": "x", "hours": 9.5}]},
        {"already_counted": [{"report_id": "x", "hours": 6}, {"report_id": "z", "hours": 4}]},
        {"already_counted": [{"report_id": "x", "hours": 10}], "hours": 10.5},
    ],
    ids=repr,
)
def test_other_hours_of_the_same_number_are_no_double(other: dict[str, Any]) -> None:
    second = {"source": B, **other}
    assert doubles(report("x", source=A), report("y", **second)) == []
    assert doubles(report("y", **second), report("x", source=A)) == []


@pytest.mark.parametrize(
    "same",
    [
        {"direction": None, "layer": "independent"},
        {"period": "2022-H1"},
        {"format": None, "volunteers": 3, "organisation": {"id": "o-1", "name": "another"}},
        {"already_counted": []},
        {"already_counted": [{"report_id": "x", "hours": 0.01}]},
        {"already_counted": [{"report_id": "x", "hours": 9.49}]},
    ],
    ids=repr,
)
def test_a_double_may_differ_in_all_else(same: dict[str, Any]) -> None:
    both = {name: value for name, value in same.items() if name in ("direction", "period")}
    (row,) = of_check(
        findings(report("x", source=A, **both), report("y", source=B, **same)), "likely_double"
    )
    direction = "-" if "direction" in same else "umit"
    assert row == ("KZ-71", same.get("period", "2022-03"), f"o-1 in {direction}", 10, 10, 0)


def test_of_the_country_a_double_has_no_region() -> None:
    rows = findings(*(report("x", source=source, region="KZ") for source in (A, B)))
    assert of_check(rows, "likely_double") == [(None, "2022-03", "o-1 in umit", 10, 10, 0)]


@pytest.mark.parametrize(
    ("several", "found"),
    [
        # The lowest takes the next free one of each other source; nobody is taken twice.
        pytest.param([(A, 100), (B, 101), (A, 102), (B, 103)], [(100, 101), (102, 103)], id="two"),
        pytest.param([(A, 100), (B, 101), (C, 102)], [(100, 102)], id="a third copy"),
        pytest.param(
            [(A, 100), (A, 101), (B, 102), (B, 103)], [(100, 102), (101, 103)], id="cross"
        ),
        pytest.param([(A, 100), (A, 101), (B, 106)], [(101, 106)], id="beyond the first"),
        pytest.param([(A, 100), (A, 104), (B, 105)], [(100, 105)], id="not the nearest"),
        pytest.param([(A, 100), (B, 104), (C, 109)], [(100, 104)], id="a chain"),
        pytest.param([(A, 100), (B, 106), (C, 111)], [(106, 111)], id="the upper ones"),
        pytest.param([(B, 100), (A, 100), (C, 100)], [(100, 100)], id="equal ones"),
    ],
)
def test_reports_are_paired_going_up_by_hours(
    several: list[tuple[str, int]], found: list[tuple[int, int]]
) -> None:
    values = [report(f"r-{n}", source=s, hours=hours) for n, (s, hours) in enumerate(several)]
    for order in (values, values[::-1]):
        assert sorted(row[:2] for row in doubles(*order)) == found


def test_a_third_copy_is_named_with_the_other_two() -> None:
    values = [report(name, source=source) for source, name in ((C, "1"), (B, "2"), (A, "3"))]
    (row,) = (row for row in findings(*values) if row["check"] == "likely_double")
    key = "urn:birge:a|3|urn:birge:b|2|urn:birge:c|1"
    about = f"likely_double|KZ-71|2022-03|o-1 in umit|{key}"
    assert row["finding"] == hashlib.sha256(about.encode()).hexdigest()[:16]
    for named in ("3 (urn:birge:a)", "2 (urn:birge:b)", "1 (urn:birge:c)"):
        assert all(named in text for text in row["detail"].values())


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"held_on": "2022-03-05"},
        {"participants": {"child": 1, "silver": 2}, "support": ["transport", "printing"]},
        {"regularity": "one_off"},
        {"regularity": "continuous", "held_on": "2022-03-05"},
    ],
    ids=repr,
)
def test_one_source_that_says_the_same_under_two_ids_tells_it_twice(said: dict[str, Any]) -> None:
    both = [report(name, **said) for name in "xy"]
    assert doubles(*both) == [(10, 10, 0)]
    assert doubles(*both, report("z", **said)) == [(10, 10, 0)]
    assert doubles(*both, retraction("y")) == []


def test_days_of_a_shelter_are_alike_and_nobody_is_accused() -> None:
    assert doubles(*(report(f"r-{n}", regularity="continuous") for n in range(9))) == []


def test_all_days_of_a_month_with_the_same_figures_are_no_doubles() -> None:
    days = [report(f"r-{n}", held_on=f"2022-03-{n:02d}", volunteers=5) for n in range(1, 32)]
    assert doubles(*days) == []


def test_a_report_without_direction_may_be_of_the_direction_that_another_names() -> None:
    unnamed = report("x", source=B, layer="grant", direction=None)
    rows = findings(report("y", source=A), unnamed)
    assert of_check(rows, "likely_double") == [("KZ-71", "2022-03", "o-1 in umit", 10, 10, 0)]
    # It is of one of them only, and two named directions are two kinds of work.
    other = report("z", source=C, direction="bilim")
    assert doubles(report("y", source=A), unnamed, other) == [(10, 10, 0)]


MONTHS = [("2022-01", 40), ("2022-03", 50), ("2022-06", 60)]


def monthly(source: str, **said: Any) -> list[bytes]:
    return [
        report(f"m-{month}", source=source, period=month, hours=hours, **said)
        for month, hours in MONTHS
    ]


@pytest.mark.parametrize("period", ["2022-H1", "2022"])
@pytest.mark.parametrize(
    ("hours", "found"),
    [(150, (150, 150, 0)), (157.5, (150, 157.5, 7.5)), (157.51, None), (142.8, None)],
)
@pytest.mark.parametrize("source", [A, B])
def test_months_that_add_up_to_a_longer_report_are_told_twice(
    period: str, hours: float, found: tuple[float, ...] | None, source: str
) -> None:
    whole = report("whole", source=B, period=period, hours=hours, layer="independent")
    rows = of_check(findings(*monthly(source), whole), "likely_double")
    assert rows == ([("KZ-71", period, "o-1 in umit", *found)] if found else [])


@pytest.mark.parametrize(
    "said",
    [{"direction": "bilim"}, {"region": "KZ-75"}, {"organisation": {"id": "o-2"}}],
    ids=repr,
)
def test_months_of_other_work_are_no_part_of_a_longer_report(said: dict[str, Any]) -> None:
    whole = report("whole", source=B, period="2022-H1", hours=150)
    assert doubles(*monthly(A, **said), whole) == []


def test_a_month_is_told_again_by_the_half_year_of_another_source() -> None:
    whole = report("whole", source=B, period="2022-H1", layer="grant", direction=None)
    assert doubles(report("x", source=A), whole) == [(10, 10, 0)]
    assert doubles(report("x", source=A, period="2022-07"), whole) == []
    # Who reports both knows what is in which, and one number may be like another.
    assert doubles(report("x", source=B), whole) == []


def test_parts_that_are_counted_in_the_whole_are_no_double() -> None:
    whole = {"source": B, "period": "2022-H1", "hours": 150}
    declared = [{"region": "KZ-71", "period": "2022-H1", "hours": 142.5}]
    assert doubles(*monthly(A), report("whole", **whole)) == [(150, 150, 0)]
    assert doubles(*monthly(A), report("whole", **whole, already_counted=declared)) == []
    assert doubles(*monthly(A, already_counted=declared), report("whole", **whole)) == []


HOURS = st.sampled_from([100, 102, 104, 105, 106, 110, 200, 210])
REPORT = st.fixed_dictionaries(
    {
        "source": st.sampled_from([A, B, C]),
        "hours": HOURS,
        "direction": st.sampled_from([None, "umit", "bilim"]),
        "layer": st.sampled_from(["grant", "independent"]),
        "period": st.sampled_from(["2022-03", "2022-03", "2022-04", "2022-H1", "2022"]),
        "regularity": st.sampled_from([None, "continuous"]),
        "held_on": st.sampled_from([None, "2022-03-05"]),
    }
)


@settings(max_examples=150, deadline=None)
@given(several=st.lists(REPORT, min_size=2, max_size=9), order=st.randoms())
def test_doubles_are_those_that_the_oracle_finds_in_any_order(
    several: list[dict[str, Any]], order: Any
) -> None:
    values = [report(f"r-{n}", **one) for n, one in enumerate(several)]
    order.shuffle(values)
    names = ("finding", "region", "period", "what", "expected", "found", "difference")
    ours, theirs = (
        sorted(tuple(row[name] for name in names) for row in rows)
        for rows in (
            [row for row in findings(*values) if row["check"] == "likely_double"],
            recounted(recount_of(*values), "likely_double"),
        )
    )
    assert ours == theirs


def test_a_double_that_is_retracted_or_corrected_is_none() -> None:
    both = [report("x", source=A), report("y", source=B)]
    assert doubles(*both) == [(10, 10, 0)]
    assert doubles(*both, retraction("y", source=B)) == []
    assert doubles(*both, report("y", source=B, version=2, hours=11)) == []


def test_regions_that_are_one_on_the_map_of_17_make_no_double_of_two_regions() -> None:
    apart = [report("x", source=A, region="KZ-10"), report("y", source=B, region="KZ-63")]
    assert doubles(*apart, map_17=True) == []
    together = [report(name, source=name, region="KZ-10") for name in (A, B)]
    rows = findings(*together, map_17=True)
    assert [row[0] for row in of_check(rows, "likely_double")] == ["KZ-63"]
