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
