"""Offices' months: each check on its threshold, over it, and where it is clean."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from tests.support.clean_year import NEWER, passed, sent_on
from tests.support.records import report, retraction
from tests.support.tables import checks, findings, of_check

OFFICE = "urn:birge:office:KZ-71"
MONTHS = [f"2022-{month:02d}" for month in range(1, 13)]


def months(region: str, *amounts: float, **changes: Any) -> list[bytes]:
    """One report a month of the region's office, from January on."""
    return [
        report(
            f"{region}-{month}",
            region=region,
            period=f"2022-{month:02d}",
            hours=amount,
            time=sent_on(month),
            **changes,
        )
        for month, amount in enumerate(amounts, 1)
    ]


def silent(rows: list[dict[str, Any]], region: str) -> list[str]:
    found = of_check(rows, "completeness", "reports of the office")
    return [period for of_region, period, *_ in found if of_region == region]


def test_a_month_is_due_once_an_office_reported_it_or_a_later_one() -> None:
    rows = findings(*months("KZ-71", 5, 6, 7), *months("KZ-75", 5, 6), passed(12))
    assert silent(rows, "KZ-71") == []
    assert silent(rows, "KZ-75") == ["2022-03"]
    assert silent(rows, "KZ-11") == ["2022-01", "2022-02", "2022-03"]
    found = of_check(rows, "completeness")
    assert ("KZ-75", "2022-03", "reports of the office", 1, 0, -1) in found
    assert {row["importance"] for row in rows if row["check"] == "completeness"} == {"error"}
    assert len(found) == 1 + 15 * 3


IN_TIME, LATE = "2022-04-15T23:59:59.999Z", "2022-04-16T00:00:00Z"


@pytest.mark.parametrize(
    ("newest", "due"),
    [
        pytest.param({"time": IN_TIME}, 2, id="before the deadline"),
        pytest.param({"time": LATE}, 3, id="at the deadline"),
        pytest.param({"time": "2022-04-16T05:59:59+06:00"}, 2, id="before it by its zone"),
        pytest.param({"time": "2022-04-15T19:00:00-05:00"}, 3, id="at it by its zone"),
        pytest.param({"time": LATE, "version": 4}, 3, id="a correction"),
        pytest.param({"time": LATE, "period": "2022-01", "region": "KZ-71"}, 3, id="of a month"),
        pytest.param({"time": LATE, "period": "2022-H2"}, 3, id="of a half-year"),
        pytest.param({"time": LATE, "period": "2023-05"}, 3, id="of the next year"),
        pytest.param({"time": LATE, "period": "2021-05"}, 2, id="of the year before"),
        pytest.param({"time": LATE, "period": "2024-05"}, 2, id="of the year after next"),
    ],
)
def test_a_running_month_is_not_due_before_its_deadline_has_passed(
    newest: dict[str, Any], due: int
) -> None:
    # The office reports March on 10 April and April, ahead of time, on the same day.
    early = report("early", period="2022-04", time=sent_on(3), hours=8)
    rows = findings(*months("KZ-71", 5, 6, 7), early, passed(1, **newest))
    assert silent(rows, "KZ-11") == MONTHS[:due]


def test_a_retracted_report_tells_no_time() -> None:
    values = [*months("KZ-71", 5, 6, 7), passed(3)]
    assert silent(findings(*values), "KZ-11") == MONTHS[:3]
    gone = retraction("passed", source="urn:birge:passed")
    assert silent(findings(*values, gone), "KZ-11") == MONTHS[:2]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param({"region": "KZ"}, id="of the country"),
        pytest.param({"layer": "grant"}, id="of a grant"),
        pytest.param({"period": "2022-H2"}, id="of a half-year"),
        pytest.param({"period": "2023"}, id="of the next year as a whole"),
        pytest.param({"period": "2023-01", "region": "KZ"}, id="of the country's next year"),
        pytest.param({"period": "2024-01"}, id="of the year after next"),
        pytest.param({"period": "2021-09"}, id="of the year before"),
    ],
)
def test_what_is_no_office_s_month_makes_nothing_due(later: dict[str, Any]) -> None:
    of_later = report("later", **{"period": "2022-09", "volunteers": 9, **later})
    rows = findings(*months("KZ-71", 5), of_later, passed(12))
    assert silent(rows, "KZ-11") == ["2022-01"]


