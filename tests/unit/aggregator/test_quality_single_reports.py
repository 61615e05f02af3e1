"""Single reports: more hours than volunteers have, and two that look like the same hours."""

from typing import Any

import pytest

from tests.support.records import report, retraction
from tests.support.tables import checks, findings, of_check


@pytest.mark.parametrize(
    ("period", "days"),
    [("2022-02", 28), ("2022-03", 31), ("2022-H1", 181), ("2022-H2", 184), ("2022", 365)],
)
@pytest.mark.parametrize("layer", ["front_office", "grant", "independent"])
def test_more_than_24_hours_a_day_of_each_volunteer_are_an_error(
    period: str, days: int, layer: str
) -> None:
    most = 24 * days * 2
    wanted = {"period": period, "layer": layer, "volunteers": 2}
    assert "outlier" not in checks(findings(report(**wanted, hours=most)))
    rows = findings(report(**wanted, hours=most + 0.01))
    said = ("KZ-71", period, "hours for the volunteers", most, most + 0.01, 0.01)
    assert of_check(rows, "outlier") == [said]
    assert {row["importance"] for row in rows if row["check"] == "outlier"} == {"error"}


def test_hours_of_no_volunteers_are_an_error_and_hours_of_unknown_ones_are_not() -> None:
    assert "outlier" not in checks(findings(report(hours=10**6)))
    rows = findings(report(hours=0.01, volunteers=0, region="KZ"))
    assert of_check(rows, "outlier") == [
        (None, "2022-03", "hours for the volunteers", 0, 0.01, 0.01)
    ]


def test_of_a_leap_year_february_has_29_days() -> None:
    of_february = {"period": "2024-02", "volunteers": 1}
    rows = findings(report(**of_february, hours=696), window="2024")
    assert of_check(rows, "outlier") == []
    rows = findings(report(**of_february, hours=696.5), window="2024")
    assert [row[3:] for row in of_check(rows, "outlier")] == [(696, 696.5, 0.5)]


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
        {"source": A},
        {"organisation": {"id": "o-2"}},
        {"direction": "bilim"},
        {"direction": None, "layer": "grant"},
        {"region": "KZ-75"},
        {"region": "KZ"},
        {"period": "2022-04"},
        {"period": "2022-H1"},
        {"already_counted": [{"report_id": "x", "hours": 0.01}]},
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
        # The lowest takes the next free one of another source; nobody is paired twice.
        pytest.param([(A, 100), (B, 101), (A, 102), (B, 103)], [(100, 101), (102, 103)], id="two"),
        pytest.param([(A, 100), (B, 101), (C, 102)], [(100, 101)], id="one too many"),
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


def test_of_equal_hours_the_lower_name_goes_first() -> None:
    values = [report(name, source=source) for source, name in ((C, "1"), (B, "2"), (A, "3"))]
    (row,) = (row for row in findings(*values) if row["check"] == "likely_double")
    assert row["finding"] == "de4ce164729fdbc8"
    assert "report 3 of urn:birge:a" in row["detail"]
    assert "urn:birge:c" not in row["detail"]


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
