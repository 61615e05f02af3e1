"""Single reports: more hours than volunteers have, and two that look like the same hours."""

import hashlib
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


def already(*hours: float) -> list[dict[str, Any]]:
    return [{"report_id": f"x-{number}", "hours": part} for number, part in enumerate(hours)]


@pytest.mark.parametrize("layer", ["front_office", "grant", "independent"])
@pytest.mark.parametrize(
    ("elsewhere", "found"),
    [((10,), None), ((10.01,), 10.01), ((6, 4), None), ((6, 4.5), 10.5), ((), None)],
)
def test_no_more_hours_are_counted_elsewhere_than_a_report_has(
    layer: str, elsewhere: tuple[float, ...], found: float | None
) -> None:
    rows = findings(report(layer=layer, already_counted=already(*elsewhere)))
    said = ("KZ-71", "2022-03", "hours counted elsewhere", 10, found, round((found or 0) - 10, 2))
    assert of_check(rows, "outlier") == ([said] if found else [])
    assert {row["importance"] for row in rows if row["check"] == "outlier"} <= {"error"}


@pytest.mark.parametrize("layer", ["front_office", "grant", "independent"])
@pytest.mark.parametrize(
    ("volunteers", "participants", "found"),
    [
        pytest.param(5, {"child": 5}, None, id="all of them"),
        pytest.param(5, {"child": 6}, 6, id="one more"),
        pytest.param(5, {"child": 5, "silver": 5, "general": 5}, None, id="in several kinds"),
        pytest.param(5, {"child": 6, "silver": 9, "general": 7}, 9, id="the largest"),
        pytest.param(5, {"child": None, "silver": 6}, 6, id="one kind unknown"),
        pytest.param(0, {"child": 1}, 1, id="of nobody"),
        pytest.param(0, {"child": 0}, None, id="nobody of nobody"),
        pytest.param(None, {"child": 6}, None, id="unknown volunteers"),
        pytest.param(5, None, None, id="no participants"),
    ],
)
def test_no_kind_of_participants_is_more_than_the_volunteers(
    layer: str, volunteers: int | None, participants: dict[str, Any] | None, found: int | None
) -> None:
    said = {"layer": layer, "volunteers": volunteers, "participants": participants}
    rows = findings(report(region="KZ", **said, hours=0.01))
    what = "participants for the volunteers"
    wanted = (None, "2022-03", what, volunteers, found, (found or 0) - (volunteers or 0))
    assert of_check(rows, "outlier", what) == ([wanted] if found else [])
    importance = {row["importance"] for row in rows if row["what"] == what}
    assert importance == ({"warning"} if found else set())


@pytest.mark.parametrize(
    ("period", "inside", "outside"),
    [
        ("2022-02", ("2022-02-01", "2022-02-28"), ("2022-01-31", "2022-03-01", "2021-02-15")),
        ("2022-12", ("2022-12-01", "2022-12-31"), ("2022-11-30", "2023-01-01")),
        ("2022-H1", ("2022-01-01", "2022-06-30"), ("2021-12-31", "2022-07-01", "2023-03-01")),
        ("2022-H2", ("2022-07-01", "2022-12-31"), ("2022-06-30", "2023-01-01", "2021-09-01")),
        ("2022", ("2022-01-01", "2022-12-31"), ("2021-12-31", "2023-01-01")),
    ],
)
def test_a_report_is_held_inside_its_period(
    period: str, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    for day in (None, *inside):
        rows = findings(report(period=period, held_on=day))
        assert of_check(rows, "outlier") == []
    for day in outside:
        rows = findings(report(period=period, held_on=day, layer="independent"))
        said = ("KZ-71", period, "held_on outside the period", None, None, None)
        assert of_check(rows, "outlier") == [said]
        assert {row["importance"] for row in rows if row["check"] == "outlier"} == {"warning"}


def test_what_is_wrong_with_one_report_is_told_apart_and_named_by_the_report() -> None:
    wrong = {
        "already_counted": already(11),
        "volunteers": 0,
        "participants": {"child": 1},
        "held_on": "2022-04-01",
    }
    # The grant's is all counted elsewhere, so it is no double of the other.
    rows = findings(report("r|1", layer="grant", **wrong))
    whats = ["hours for the volunteers", "hours counted elsewhere"]
    whats += ["participants for the volunteers", "held_on outside the period"]
    assert [(row["check"], row["what"]) for row in rows] == [("outlier", what) for what in whats]
    assert [row["finding"] for row in rows] == [
        hashlib.sha256(f"outlier|KZ-71|2022-03|{what}|urn:birge:a|r|1".encode()).hexdigest()[:16]
        for what in whats
    ]
    assert findings(report("r|1", layer="grant", **wrong), retraction("r|1")) == []


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
