"""Findings of activity reports, each just on and just over its threshold."""

from typing import Any

import pytest

from birge_stack.oracle import Recount
from tests.unit.oracle.building import (
    NETWORK,
    by,
    elsewhere,
    findings,
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
    recount = recount_of(*months(10, None, 10), report("a", source=ALMATY, region="KZ-75"))
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


def test_a_new_region_is_not_awaited_in_the_year_it_began() -> None:
    recount = recount_of(report(period="2022-12"), report("b", period="2023-01"))
    assert findings(recount, "completeness", region="KZ-10") == []
    assert len(findings(recount, "completeness", "2023", "KZ-10")) == 1
    assert findings(recount, "completeness", "2023", "KZ-10", is_map_17=True) == []


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


# Of 10, 20, 30, 40 and 50 the median is 30 and the MAD 10: 0.6745 × d ÷ 10 > 3.5 from d > 51.8903.
@pytest.mark.parametrize(("hours", "found"), [(81.89, 0), (81.90, 1)])
def test_a_month_far_from_the_other_months_is_out_of_line(hours: float, found: int) -> None:
    rows = findings(recount_of(*months(10, 20, 30, 40, 50, hours)), "outlier")
    assert said(rows) == [("KZ-71", "2022-06", "hours of the office", 30, hours)][:found]
    assert [row["difference"] for row in rows] == [51.9][:found]


def test_the_score_is_exact_at_its_border() -> None:
    # 0.6745 × 70,000 = 3.5 × 13,490: the distance stands on the border, and a hundredth over it.
    others = (100_000 - 13_490, 100_000, 100_000, 100_000 + 13_490, 113_490, 86_510)
    assert findings(recount_of(*months(*others, 170_000)), "outlier") == []
    assert len(findings(recount_of(*months(*others, 170_000.01)), "outlier")) == 1


def test_the_median_of_an_even_number_is_the_mean_and_is_shown_with_two_decimals() -> None:
    recount = recount_of(*months(1, 2, 3, 3.01, 4, 5, 100))
    [row] = findings(recount, "outlier")
    assert (row["expected"], row["found"], row["difference"]) == (3.01, 100, 97)


def test_five_months_or_equal_months_are_out_of_no_line() -> None:
    assert findings(recount_of(*months(10, 20, 30, 40, 900)), "outlier") == []
    assert findings(recount_of(*months(10, 10, 10, 10, 10, 900)), "outlier") == []


def test_months_of_the_country_and_of_other_years_are_not_compared() -> None:
    of_country = months(10, 20, 30, 40, 50, 900, region="KZ")
    assert findings(recount_of(*of_country), "outlier") == []
    split = [*months(None, 20, 30, 40, 50, 900), report("old", period="2021-12", hours=10)]
    assert findings(recount_of(*split), "outlier") == []


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
    assert pairs(own, report("b", hours=100)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"region": "KZ-75"},
        {"period": "2022-04"},
        {"direction": "umit"},
        {"organisation": by("o2")},
        {"already_counted": elsewhere(0.01)},
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
    assert [row[3:] for row in pairs(*records)] == [(100, 102), (101, 103)]


def test_equal_hours_are_paired_in_the_order_of_source_and_report() -> None:
    records = [
        report("b", source="urn:b"),
        report("c", source="urn:a"),
        report("a", source="urn:c"),
    ]
    [row] = findings(recount_of(*records), "likely_double")
    other = findings(recount_of(*records[:2]), "likely_double")
    assert row["finding"] == other[0]["finding"]


def test_what_is_not_the_same_on_the_map_as_reported_is_no_double_on_the_map_of_17() -> None:
    recount = recount_of(
        report("a", region="KZ-63", period="2022-07"),
        report("b", region="KZ-10", period="2022-07", source=NETWORK),
    )
    assert findings(recount, "likely_double", is_map_17=True) == []