def test_a_december_is_due_by_the_next_year_s_reports() -> None:
    whole = months("KZ-71", *range(1, 13))
    # They were all sent by 10 January: the deadline of December is still to come.
    assert silent(findings(*whole), "KZ-11") == MONTHS[:11]
    january = report("january", period="2023-01", time="2023-01-16T00:00:00Z")
    assert silent(findings(*whole, january), "KZ-11") == MONTHS
    # One office's January is enough, if nobody reported the year itself.
    assert silent(findings(january), "KZ-11") == MONTHS
    assert of_check(findings(january, window="2021"), "completeness") == []
    early = report("january", period="2023-01", time="2023-01-15T23:59:59Z")
    assert silent(findings(early), "KZ-11") == MONTHS[:11]


def test_a_newer_region_is_expected_from_its_first_whole_month_on() -> None:
    newer = report("later", region="KZ-10", period="2022-08", time=sent_on(8))
    values = [*months("KZ-71", *range(1, 9)), newer, passed(8)]
    rows = findings(*values)
    assert silent(rows, "KZ-71") == []
    assert silent(rows, "KZ-63") == MONTHS[:8]
    assert silent(rows, "KZ-10") == ["2022-07"]
    assert silent(rows, "KZ-33") == silent(rows, "KZ-62") == ["2022-07", "2022-08"]
    assert len(of_check(rows, "completeness")) == 16 * 8 + 1 + 2 * 2
    # On the map of 17 it is its predecessor's, and nobody else is new.
    rows = findings(*values, map_17=True)
    assert silent(rows, "KZ-63") == MONTHS[:7]
    assert {row[0] for row in of_check(rows, "completeness")}.isdisjoint(NEWER)


def test_a_month_whose_reports_are_all_retracted_is_silent_and_due_no_more() -> None:
    gone = retraction("KZ-71-3", version=2)
    rows = findings(*months("KZ-71", 5, 6, 7), gone, passed(3))
    assert silent(rows, "KZ-71") == []
    assert silent(rows, "KZ-75") == ["2022-01", "2022-02"]
    rows = findings(*months("KZ-71", 5, 6, 7), *months("KZ-75", 5, 6, 7), gone, passed(3))
    assert silent(rows, "KZ-71") == ["2022-03"]


@pytest.mark.parametrize(
    ("whole", "owed"),
    [
        pytest.param({"period": "2022-H1"}, [7, 8], id="half-year"),
        pytest.param({"period": "2022-H2"}, [1, 2, 3, 4, 5, 6], id="the other half"),
        pytest.param({"period": "2022"}, [], id="year"),
        pytest.param({"period": "2022-H1", "layer": "grant"}, range(1, 9), id="of a grant"),
        pytest.param({"period": "2022-H1", "region": "KZ"}, range(1, 9), id="of the country"),
        pytest.param({"period": "2022-H1", "region": "KZ-11"}, range(1, 9), id="of another"),
        pytest.param({"period": "2021-H2"}, range(1, 9), id="of the year before"),
    ],
)
def test_an_office_s_longer_statement_holds_its_months(
    whole: dict[str, Any], owed: Iterable[int]
) -> None:
    values = [*months("KZ-71", *range(1, 9)), passed(8)]
    stated = report("whole", **{"region": "KZ-75", **whole})
    assert silent(findings(*values, stated), "KZ-75") == [MONTHS[n - 1] for n in owed]
    rows = findings(*values, stated, retraction("whole"))
    assert silent(rows, "KZ-75") == MONTHS[:8]


def test_on_the_map_of_17_a_newer_region_s_half_year_holds_its_predecessor_s_months() -> None:
    values = [*months("KZ-71", *range(1, 9)), passed(8), report(region="KZ-10", period="2022-H2")]
    assert silent(findings(*values), "KZ-63") == MONTHS[:8]
    assert silent(findings(*values), "KZ-10") == []
    assert silent(findings(*values, map_17=True), "KZ-63") == MONTHS[:6]


def of_march(number: int, time: str, **changes: Any) -> bytes:
    return report(f"r-{number}", time=time, **changes)


@pytest.mark.parametrize(
    ("times", "found"),
    [
        pytest.param([IN_TIME] * 4 + [LATE], [], id="80 % on time"),
        pytest.param([IN_TIME] * 3 + [LATE], [(4, 3, -1)], id="75 % on time"),
        pytest.param([IN_TIME] * 7 + [LATE] * 2, [(9, 7, -2)], id="77.8 % on time"),
        pytest.param([LATE], [(1, 0, -1)], id="none on time"),
        pytest.param(["2022-04-16T05:59:59+06:00"], [], id="in time by its zone"),
        pytest.param(["2022-04-15T19:00:00-05:00"], [(1, 0, -1)], id="late by its zone"),
        pytest.param(["2022-03-01T00:00:00Z"], [], id="before the month's end"),
    ],
)
def test_reports_are_late_from_the_16th_on_if_less_than_80_percent_are_in_time(
    times: list[str], found: list[tuple[int, ...]]
) -> None:
    rows = findings(*(of_march(n, time) for n, time in enumerate(times)))
    wanted = [("KZ-71", "2022-03", "reports on time", *one) for one in found]
    assert of_check(rows, "timeliness") == wanted


