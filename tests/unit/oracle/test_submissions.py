"""What each office owed and what came."""

from typing import Any

from birge_stack.oracle import Recount
from tests.unit.oracle.building import elsewhere, newest, recount_of, report

LATE = "2023-06-01T00:00:00Z"


def rows_of(recount: Recount, period: str, region: str = "KZ-71") -> list[tuple[Any, ...]]:
    rows = recount.table("submissions", period, region)["rows"]
    names = ("period", "expected", "received", "on_time", "empty", "repeated")
    return [tuple(row[name] for name in names) for row in rows]


def test_each_due_month_says_what_came_of_it() -> None:
    recount = recount_of(
        report("a", period="2022-01"),
        report("b", period="2022-02"),
        report("c", period="2022-03", version=2, already_counted=elsewhere(10)),
        report("d", period="2022-04", time=LATE, hours=11),
        report("e", period="2022-06", region="KZ-75"),
        report("f", period="2022-08", region="KZ"),
    )
    assert rows_of(recount, "2022") == [
        ("2022-01", 1, 1, 1, 0, 0),
        ("2022-02", 1, 1, 1, 0, 1),
        ("2022-03", 1, 1, None, 1, 1),
        ("2022-04", 1, 1, 0, 0, 0),
        ("2022-05", 1, 0, None, 0, 0),
        ("2022-06", 1, 0, None, 0, 0),
    ]
    assert rows_of(recount, "2022-05~12m")[-1][0] == "2022-05"
    assert rows_of(recount, "2022-H2") == []


def test_a_part_of_the_year_is_due_by_what_came_later() -> None:
    recount = recount_of(report("a", period="2022-05", region="KZ-75"), newest())
    assert rows_of(recount, "2022-02") == [("2022-02", 1, 0, None, 0, 0)]


def test_rows_go_by_year_region_and_month_and_total() -> None:
    recount = recount_of(
        report("a", period="2022-11"),
        report("b", period="2023-01"),
        report("c", period="2023-01", region="KZ-75", time=LATE),
    )
    answer = recount.table("submissions", "2023-01~12m")
    rows = answer["rows"]
    order = [(row["period"][:4], row["region"], row["period"]) for row in rows]
    assert order == sorted(order)
    assert len(rows) == 17 * 5 + 20 * 7
    assert answer["missing"] == []
    assert answer["totals"] == {
        "expected": 225,
        "received": 3,
        "on_time": 2,
        "empty": 0,
        "repeated": 0,
        "received_pct": 1.3333,
        "on_time_pct": 66.6667,
    }


def test_totals_follow_the_region_asked_for_and_share_nothing_of_nothing() -> None:
    recount = recount_of(report("a"), report("b", region="KZ-75", time=LATE))
    assert recount.table("submissions", "2022-03", "KZ-75")["totals"]["on_time_pct"] == 0
    totals = recount.table("submissions", "2022-03", "KZ-79")["totals"]
    assert (totals["received_pct"], totals["on_time_pct"], totals["on_time"]) == (0, None, 0)
    nothing = recount_of().table("submissions", "2022")
    assert nothing["rows"] == []
    assert (nothing["totals"]["expected"], nothing["totals"]["received_pct"]) == (0, None)


def test_new_regions_report_for_their_predecessor_on_the_map_of_17() -> None:
    recount = recount_of(report("a", period="2023-01", region="KZ-10"), newest(2023))
    answer = recount.table("submissions", "2023", is_map_17=True)
    received = {row["region"]: row["received"] for row in answer["rows"]}
    assert (len(received), received["KZ-63"]) == (17, 1)
    assert recount.table("submissions", "2023", "KZ-10", is_map_17=True)["rows"] == []
