"""How many organisations there may be: by hand, and by what was published."""

from typing import Any

import pytest

from birge_aggregator.domain.tables.answer import Missing
from birge_aggregator.domain.tables.capture_recapture import chapman
from tests.support.records import census, event, report, retraction
from tests.support.tables import Row, table

FRONT, GRANT, INDEPENDENT = "front_office", "grant", "independent"


def seen(layer: str, ids: range, **changes: Any) -> list[bytes]:
    """A report of each of these organisations in a layer."""
    return [
        report(
            f"{layer}-{number}-{changes.get('region', '')}",
            layer=layer,
            organisation={"id": f"o-{number}"},
            **changes,
        )
        for number in ids
    ]


def rows(*values: bytes, **asked: Any) -> list[Row]:
    return [dict(row) for row in table("capture_recapture", *values, **asked).rows]


def test_the_estimate_is_chapman_s_with_an_interval_that_holds_what_was_seen() -> None:
    # 20 and 15, 8 of them in both: N = 21 × 16 ÷ 9 − 1 = 36.33, V = 21 × 16 × 12 × 7 ÷ (81 × 10)
    # = 34.84, f = 36.33 − 27 = 9.33, C = exp(1.96 √ln(1 + 34.84 ÷ 87.11)) = exp(1.1369) = 3.117.
    values = [*seen(FRONT, range(20)), *seen(GRANT, range(12, 27))]
    of_country, of_region = rows(*values)
    assert of_region == {
        "region": "KZ-71",
        "unit": "organisation",
        "first_layer": FRONT,
        "second_layer": GRANT,
        "first": 20,
        "second": 15,
        "both": 8,
        "seen": 27,
        "estimate": 36.3,
        "low": 30.0,
        "high": 56.1,
        "expert": None,
        "coverage_low": None,
        "coverage_high": None,
    }
    assert of_country == {**of_region, "region": "KZ"}
    assert table("capture_recapture", *values).missing == []


def test_a_textbook_s_lake_has_926_trout() -> None:
    """100 tagged, 100 caught a month later, 10 of them with tags (Grinstead and Snell's lake)."""
    interval = chapman(100, 100, 10)
    assert interval is not None
    assert round(interval.estimate) == 926
    # V = 101² × 90² ÷ (11² × 12) = 56,905, f = 736.4, C = exp(1.96 √ln(1.1049)) = 1.857.
    assert interval.low == pytest.approx(190 + 736.4 / 1.857, abs=0.5)
    assert interval.high == pytest.approx(190 + 736.4 * 1.857, abs=1)


@pytest.mark.parametrize(("both", "is_estimated"), [(6, False), (7, True)])
def test_with_fewer_than_seven_in_both_there_is_no_estimate(both: int, is_estimated: bool) -> None:
    values = [*seen(FRONT, range(10)), *seen(GRANT, range(10 - both, 20 - both))]
    made = table("capture_recapture", *values)
    for row in made.rows:
        assert (row["both"], row["seen"]) == (both, 20 - both)
        three = [row[name] for name in ("estimate", "low", "high")]
        assert all(three) if is_estimated else three == [None] * 3
    reason = ("estimate", "too_few_in_both")
    assert made.missing == (
        [] if is_estimated else [Missing("KZ", *reason), Missing("KZ-71", *reason)]
    )


def test_where_one_layer_sees_all_that_the_other_sees_nothing_is_unseen() -> None:
    (_, row) = rows(*seen(FRONT, range(7)), *seen(GRANT, range(9)))
    assert [row[name] for name in ("seen", "estimate", "low", "high")] == [9, 9, 9, 9]


def test_each_two_layers_have_a_row_and_a_region_is_missing_once() -> None:
    values = [*seen(FRONT, range(9)), *seen(GRANT, range(8)), *seen(INDEPENDENT, range(8, 10))]
    of_region = [row for row in rows(*values) if row["region"] == "KZ-71"]
    assert [(row["first_layer"], row["second_layer"], row["both"]) for row in of_region] == [
        (FRONT, GRANT, 8),
        (FRONT, INDEPENDENT, 1),
        (GRANT, INDEPENDENT, 0),
    ]
    assert [row["estimate"] is None for row in of_region] == [False, True, True]
    missing = table("capture_recapture", *values).missing
    assert [one.region for one in missing] == ["KZ", "KZ-71"]