def test_of_december_the_16th_of_january_is_late() -> None:
    for time, is_late in (("2023-01-15T23:59:59Z", False), ("2023-01-16T00:00:00Z", True)):
        rows = findings(report(period="2022-12", time=time))
        assert bool(of_check(rows, "timeliness")) is is_late


@pytest.mark.parametrize(
    "changes",
    [{"version": 2}, {"region": "KZ"}, {"layer": "grant"}, {"period": "2022-H1"}],
    ids=repr,
)
def test_only_offices_first_versions_of_months_are_late(changes: dict[str, Any]) -> None:
    assert "timeliness" not in checks(findings(of_march(1, LATE, **changes)))


def already(hours: float) -> list[dict[str, Any]]:
    return [{"report_id": "x", "hours": hours}]


@pytest.mark.parametrize(
    ("counted_elsewhere", "is_empty"),
    [((7.5, 2.5), True), ((7.5, 2.49), False), ((10.01, None), True), ((None, None), False)],
)
def test_an_office_s_month_is_empty_if_all_of_it_is_counted_elsewhere(
    counted_elsewhere: tuple[float | None, float | None], is_empty: bool
) -> None:
    # Of the whole month: what one report declares too much makes up for the other.
    amounts = zip((8, 2), counted_elsewhere, strict=True)
    values = [
        report(f"r-{n}", hours=hours, already_counted=None if part is None else already(part))
        for n, (hours, part) in enumerate(amounts)
    ]
    wanted = [("KZ-71", "2022-03", "hours of the office", 10, 0, -10)] if is_empty else []
    assert of_check(findings(*values), "empty") == wanted


def test_a_grant_that_is_counted_elsewhere_leaves_no_office_empty() -> None:
    assert (
        checks(findings(report(), report("r-2", layer="grant", already_counted=already(10)))) == []
    )


SAID = {"events": 3, "volunteers": 40}


@pytest.mark.parametrize(
    ("second", "is_repeated"),
    [
        pytest.param([{}], True, id="the same"),
        pytest.param([{"hours": 9.99}], False, id="other hours"),
        pytest.param([{"events": None}], False, id="no events"),
        pytest.param([{"volunteers": 41}], False, id="other volunteers"),
        pytest.param([{"direction": "bilim"}], False, id="another direction"),
        pytest.param([{"hours": 4}, {"hours": 6, "events": 0, "volunteers": 0}], False, id="two"),
        pytest.param([{}, {"direction": "bilim"}], False, id="one direction more"),
        pytest.param([{"format": "online", "organisation": {"id": "o-7"}}], True, id="besides"),
        pytest.param([{"layer": "grant"}, {}], True, id="a grant besides"),
    ],
)
def test_a_month_repeats_the_one_before_if_every_direction_does(
    second: list[dict[str, Any]], is_repeated: bool
) -> None:
    values = [report("r-1", period="2022-03", **SAID)]
    values += [
        report(f"r-{n}", **{"period": "2022-04", "time": sent_on(4), **SAID, **one})
        for n, one in enumerate(second, 2)
    ]
    wanted = [("KZ-71", "2022-04", "reports of the office", None, 10, None)]
    assert of_check(findings(*values), "repeated") == (wanted if is_repeated else [])


@pytest.mark.parametrize(
    ("first", "second", "region"),
    [
        ("2022-02", "2022-04", "KZ-71"),
        ("2021-12", "2022-01", "KZ-71"),
        ("2022-03", "2022-04", "KZ"),
    ],
)
def test_months_apart_years_apart_and_the_country_repeat_nothing(
    first: str, second: str, region: str
) -> None:
    values = [report(period, period=period, region=region) for period in (first, second)]
    assert of_check(findings(*values), "repeated") == []
    assert of_check(findings(*values, window="2022-06~12m"), "repeated") == []


# The median is 1000, the median of the distances from it 67.45: 350 are 3.5.
USUAL = (865.1, 1067.45, 1000, 1134.9, 932.55, 1000)


def outliers(*amounts: float, before: Mapping[int, float] | None = None) -> list[tuple[Any, ...]]:
    """Outliers of an office's months from January on; `before` are months of 2021."""
    past = [
        report(f"before-{month}", period=f"2021-{month:02d}", hours=hours)
        for month, hours in (before or {}).items()
    ]
    return of_check(findings(*months("KZ-71", *amounts), *past), "outlier")


