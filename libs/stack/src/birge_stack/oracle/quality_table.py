"""The tables `quality` and `submissions`, each put together from calendar years."""

from collections.abc import Iterable, Sequence
from typing import Any

from birge_stack.oracle.exact import percent
from birge_stack.oracle.findings import Explained, Finding, row_of
from birge_stack.oracle.office_months import OfficeYear
from birge_stack.oracle.spans import Span, stated_span
from birge_stack.oracle.territory import COUNTRY

Row = dict[str, Any]
FLAGS = ("expected", "received", "on_time", "empty", "repeated")


def quality(
    findings: Iterable[Finding], window: Span, region: str, explained: Explained
) -> list[Row]:
    """Findings of periods inside the window, of the region asked for or of all."""
    shown = []
    for finding in findings:
        span = stated_span(finding.period)
        if span and window.holds(span) and region in (COUNTRY, finding.region):
            shown.append(finding)
    return [row_of(finding, explained) for finding in sorted(shown, key=lambda one: one.order)]


def submissions(years: Iterable[OfficeYear], window: Span, region: str) -> list[Row]:
    """A row for each region and month that an office owes."""
    rows = [
        _submission(year, place, month)
        for year in years
        for month, places in year.due.items()
        if (span := stated_span(month)) and window.holds(span)
        for place in places
        if region in (COUNTRY, place)
    ]
    return sorted(rows, key=lambda row: (row["period"][:4], row["region"], row["period"]))


def _submission(year: OfficeYear, place: str, month: str) -> Row:
    own = year.of(place, month)
    return {
        "region": place,
        "period": month,
        "expected": 1,
        "received": int(own is not None or (place, month) in year.held),
        "on_time": int(not own.is_late) if own and own.first_versions else None,
        "empty": int(own is not None and own.is_empty),
        "repeated": int(year.is_repeated(place, month)),
    }


def submission_totals(rows: Sequence[Row]) -> Row:
    """Sums over the rows, and how many of the submissions came and came in time."""
    totals: Row = {name: sum(row[name] or 0 for row in rows) for name in FLAGS}
    timed = sum(row["on_time"] is not None for row in rows)
    return {
        **totals,
        "received_pct": percent(totals["received"], totals["expected"]),
        "on_time_pct": percent(totals["on_time"], timed),
    }
