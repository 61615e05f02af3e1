"""Findings of activity reports, each just on and just over its threshold."""

from hashlib import sha256
from typing import Any

import pytest

from birge_stack.oracle import Recount
from tests.unit.oracle.building import (
    NETWORK,
    by,
    elsewhere,
    findings,
    newest,
    recount_of,
    report,
    retraction,
    said,
)

ALMATY = "urn:birge:office:KZ-75"


def months(*hours: float | None, **changed: Any) -> list[bytes]:
    """One report of Astana a month from January 2022 on; None is a month without."""
    return [
        report(f"m{at}", period=f"2022-{at:02d}", hours=amount, **changed)
        for at, amount in enumerate(hours, start=1)
        if amount is not None
    ]


def test_months_are_due_up_to_the_last_that_any_office_reported() -> None:
    counted = [*months(10, None, 10), report("a", source=ALMATY, region="KZ-75")]
    recount = recount_of(*counted, newest())
    missing = findings(recount, "completeness")
    assert len(missing) == 3 * 17 - 3
    assert said(findings(recount, "completeness", region="KZ-71")) == [
        ("KZ-71", "2022-02", "reports of the office", 1, 0)
    ]
    first, *_ = missing
    assert (first["importance"], first["difference"], first["state"]) == ("error", -1, "open")
    assert len(findings(recount, "completeness", "2022-04")) == 0
    assert len(findings(recount, "completeness", is_map_17=True)) == 3 * 17 - 3


@pytest.mark.parametrize(
    "changed",
    [
        {"region": "KZ"},
        {"layer": "grant"},
        {"period": "2022-H1"},
        {"period": "2021-12"},
    ],
)
def test_only_an_offices_report_of_the_very_month_makes_it_due(changed: dict[str, Any]) -> None:
    assert findings(recount_of(report(**changed)), "completeness") == []


def test_a_retracted_report_makes_nothing_due() -> None:
    assert findings(recount_of(report(), retraction()), "completeness") == []


@pytest.mark.parametrize(
    ("time", "is_due"), [("2022-04-15T23:59:59Z", False), ("2022-04-16T00:00:00Z", True)]
)
def test_a_month_is_due_once_its_deadline_has_passed(time: str, is_due: bool) -> None:
    recount = recount_of(report(), newest(time=time))
    of_march = findings(recount, "completeness", "2022-03", "KZ-75")
    assert len(of_march) == is_due
    assert (findings(recount, "completeness", "2022-02", "KZ-75") != []) is True


def test_december_is_due_by_the_next_years_reports_and_not_by_those_after() -> None:
    november, of_2022 = report(period="2022-11"), "2022-12"
    by_next = recount_of(november, report("b", period="2023-01"), newest(2023))
    assert len(findings(by_next, "completeness", of_2022, "KZ-71")) == 1
    by_later = recount_of(november, report("b", period="2024-01"), newest(2024), newest())
    assert findings(by_later, "completeness", of_2022, "KZ-71") == []


def test_a_new_region_is_awaited_from_its_first_whole_month_on() -> None:
    recount = recount_of(report(period="2022-12"), report("b", period="2023-01"), newest(2023))
    missing = findings(recount, "completeness", region="KZ-10")
    assert [row["period"] for row in missing] == [f"2022-{month:02d}" for month in range(7, 13)]
    assert len(findings(recount, "completeness", "2023", "KZ-10")) == 1
    assert findings(recount, "completeness", "2023", "KZ-10", is_map_17=True) == []


def test_a_longer_statement_of_the_office_holds_its_months() -> None:
    recount = recount_of(*months(10, None, 10), newest(), report("h", period="2022-H1"))
    assert findings(recount, "completeness", region="KZ-71") == []
    of_grantee = report("h", period="2022-H1", layer="grant")
    recount = recount_of(*months(10, None, 10), newest(), of_grantee)
    assert len(findings(recount, "completeness", region="KZ-71")) == 1


def sent(*times: str, version: int = 1) -> Recount:
    """Reports of March sent at these times."""
    return recount_of(
        *(report(f"r{n}", time=time, version=version) for n, time in enumerate(times))
    )


LAST_IN_TIME, FIRST_LATE = "2022-04-15T23:59:59.999Z", "2022-04-16T00:00:00Z"