def outlier(month: int, middle: float, found: float) -> tuple[Any, ...]:
    said = (f"2022-{month:02d}", "hours of the office", middle, found, round(found - middle, 2))
    return ("KZ-71", *said)


@pytest.mark.parametrize(
    ("hours", "is_found"),
    [(1350, False), (1350.01, True), (650, False), (649.99, True), (0.01, True)],
)
def test_a_month_is_an_outlier_beyond_a_modified_z_of_three_and_a_half(
    hours: float, is_found: bool
) -> None:
    assert outliers(*USUAL, hours) == ([outlier(7, 1000, hours)] if is_found else [])


def test_only_months_before_tell_of_a_month() -> None:
    # The seventh is out of line with the six after it, and with none before.
    assert outliers(9000, *USUAL) == []
    # Nor does what came later make a month look usual.
    assert outliers(*USUAL, 1400, *[1400] * 5)[0] == outlier(7, 1000, 1400)


@pytest.mark.parametrize(
    ("before", "is_found"),
    [
        pytest.param({12: 1000}, True, id="the last of the year before"),
        pytest.param({6: 1000}, True, id="the twelfth before"),
        pytest.param({5: 1000}, False, id="the thirteenth before"),
        pytest.param({}, False, id="five months"),
    ],
)
def test_months_of_the_year_before_are_among_the_twelve(
    before: dict[int, float], is_found: bool
) -> None:
    usual = (865.1, 932.55, 1000, 1067.45, 1134.9)
    found = outliers(*usual, 1350.01, before=before)
    assert found == ([outlier(6, 1000, 1350.01)] if is_found else [])
    assert outliers(*usual, 1350, before=before) == []


def test_twelve_months_before_january_are_the_whole_year_before() -> None:
    usual = dict(enumerate(USUAL * 2, 1))
    assert outliers(1350, before=usual) == []
    assert outliers(1350.01, before=usual) == [outlier(1, 1000, 1350.01)]
    # One year on, the first of them is the thirteenth before: five are too few.
    six = {month: usual[month] for month in (1, 8, 9, 10, 11, 12)}
    assert outliers(9000, before=six) != []
    february = report("february", period="2022-02", hours=9000)
    past = [report(f"{m}", period=f"2021-{m:02d}", hours=hours) for m, hours in six.items()]
    assert of_check(findings(february, *past), "outlier") == []


def test_a_median_between_two_months_is_rounded_half_up() -> None:
    # Of the six before the middle two are 100 and 100.01, and the distances' median is 1.005.
    before = (97, 99, 100, 100.01, 101.01, 103)
    ((*_, expected, found, difference),) = outliers(*before, 900.5)
    assert (expected, found, difference) == (100.01, 900.5, 800.5)


@pytest.mark.parametrize(
    ("hours", "is_found"),
    [(143_865.99, False), (143_866, True), (56_134.01, False), (56_134, True)],
)
def test_where_most_months_are_alike_the_mean_of_the_distances_is_the_measure(
    hours: float, is_found: bool
) -> None:
    # The mean is 10 000: 3.5 × 1.253314 × 10 000 = 43 865.99, not more.
    alike = (100_000, 70_000, 100_000, 100_000, 130_000, 100_000)
    assert outliers(*alike, hours) == ([outlier(7, 100_000, hours)] if is_found else [])


@pytest.mark.parametrize(
    ("hours", "is_found"), [(200, False), (200.01, True), (50, False), (49.99, True), (100, False)]
)
def test_after_months_that_never_vary_twice_as_much_or_half_is_the_bound(
    hours: float, is_found: bool
) -> None:
    assert outliers(*[100] * 6, hours) == ([outlier(7, 100, hours)] if is_found else [])


def test_five_months_and_the_country_tell_no_outlier() -> None:
    assert outliers(90, 100, 110, 105, 95, 9000) == []
    assert outliers(*[100] * 5, 9000) == []
    of_country = months("KZ", *USUAL, 9000)
    assert of_check(findings(*of_country), "outlier") == []


def test_outliers_stand_by_their_effect_on_the_total() -> None:
    usual = (100, 110, 95, 105, 90, 100, 104)
    small = months("KZ-11", *usual, 300)
    large = months("KZ-75", *(10 * hours for hours in usual), 9_000)
    rows = of_check(findings(*small, *large), "outlier")
    assert [row[0] for row in rows] == ["KZ-75", "KZ-11"]
