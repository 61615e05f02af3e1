"""Each expected office and due month: received, on time, empty, repeated."""

from typing import Any

from tests.support.clean_year import passed, sent_on
from tests.support.records import report, retraction
from tests.support.tables import table

LATE = "2023-01-31T00:00:00Z"


def month(number: int, region: str = "KZ-71", **changes: Any) -> bytes:
    said = {"period": f"2022-{number:02d}", "time": sent_on(number), "hours": number, **changes}
    return report(f"{region}-{number}", region=region, **said)


def rows(*values: bytes, **asked: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Expected, received, on_time, empty and repeated by region and month."""
    found = table("submissions", *values, **asked).rows
    assert [list(row) for row in found] == [
        ["region", "period", "expected", "received", "on_time", "empty", "repeated"] for _ in found
    ]
    return {(row["region"], row["period"]): tuple(row.values())[2:] for row in found}


def test_every_expected_region_has_a_row_for_each_due_month() -> None:
    found = rows(month(1), month(3), passed(3))
    assert len(found) == 17 * 3
    assert list(found) == sorted(found)
    assert found["KZ-71", "2022-01"] == (1, 1, 1, 0, 0)
    assert found["KZ-71", "2022-02"] == (1, 0, None, 0, 0)
    assert found["KZ-75", "2022-03"] == (1, 0, None, 0, 0)


def test_a_running_month_has_no_row() -> None:
    # March is reported on 10 April: others have until the 15th.
    found = rows(month(1), month(3))
    assert {period for _, period in found} == {"2022-01", "2022-02"}
    assert rows(month(1)) == {}


def test_a_december_is_due_by_the_next_year_s_reports() -> None:
    january = month(1, period="2023-01", time="2023-02-05T09:00:00Z")
    found = rows(month(12), january)
    assert found["KZ-71", "2022-12"] == (1, 1, 1, 0, 0)
    assert found["KZ-75", "2022-12"] == (1, 0, None, 0, 0)
    assert rows(month(12), january, window="2022-12") == {
        key: row for key, row in found.items() if key[1] == "2022-12"
    }
    # Without them the deadline has not passed: all were sent before.
    assert rows(month(12), window="2022-12") == {}


def test_the_newer_regions_have_rows_from_july_on() -> None:
    values = [month(8), month(8, "KZ-10"), passed(8)]
    found = rows(*values)
    assert len(found) == 17 * 8 + 3 * 2
    assert list(found) == sorted(found)
    assert [period for region, period in found if region == "KZ-33"] == ["2022-07", "2022-08"]
    assert found["KZ-10", "2022-08"][:2] == (1, 1)
    assert rows(*values, region="KZ-10") == {
        key: row for key, row in found.items() if key[0] == "KZ-10"
    }
    assert len(rows(*values, map_17=True)) == 17 * 8
    assert len(rows(*values, window="2022-H2")) == 20 * 2


def test_a_month_held_by_a_longer_statement_is_received_and_tells_no_more() -> None:
    already = [{"report_id": "x", "hours": 60}]
    half = report("half", region="KZ-75", period="2022-H1", hours=60, already_counted=already)
    found = rows(*(month(n) for n in range(1, 8)), month(3, "KZ-75"), half, passed(7))
    of_half = [found["KZ-75", f"2022-0{n}"] for n in (1, 2, 4, 5, 6)]
    assert of_half == [(1, 1, None, 0, 0)] * 5
    assert found["KZ-75", "2022-03"] == (1, 1, 1, 0, 0)
    assert found["KZ-75", "2022-07"] == (1, 0, None, 0, 0)
    totals = table("submissions", month(1), half, passed(1), region="KZ-75").totals
    assert totals is not None
    assert (totals["received_pct"], totals["on_time_pct"]) == (100, None)


def test_a_month_may_be_late_empty_or_repeated_or_not_tell() -> None:
    already = [{"report_id": "x", "hours": 2}]
    found = rows(
        month(1, time=LATE),
        month(2, already_counted=already),
        month(3, hours=2),
        month(4, version=2, time=LATE),
        month(5, hours=4),
    )
    assert [found["KZ-71", f"2022-0{number}"] for number in range(1, 6)] == [
        (1, 1, 0, 0, 0),
        (1, 1, 1, 1, 0),
        (1, 1, 1, 0, 1),
        (1, 1, None, 0, 0),
        (1, 1, 1, 0, 1),
    ]


def test_a_month_is_on_time_with_four_fifths_of_its_reports() -> None:
    several = [report(f"r-{n}", time=LATE if n == 0 else sent_on(3)) for n in range(5)]
    assert rows(*several)["KZ-71", "2022-03"] == (1, 1, 1, 0, 0)
    assert rows(*several[:4])["KZ-71", "2022-03"] == (1, 1, 0, 0, 0)


def test_a_retracted_month_is_not_received() -> None:
    gone = retraction("KZ-71-1", version=2)
    values = [month(1), month(1, "KZ-75"), gone, passed(1)]
    assert rows(*values)["KZ-71", "2022-01"] == (1, 0, None, 0, 0)
    assert len(rows(month(1), passed(1))) == 17
    assert rows(month(1), gone, passed(1)) == {}


def test_the_window_and_the_region_choose_rows_and_change_none() -> None:
    values = [month(1), month(2, hours=1), month(3), month(12, period="2021-12")]
    whole = rows(*values)
    # The second month repeats the first, though the window does not hold the first.
    assert rows(*values, window="2022-02")["KZ-71", "2022-02"] == (1, 1, 1, 0, 1)
    assert rows(*values, window="2022-02") == {
        key: row for key, row in whole.items() if key[1] == "2022-02"
    }
    assert rows(*values, region="KZ-71") == {
        key: row for key, row in whole.items() if key[0] == "KZ-71"
    }
    assert rows(*values, region="KZ-10") == rows(*values, window="2022-H2") == {}


def test_of_a_rolling_window_one_year_comes_after_the_other() -> None:
    values = [month(1), month(11, period="2021-11", time=sent_on(1)), month(12, period="2022-12")]
    found = table("submissions", *values, window="2022-10~12m").rows
    places = [(row["period"][:4], row["region"], row["period"]) for row in found]
    assert places == sorted(places)
    # The year's reports make all of the year before due, and 20 regions owe from July on.
    of_2021 = [period for year, _, period in places if year == "2021"]
    assert set(of_2021) == {"2021-11", "2021-12"}
    assert len(of_2021) == 17 * 2
    assert {period for year, _, period in places if year == "2022"} == {
        f"2022-{number:02d}" for number in range(1, 11)
    }
    assert len(places) == 17 * 2 + 17 * 10 + 3 * 4


def test_of_2023_twenty_regions_are_expected_and_seventeen_on_the_older_map() -> None:
    later = [
        month(1, "KZ-10", period="2023-01"),
        month(2, "KZ-63", period="2023-01"),
        passed(1, period="2023", time="2023-02-16T00:00:00Z"),
    ]
    found = rows(*later, window="2023")
    assert len(found) == 20
    assert found["KZ-10", "2023-01"][:2] == (1, 1)
    found = rows(*later, window="2023", map_17=True)
    assert len(found) == 17
    assert found["KZ-63", "2023-01"][:2] == (1, 1)


def test_totals_add_up_the_rows_and_are_shares_of_what_can_be_told() -> None:
    values = [month(1, time=LATE), month(2), month(3, version=2), month(1, "KZ-75")]
    made = table("submissions", *values)
    assert made.totals == {
        "expected": 51,
        "received": 4,
        "on_time": 2,
        "empty": 0,
        "repeated": 0,
        "received_pct": 7.8431,
        "on_time_pct": 66.6667,
    }
    assert made.missing == ()
    of_region = table("submissions", *values, region="KZ-75").totals
    assert of_region is not None
    assert (of_region["received"], of_region["on_time_pct"]) == (1, 100)


def test_without_due_months_there_are_no_shares() -> None:
    made = table("submissions", report(layer="grant"), report("r-2", region="KZ"))
    assert made.rows == []
    assert made.totals is not None
    assert (made.totals["expected"], made.totals["received_pct"]) == (0, None)
