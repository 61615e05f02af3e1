"""Steady work, and volunteers by reference: each is counted once."""

from typing import Any

from tests.support.records import report, retraction
from tests.support.tables import table


def said(name: str, *values: bytes, **asked: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table(name, *values, **asked).rows]


def codes(name: str, *values: bytes, **asked: Any) -> dict[str, tuple[str, ...]]:
    """The caveats with their regions."""
    return {one.code: one.regions for one in table(name, *values, **asked).caveats}


STEADY = [
    report(
        "1", hours=30, regularity="continuous", already_counted=[{"report_id": "x", "hours": 5}]
    ),
    report("2", hours=10.5, regularity="one_off", layer="grant"),
    report("3", hours=1.25),
    report("4", hours=8, region="KZ-75"),
    report("5", hours=7, region="KZ", layer="grant", direction=None, regularity="continuous"),
    report("6", hours=100, period="2022", regularity="one_off"),
]


def test_steady_work_is_the_share_of_continuous_in_what_tells_its_regularity() -> None:
    assert said("steady_work", *STEADY, window="2022-03") == [
        ("KZ", 37, 10.5, 9.25, 77.8947),
        ("KZ-71", 30, 10.5, 1.25, 74.0741),
        ("KZ-75", 0, 0, 8, None),
    ]


def test_steady_work_of_one_layer_region_or_longer_window() -> None:
    assert said("steady_work", *STEADY, window="2022-03", layer="grant") == [
        ("KZ", 7, 10.5, 0, 40),
        ("KZ-71", 0, 10.5, 0, 0),
    ]
    of_region = said("steady_work", *STEADY, window="2022", region="KZ-71")
    assert of_region == [("KZ-71", 30, 110.5, 1.25, 21.3523)]
    assert said("steady_work", *STEADY, region="KZ-11") == []


def test_corrected_and_retracted_steady_work_is_told_anew() -> None:
    values = [*STEADY[:2], report("1", version=2, hours=4, regularity="one_off"), retraction("2")]
    assert said("steady_work", *values) == [("KZ", 0, 4, 0, 0), ("KZ-71", 0, 4, 0, 0)]
    assert said("steady_work", *values, retraction("1", version=3)) == []


def test_steady_work_on_the_map_of_17_is_the_predecessor_s() -> None:
    values = [report(region, region=region, regularity="one_off") for region in ("KZ-10", "KZ-63")]
    assert said("steady_work", *values, map_17=True)[1:] == [("KZ-63", 0, 20, 0, 0)]


def test_offices_that_said_nothing_are_missing_whatever_the_layer() -> None:
    for name in ("steady_work", "distinct_volunteers"):
        for layer in (None, "grant"):
            missing = table(name, *STEADY, window="2022-03", layer=layer).missing
            assert len(missing) == 15
            assert {(one.what, one.reason) for one in missing} == {("hours", "no_submission")}
            assert {"KZ-71", "KZ-75"}.isdisjoint(one.region for one in missing)
        (one,) = table(name, *STEADY, region="KZ-11").missing
        assert one.region == "KZ-11"
        found = codes(name, *STEADY, window="2022-03")
        assert len(found["missing_submissions"]) == 15
        assert found["not_attributable"] == ("KZ", "KZ-71")
        assert "coverage" in found
    assert "named_volunteers" in codes("distinct_volunteers")


def named(report_id: str, volunteers: dict[str, float], **changes: Any) -> bytes:
    """A report that names its volunteers, with the hours of each."""
    hours = [{"volunteer": who, "hours": amount} for who, amount in volunteers.items()]
    return report(report_id, volunteer_hours=hours, **changes)


ASEL, BOLAT, DANA = "v-asel-01", "v-bolat-1", "v-dana-01"


def distinct(*values: bytes, **asked: Any) -> dict[str, tuple[Any, ...]]:
    """Volunteers, hours and reports by region."""
    return {row[0]: row[1:] for row in said("distinct_volunteers", *values, **asked)}


def test_a_volunteer_of_several_reports_and_regions_is_counted_once() -> None:
    values = [
        named("1", {ASEL: 3, BOLAT: 2.25}),
        named("2", {ASEL: 1}, layer="grant", direction="bilim"),
        named("3", {ASEL: 4, DANA: 0.5}, region="KZ-75", source="urn:birge:b"),
        report("4", hours=99, volunteers=12),
        named("5", {}, region="KZ-11"),
    ]
    assert distinct(*values) == {
        "KZ": (3, 10.75, 3),
        "KZ-71": (2, 6.25, 2),
        "KZ-75": (2, 4.5, 1),
    }
    assert list(distinct(*values)) == ["KZ", "KZ-71", "KZ-75"]
    assert distinct(*values, region="KZ-75") == {"KZ-75": (2, 4.5, 1)}
    assert distinct(*values, region="KZ-11") == {}


def test_a_volunteer_twice_in_one_report_is_one() -> None:
    twice = [{"volunteer": ASEL, "hours": 1}, {"volunteer": ASEL, "hours": 2}]
    assert distinct(report(volunteer_hours=twice))["KZ-71"] == (1, 3, 1)


def test_of_a_layer_only_its_reports_count() -> None:
    values = [named("1", {ASEL: 3}), named("2", {ASEL: 1, DANA: 2}, layer="grant")]
    assert distinct(*values, layer="grant") == {"KZ": (2, 3, 1), "KZ-71": (2, 3, 1)}
    assert distinct(*values, layer="front_office")["KZ-71"] == (1, 3, 1)
    assert distinct(*values, layer="independent") == {}


def test_who_stands_in_no_report_in_force_is_not_counted() -> None:
    first = named("1", {ASEL: 3, BOLAT: 2})
    assert distinct(first, named("1", {DANA: 1}, version=2))["KZ"] == (1, 1, 1)
    assert distinct(first, report("1", version=2)) == {}
    assert distinct(first, retraction("1")) == {}
    assert distinct(retraction("1"), first) == {}
    moved = distinct(first, named("1", {ASEL: 3}, version=2, region="KZ-75"))
    assert moved == {"KZ": (1, 3, 1), "KZ-75": (1, 3, 1)}


def test_what_lies_inside_the_window_counts_and_what_reaches_beyond_does_not() -> None:
    values = [
        named("1", {ASEL: 1}),
        named("2", {BOLAT: 1}, period="2022-H1"),
        named("3", {DANA: 1}, period="2022"),
        named("4", {"v-erlan-1": 1}, region="KZ", period="2022-06"),
    ]
    assert distinct(*values, window="2022-03") == {"KZ": (1, 1, 1), "KZ-71": (1, 1, 1)}
    assert distinct(*values, window="2022-H1") == {"KZ": (3, 3, 3), "KZ-71": (2, 2, 2)}
    assert distinct(*values)["KZ"] == (4, 4, 4)
    assert distinct(*values, window="2023") == {}


def test_on_the_map_of_17_a_volunteer_of_both_regions_is_one() -> None:
    values = [named(region, {ASEL: 2}, region=region) for region in ("KZ-10", "KZ-63")]
    assert distinct(*values)["KZ-10"] == (1, 2, 1)
    assert distinct(*values, map_17=True) == {"KZ": (1, 4, 2), "KZ-63": (1, 4, 2)}
