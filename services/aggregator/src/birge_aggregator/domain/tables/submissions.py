"""The offices' monthly submissions: expected, received, on time, empty and repeated."""

from collections.abc import Mapping, Sequence

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import percentage
from birge_aggregator.domain.period import stated_window
from birge_aggregator.domain.quality.office_months import (
    OfficeMonth,
    due_months,
    held_by_longer_statements,
    month_before,
    office_months,
)
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = ("region", "period", "expected", "received", "on_time", "empty", "repeated")


def submissions(figures: Figures, question: Question) -> Table:
    """A row for each office and month that is due: never more received than expected."""
    rows: list[Row] = []
    for year in figures.years:
        months, held = office_months(year), held_by_longer_statements(year)
        rows += [
            _row(region, month, months.get(region, {}), is_held=(region, month) in held)
            for month in due_months(year, months)
            if figures.window.contains(stated_window(month))
            for region in year.regions.expected_in(stated_window(month).first_month)
            if question.region in (COUNTRY, region)
        ]
    rows.sort(key=lambda row: (row["period"][:4], row["region"], row["period"]))
    return Table(rows, totals=_totals(rows), columns=COLUMNS)


def _row(region: str, month: str, own: Mapping[str, OfficeMonth], *, is_held: bool) -> Row:
    """`is_held`: the office gave the month as part of a longer period."""
    sent, before = own.get(month), own.get(month_before(month))
    return {
        "region": region,
        "period": month,
        "expected": 1,
        "received": int(sent is not None or is_held),
        # Nobody can tell of reports that were all corrected when they were first sent.
        "on_time": None if sent is None or not sent.first_sent else int(not sent.is_late),
        "empty": int(sent is not None and sent.is_empty),
        "repeated": int(sent is not None and sent.repeats(before)),
    }


def _totals(rows: Sequence[Row]) -> Row:
    sums = {name: sum(row[name] or 0 for row in rows) for name in COLUMNS[2:]}
    timed = sum(row["on_time"] is not None for row in rows)
    return {
        **sums,
        "received_pct": percentage(sums["received"], sums["expected"]),
        "on_time_pct": percentage(sums["on_time"], timed),
    }
