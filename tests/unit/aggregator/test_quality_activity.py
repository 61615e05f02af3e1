"""Offices' months: each check on its threshold, over it, and where it is clean."""

from typing import Any

import pytest

from tests.support.clean_year import sent_on
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
    rows = findings(*months("KZ-71", 5, 6, 7), *months("KZ-75", 5, 6))
    assert silent(rows, "KZ-71") == []
    assert silent(rows, "KZ-75") == ["2022-03"]
    assert silent(rows, "KZ-11") == ["2022-01", "2022-02", "2022-03"]
    found = of_check(rows, "completeness")
    assert ("KZ-75", "2022-03", "reports of the office", 1, 0, -1) in found
    assert {row["importance"] for row in rows if row["check"] == "completeness"} == {"error"}
    assert len(found) == 1 + 15 * 3


@pytest.mark.parametrize(
    "later",
    [
        pytest.param({"region": "KZ"}, id="of the country"),
        pytest.param({"layer": "grant"}, id="of a grant"),
        pytest.param({"period": "2022-H2"}, id="of a half-year"),
        pytest.param({"period": "2023-01"}, id="of the next year"),
    ],
)
def test_what_is_no_office_s_month_makes_nothing_due(later: dict[str, Any]) -> None:
    of_later = report("later", **{"period": "2022-09", "volunteers": 9, **later})
    assert silent(findings(*months("KZ-71", 5), of_later), "KZ-11") == ["2022-01"]


def test_a_region_that_is_not_expected_makes_a_month_due_and_owes_none() -> None:
    newer = report("later", region="KZ-10", period="2022-08", time=sent_on(8))
    rows = findings(*months("KZ-71", *range(1, 9)), newer)
    assert silent(rows, "KZ-71") == []
    assert silent(rows, "KZ-63") == MONTHS[:8]
    assert silent(rows, "KZ-10") == []
    # On the map of 17 it is its predecessor's.
    rows = findings(*months("KZ-71", *range(1, 9)), newer, map_17=True)
    assert silent(rows, "KZ-63") == MONTHS[:7]


def test_a_month_whose_reports_are_all_retracted_is_silent_and_due_no_more() -> None:
    gone = retraction("KZ-71-3", version=2)
    rows = findings(*months("KZ-71", 5, 6, 7), gone)
    assert silent(rows, "KZ-71") == []
    assert silent(rows, "KZ-75") == ["2022-01", "2022-02"]
    rows = findings(*months("KZ-71", 5, 6, 7), *months("KZ-75", 5, 6, 7), gone)
    assert silent(rows, "KZ-71") == ["2022-03"]


def of_march(number: int, time: str, **changes: Any) -> bytes:
    return report(f"r-{number}", time=time, **changes)


IN_TIME, LATE = "2022-04-15T23:59:59.999Z", "2022-04-16T00:00:00Z"


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


# The others' median is 1000, the median of their distances from it 67.45: 350 are 3.5.
USUAL = (865.1, 932.55, 1000, 1067.45, 1134.9)


@pytest.mark.parametrize(
    ("hours", "found"),
    [(1350, None), (1350.01, 350.01), (650, None), (649.99, -350.01), (0.01, -999.99)],
)
def test_a_month_is_an_outlier_beyond_a_modified_z_of_three_and_a_half(
    hours: float, found: float | None
) -> None:
    rows = findings(*months("KZ-71", *USUAL, hours))
    wanted = [("KZ-71", "2022-06", "hours of the office", 1000, hours, found)]
    assert of_check(rows, "outlier") == (wanted if found else [])


def test_a_median_between_two_months_is_rounded_half_up() -> None:
    # Of the other six the middle two are 100 and 100.01, and the distances' median is 1.005.
    others = (97, 99, 100, 100.01, 101.01, 103)
    ((*_, expected, found, difference),) = of_check(
        findings(*months("KZ-71", *others, 900.5)), "outlier"
    )
    assert (expected, found, difference) == (100.01, 900.5, 800.5)


def test_five_months_or_others_that_never_vary_tell_no_outlier() -> None:
    assert of_check(findings(*months("KZ-71", 90, 100, 110, 105, 9000)), "outlier") == []
    same = months("KZ-71", 100, 100, 100, 100, 100, 9000)
    assert of_check(findings(*same), "outlier") == []
    of_country = months("KZ", 90, 100, 110, 105, 95, 9000)
    assert of_check(findings(*of_country), "outlier") == []


def test_outliers_stand_by_their_effect_on_the_total() -> None:
    usual = (100, 110, 95, 105, 90, 100, 104)
    small = months("KZ-11", *usual, 300)
    large = months("KZ-75", *(10 * hours for hours in usual), 9_000)
    rows = of_check(findings(*small, *large), "outlier")
    assert [row[0] for row in rows] == ["KZ-75", "KZ-11"]