def test_four_of_five_in_time_are_enough_and_three_of_four_are_not() -> None:
    assert findings(sent(*[LAST_IN_TIME] * 4, FIRST_LATE), "timeliness") == []
    late = findings(sent(*[LAST_IN_TIME] * 3, FIRST_LATE), "timeliness")
    assert said(late) == [("KZ-71", "2022-03", "reports on time", 4, 3)]
    assert (late[0]["importance"], late[0]["difference"]) == ("warning", -1)


def test_lateness_is_an_instant_whatever_the_zone() -> None:
    assert findings(sent("2022-04-16T04:59:59+05:00"), "timeliness") == []
    assert len(findings(sent("2022-04-15T19:00:00-05:00"), "timeliness")) == 1


def test_a_correction_is_not_late() -> None:
    assert findings(sent(FIRST_LATE, version=2), "timeliness") == []
    corrected = recount_of(report(time=FIRST_LATE), report(time=FIRST_LATE, version=2))
    assert findings(corrected, "timeliness") == []


def test_december_is_awaited_until_january() -> None:
    in_time = report(period="2022-12", time="2023-01-15T23:59:59Z")
    late = report(period="2022-12", time="2023-01-16T00:00:00Z")
    assert findings(recount_of(in_time), "timeliness") == []
    assert len(findings(recount_of(late), "timeliness")) == 1


def test_the_countrys_statements_are_never_late_or_empty() -> None:
    recount = recount_of(report(region="KZ", time=FIRST_LATE, already_counted=elsewhere(10)))
    assert recount.table("quality", "2022")["rows"] == []


def test_a_month_is_empty_where_all_of_it_is_counted_elsewhere() -> None:
    almost = recount_of(report("a", hours=4, already_counted=elsewhere(9.99)), report("b", hours=6))
    assert findings(almost, "empty") == []
    wholly = recount_of(report("a", hours=4, already_counted=elsewhere(10)), report("b", hours=6))
    [row] = findings(wholly, "empty")
    assert said([row]) == [("KZ-71", "2022-03", "hours of the office", 10, 0)]
    assert (row["importance"], row["difference"]) == ("warning", -10)


def test_a_month_that_says_what_the_one_before_said_is_repeated() -> None:
    recount = recount_of(*months(10, 10, 10.5, None, 10.5))
    [row] = findings(recount, "repeated")
    assert said([row]) == [("KZ-71", "2022-02", "reports of the office", None, 10)]
    assert (row["difference"], row["importance"]) == (None, "warning")


@pytest.mark.parametrize(
    "second",
    [
        [report("b", period="2022-02", events=0)],
        [report("b", period="2022-02", volunteers=3)],
        [report("b", period="2022-02", direction="umit")],
        [report("b", period="2022-02", hours=4), report("c", period="2022-02", hours=6)],
        [report("b", period="2022-02"), report("c", period="2022-02", direction="umit")],
    ],
)
def test_a_month_that_differs_in_any_direction_is_not_repeated(second: list[bytes]) -> None:
    assert findings(recount_of(report("a", period="2022-01"), *second), "repeated") == []


def test_repeated_months_may_differ_in_what_is_no_figure_and_lie_in_one_year() -> None:
    recount = recount_of(
        report("a", period="2021-12"),
        report("b", period="2022-01", organisation=by("o2")),
        report("c", period="2022-02", format="online", source=NETWORK),
    )
    assert [row["period"] for row in findings(recount, "repeated", "2022-03~12m")] == ["2022-02"]


# The median of these is 30, the MAD 10: 0.6745 × d ÷ 10 > 3.5 from d > 51.8903.
PAST = (10, 20, 30, 30, 40, 50)


@pytest.mark.parametrize(("hours", "found"), [(81.89, 0), (81.90, 1)])
def test_a_month_far_from_the_months_before_is_out_of_line(hours: float, found: int) -> None:
    rows = findings(recount_of(*months(*PAST, hours)), "outlier")
    assert said(rows) == [("KZ-71", "2022-07", "hours of the office", 30, hours)][:found]
    assert [row["difference"] for row in rows] == [51.9][:found]


def test_what_comes_later_tells_nothing_of_a_month() -> None:
    assert findings(recount_of(*months(900, *PAST)), "outlier") == []


