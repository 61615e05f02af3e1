"""Steady work, different volunteers, and estimates of what nobody counted."""

from typing import Any

import pytest

from birge_stack.oracle.people_tables import estimate
from tests.unit.oracle.building import (
    by,
    census,
    elsewhere,
    recount_of,
    reference,
    report,
)


def test_steady_work_is_shared_with_single_actions_only() -> None:
    recount = recount_of(
        report("a", hours=20, regularity="continuous", already_counted=elsewhere(20)),
        report("b", hours=10, regularity="one_off"),
        report("c", hours=70.5, layer="grant"),
        report("d", hours=3, region="KZ-75", layer="grant"),
        report("e", hours=30, region="KZ", layer="independent", regularity="one_off"),
    )
    answer = recount.table("steady_work", "2022")
    assert answer["rows"] == [
        {
            "region": "KZ",
            "continuous": 20,
            "one_off": 40,
            "not_stated": 73.5,
            "steady_pct": 33.3333,
        },
        {
            "region": "KZ-71",
            "continuous": 20,
            "one_off": 10,
            "not_stated": 70.5,
            "steady_pct": 66.6667,
        },
        {"region": "KZ-75", "continuous": 0, "one_off": 0, "not_stated": 3, "steady_pct": None},
    ]
    assert len(answer["missing"]) == 16
    of_office = recount.table("steady_work", "2022", layer="front_office")["rows"]
    assert [(row["region"], row["not_stated"]) for row in of_office] == [("KZ", 0), ("KZ-71", 0)]
    assert recount.table("steady_work", "2022-05")["rows"] == []


def worked(**hours: float) -> list[dict[str, Any]]:
    """Hours of volunteers by their reference."""
    return [{"volunteer": name, "hours": value} for name, value in hours.items()]


def test_a_volunteer_of_several_reports_and_regions_is_one() -> None:
    recount = recount_of(
        report("a", volunteer_hours=worked(anna_0001=2, marat_001=1.5)),
        report("b", volunteer_hours=worked(anna_0001=3), layer="grant", period="2022-05"),
        report("c", volunteer_hours=worked(anna_0001=4), region="KZ-75"),
        report("d", volunteer_hours=worked(else_0001=1), region="KZ", layer="grant"),
        report("e", volunteer_hours=[]),
        report("f", region="KZ-79"),
        report("g", volunteer_hours=worked(later_001=1), period="2023-01"),
    )

    def rows(window: str = "2022", **options: Any) -> list[tuple[Any, ...]]:
        found = recount.table("distinct_volunteers", window, **options)["rows"]
        return [tuple(row.values()) for row in found]

    assert rows() == [("KZ", 3, 11.5, 4), ("KZ-71", 2, 6.5, 2), ("KZ-75", 1, 4, 1)]
    assert rows(layer="grant") == [("KZ", 2, 4, 2), ("KZ-71", 1, 3, 1)]
    assert rows("2022-03", region="KZ-71") == [("KZ-71", 2, 3.5, 1)]
    assert rows(region="KZ-79") == []
    missing = recount.table("distinct_volunteers", "2022")["missing"]
    assert len(missing) == 14
    assert missing[0] == {"region": "KZ-11", "what": "hours", "reason": "no_submission"}


# first 10, second 20, both 7: N = 11 × 21 ÷ 8 − 1 = 27.875, seen 23, f = 4.875,
# V = 11 × 21 × 3 × 13 ÷ (64 × 9) = 15.640625, 1 + V ÷ f² = 1.6581197, √ln = 0.7111148,
# C = exp(1.3937850) = 4.0300749: low = 23 + 1.2097, high = 23 + 19.6466.
@pytest.mark.parametrize(
    ("first", "second", "both", "expected"),
    [
        (10, 20, 7, (27.9, 24.2, 42.6)),
        (10, 20, 6, (None, None, None)),
        (7, 7, 7, (7, 7, 7)),
        (7, 12, 7, (12, 12, 12)),
    ],
)
def test_chapmans_estimate_and_chaos_interval(
    first: int, second: int, both: int, expected: tuple[float | None, ...]
) -> None:
    assert tuple(estimate(first, second, both).values()) == expected


def of_organisations(layer: str, *names: int, **changed: Any) -> list[bytes]:
    return [report(f"{layer}-{n}", layer=layer, organisation=by(f"o{n}"), **changed) for n in names]


def test_organisations_of_two_layers_tell_how_many_there_are() -> None:
    recount = recount_of(
        *of_organisations("front_office", *range(10)),
        *of_organisations("grant", *range(3, 23), period="2022-05"),
        *of_organisations("independent", 0, region="KZ", period="2022"),
        *of_organisations("independent", 77, region="KZ-75"),
        census(coverage={"low_pct": 40, "high_pct": 60, "method": "expert"}),
        reference(
            "estimate",
            {"what": "organisations", "value": 900, "method": "expert"},
            {"what": "organisations/KZ-71", "value": 30.5, "method": "expert"},
            period="2021",
        ),
    )
    answer = recount.table("capture_recapture", "2022", "KZ-71")
    row = {
        "region": "KZ-71",
        "unit": "organisation",
        "first_layer": "front_office",
        "second_layer": "grant",
        "first": 10,
        "second": 20,
        "both": 7,
        "seen": 23,
        "estimate": 27.9,
        "low": 24.2,
        "high": 42.6,
        "expert": 30.5,
        "coverage_low": 40,
        "coverage_high": 60,
    }
    assert answer == {"rows": [row], "missing": []}
    whole = recount.table("capture_recapture", "2022")
    assert [
        (row["region"], row["first_layer"], row["second_layer"], row["both"])
        for row in whole["rows"]
    ] == [
        ("KZ", "front_office", "grant", 7),
        ("KZ", "front_office", "independent", 1),
        ("KZ", "grant", "independent", 0),
        ("KZ-71", "front_office", "grant", 7),
    ]
    assert {(row["expert"], row["coverage_low"]) for row in whole["rows"][:3]} == {(900, None)}
    assert whole["missing"] == [{"region": "KZ", "what": "estimate", "reason": "too_few_in_both"}]
    assert recount.table("capture_recapture", "2022", layer="grant") == whole


def test_an_organisation_of_many_reports_is_one_and_counts_in_its_window() -> None:
    recount = recount_of(
        report("a"),
        report("b", direction="umit"),
        report("c", layer="grant", source="urn:other"),
        report("d", layer="grant", organisation=by("o2"), period="2023-01"),
    )
    [row] = recount.table("capture_recapture", "2022-03", "KZ-71")["rows"]
    assert (row["first"], row["second"], row["both"], row["seen"]) == (1, 1, 1, 1)
    assert (row["expert"], row["coverage_low"]) == (None, None)
    assert recount.table("capture_recapture", "2022-04")["rows"] == []


def test_new_regions_are_with_their_predecessor_on_the_map_of_17() -> None:
    recount = recount_of(
        report("a", region="KZ-10", period="2022-07"),
        report("b", region="KZ-63", period="2022-07", layer="grant"),
    )
    assert recount.table("capture_recapture", "2022", "KZ-63")["rows"] == []
    [row] = recount.table("capture_recapture", "2022", "KZ-63", is_map_17=True)["rows"]
    assert row["both"] == 1