def test_a_layer_without_organisations_has_no_row() -> None:
    assert rows(*seen(FRONT, range(9))) == []
    assert rows(*seen(FRONT, range(9)), *seen(GRANT, range(9), region="KZ-75"))[0]["both"] == 9


def test_an_organisation_counts_once_whatever_its_reports_sources_and_regions() -> None:
    values = [
        *seen(FRONT, range(9)),
        *seen(FRONT, range(9), source="urn:birge:b", direction="bilim"),
        *seen(FRONT, range(5), region="KZ-75"),
        *seen(GRANT, range(5, 14), region="KZ-75"),
        *seen(GRANT, range(3), region="KZ", direction=None),
    ]
    found = {row["region"]: (row["first"], row["second"], row["both"]) for row in rows(*values)}
    assert found == {"KZ": (9, 12, 7), "KZ-75": (5, 9, 0)}


def test_what_is_retracted_moved_or_beyond_the_window_is_not_seen() -> None:
    values = [*seen(FRONT, range(9)), *seen(GRANT, range(9))]
    moved = report("grant-0-", version=2, layer=GRANT, organisation={"id": "o-99"})
    assert rows(*values, retraction("grant-0-"))[0]["second"] == 8
    assert rows(*values, moved)[0]["both"] == 8
    assert rows(*values, *seen(GRANT, range(50, 60), period="2022"), window="2022-03")[0][
        "second"
    ] == (9)
    assert rows(*values, window="2022-04") == []


def test_layer_and_region_change_no_figure() -> None:
    values = [*seen(FRONT, range(9)), *seen(GRANT, range(9), region="KZ-71")]
    assert rows(*values, layer=GRANT) == rows(*values)
    assert rows(*values, region="KZ-71") == rows(*values)[1:]
    made = table("capture_recapture", *values[:12], region="KZ-71")
    assert [one.region for one in made.missing] == ["KZ-71"]
    assert rows(*values, region="KZ-75") == []


def test_on_the_map_of_17_the_newer_region_s_are_the_predecessor_s() -> None:
    values = [*seen(FRONT, range(9), region="KZ-10"), *seen(GRANT, range(8), region="KZ-63")]
    assert [row["region"] for row in rows(*values)] == ["KZ"]
    found = rows(*values, map_17=True)
    assert [(row["region"], row["both"]) for row in found] == [("KZ", 8), ("KZ-63", 8)]


def test_the_experts_estimate_and_the_stated_coverage_stand_beside_it() -> None:
    def estimates(period: str, value: int) -> bytes:
        rows = [
            {"what": "organisations", "value": value, "method": "survey"},
            {"what": "organisations/KZ-71", "value": value / 8, "method": "survey"},
            {"what": "volunteers", "value": 1, "method": "survey"},
        ]
        data = {"table": "estimate", "period": period, "version": 1, "publisher": "x", "rows": rows}
        return event("kz.birge.reference.published.v1", f"estimate/{period}", data)

    stated = {"low_pct": 40, "high_pct": 60.5, "method": "expert"}
    values = [
        *seen(FRONT, range(9)),
        *seen(GRANT, range(9)),
        estimates("2021", 100),
        estimates("2022", 200),
        estimates("2023", 300),
        census("KZ-71", "2022-H1", coverage={"low_pct": 1, "high_pct": 2, "method": "x"}),
        census("KZ-71", "2022-H2", coverage=stated),
    ]
    beside = ("expert", "coverage_low", "coverage_high")
    assert [tuple(row[name] for name in beside) for row in rows(*values)] == [
        (200, None, None),
        (25, 40, 60.5),
    ]
    of_month = rows(*values, window="2022-03")
    assert [tuple(row[name] for name in beside) for row in of_month] == [
        (100, None, None),
        (12.5, None, None),
    ]


def test_the_caveat_says_what_the_estimate_supposes() -> None:
    assert [one.code for one in table("capture_recapture").caveats] == ["capture_recapture"]