def test_the_score_is_exact_at_its_border() -> None:
    # 0.6745 × 70,000 = 3.5 × 13,490: the distance stands on the border, and a hundredth over it.
    past = (100_000 - 13_490, 100_000, 100_000, 100_000 + 13_490, 113_490, 86_510)
    assert findings(recount_of(*months(*past, 170_000)), "outlier") == []
    assert len(findings(recount_of(*months(*past, 170_000.01)), "outlier")) == 1


def test_the_median_of_an_even_number_is_the_mean_and_is_shown_with_two_decimals() -> None:
    [row] = findings(recount_of(*months(1, 2, 3, 3.01, 4, 5, 100)), "outlier")
    # The median of the six is 3.005.
    assert (row["expected"], row["found"], row["difference"]) == (3.01, 100, 97)


def test_five_months_before_are_too_few() -> None:
    assert findings(recount_of(*months(*PAST[:5], 900)), "outlier") == []


@pytest.mark.parametrize(("hours", "found"), [(20, 0), (20.01, 1), (5, 0), (4.99, 1)])
def test_after_months_all_alike_twice_or_half_is_out_of_line(hours: float, found: int) -> None:
    assert len(findings(recount_of(*months(*[10] * 6, hours)), "outlier")) == found


def test_where_most_months_are_alike_the_mean_of_the_distances_serves() -> None:
    # Distances of 0, 0, 0, 0, 0 and 6 have the mean 1: |h − 10| > 3.5 × 1.253314 = 4.386599.
    past = (10, 10, 10, 10, 10, 16)
    assert findings(recount_of(*months(*past, 14.38)), "outlier") == []
    [row] = findings(recount_of(*months(*past, 14.39)), "outlier")
    assert row["expected"] == 10


def test_the_year_before_counts_and_the_month_a_year_and_more_ago_does_not() -> None:
    before = [
        report(f"b{month}", period=f"2021-{month:02d}", hours=hours)
        for month, hours in zip(range(7, 13), PAST, strict=True)
    ]
    assert len(findings(recount_of(*before, *months(900)), "outlier")) == 1
    assert findings(recount_of(*before, *months(*[None] * 7, 900)), "outlier") == []


def test_months_of_the_country_are_no_offices() -> None:
    assert findings(recount_of(*months(*PAST, 900, region="KZ")), "outlier") == []


@pytest.mark.parametrize(
    ("changed", "said_of_it"),
    [
        ({"already_counted": elsewhere(10)}, None),
        ({"already_counted": elsewhere(10.01)}, ("hours counted elsewhere", 10, 10.01)),
        ({"volunteers": 5, "participants": {"child": 5, "general": 5}}, None),
        (
            {"volunteers": 5, "participants": {"child": 6, "general": 7}},
            ("participants for the volunteers", 5, 7),
        ),
        ({"participants": {"child": 6}}, None),
        ({"held_on": "2022-03-31"}, None),
        ({"held_on": "2022-04-01"}, ("held_on outside the period", None, None)),
        ({"period": "2022-H1", "held_on": "2022-06-30"}, None),
        (
            {"period": "2022-H1", "held_on": "2022-07-01"},
            ("held_on outside the period", None, None),
        ),
        ({"period": "2022", "held_on": "2022-12-31"}, None),
        ({"period": "2022", "held_on": "2023-01-01"}, ("held_on outside the period", None, None)),
    ],
    ids=str,
)
def test_what_cannot_be_of_one_report_is_found(
    changed: dict[str, Any], said_of_it: tuple[Any, ...] | None
) -> None:
    rows = findings(recount_of(report(**changed)), "outlier")
    assert [row[2:] for row in said(rows)] == ([said_of_it] if said_of_it else [])


@pytest.mark.parametrize(
    ("period", "most"), [("2022-02", 672), ("2020-02", 696), ("2022-H1", 4344), ("2022", 8760)]
)
def test_no_volunteer_has_more_than_the_days_hours(period: str, most: int) -> None:
    on = report("a", period=period, hours=2 * most, volunteers=2, layer="grant", region="KZ")
    over = report(
        "b", period=period, hours=2 * most + 0.01, volunteers=2, layer="grant", region="KZ"
    )
    [row] = findings(recount_of(on, over), "outlier", period)
    assert said([row]) == [(None, period, "hours for the volunteers", 2 * most, 2 * most + 0.01)]
    assert (row["importance"], row["difference"]) == ("error", 0.01)


def test_hours_of_nobody_are_too_many_and_of_unknown_numbers_never() -> None:
    assert len(findings(recount_of(report(volunteers=0)), "outlier")) == 1
    assert findings(recount_of(report(hours=99_999, volunteers=None)), "outlier") == []


def test_the_map_of_17_names_the_predecessor() -> None:
    recount = recount_of(report(region="KZ-10", period="2022-07", volunteers=0))
    assert [row["region"] for row in findings(recount, "outlier")] == ["KZ-10"]
    [moved] = findings(recount, "outlier", region="KZ-63", is_map_17=True)
    assert moved["region"] == "KZ-63"
    assert findings(recount, "outlier", region="KZ-63") == []


def pairs(*records: bytes) -> list[tuple[Any, ...]]:
    return said(findings(recount_of(*records), "likely_double"))


def test_two_sources_with_nearly_the_same_hours_tell_of_the_same_work() -> None:
    own, fits = report("a", hours=100), report("b", hours=105, source=NETWORK, layer="grant")
    assert pairs(own, fits) == [("KZ-71", "2022-03", "o1 in qamqor", 100, 105)]
    assert pairs(own, report("b", hours=105.01, source=NETWORK)) == []
    assert pairs(own, report("b", hours=100)) == [("KZ-71", "2022-03", "o1 in qamqor", 100, 100)]
    assert pairs(own, report("b", hours=100, volunteers=9)) == []
    partly = {"source": NETWORK, "already_counted": elsewhere(94.99)}
    assert len(pairs(own, report("b", hours=100, **partly))) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"region": "KZ-75"},
        {"period": "2022-04"},
        {"direction": "umit"},
        {"organisation": by("o2")},
        {"already_counted": elsewhere(9.5)},
    ],
)
def test_other_work_is_no_double(changed: dict[str, Any]) -> None:
    assert pairs(report("a"), report("b", source=NETWORK, **changed)) == []


def test_a_double_without_direction_is_named_with_a_dash() -> None:
    changed = {"layer": "grant", "direction": None, "period": "2022", "region": "KZ"}
    rows = pairs(report("a", **changed), report("a", source=NETWORK, **changed))
    assert rows == [(None, "2022", "o1 in -", 10, 10)]


def test_each_report_is_paired_once_going_up() -> None:
    records = [
        report("a", hours=100, source="urn:a"),
        report("b", hours=101, source="urn:a"),
        report("c", hours=102, source="urn:b"),
        report("d", hours=103, source="urn:b"),
        report("e", hours=104, source="urn:c"),
    ]
    assert [row[3:] for row in pairs(*records)] == [(100, 104), (101, 103)]


def test_all_copies_are_named_in_the_order_of_source_and_report() -> None:
    records = [
        report("b", source="urn:b"),
        report("c", source="urn:a"),
        report("a", source="urn:c"),
    ]
    [row] = findings(recount_of(*records), "likely_double")
    about = "likely_double|KZ-71|2022-03|o1 in qamqor|urn:a|c|urn:b|b|urn:c|a"
    assert row["finding"] == sha256(about.encode()).hexdigest()[:16]


def test_parts_and_the_whole_are_one_work_told_twice() -> None:
    months = [report(f"m{month}", period=f"2022-0{month}", hours=50) for month in (1, 2)]
    of_own = report("w", period="2022-H1", hours=105)
    assert pairs(*months, of_own) == [("KZ-71", "2022-H1", "o1 in qamqor", 100, 105)]
    assert pairs(*months, report("w", period="2022-H1", hours=105.01)) == []
    of_one_month = report("w", period="2022-H1", hours=50, source=NETWORK, direction=None)
    assert pairs(months[0], of_one_month) == [("KZ-71", "2022-H1", "o1 in -", 50, 50)]
    assert pairs(months[0], report("w", period="2022-H1", hours=50)) == []


def test_what_is_not_the_same_on_the_map_as_reported_is_no_double_on_the_map_of_17() -> None:
    recount = recount_of(
        report("a", region="KZ-63", period="2022-07"),
        report("b", region="KZ-10", period="2022-07", source=NETWORK),
    )
    assert findings(recount, "likely_double", is_map_17=True) == []
