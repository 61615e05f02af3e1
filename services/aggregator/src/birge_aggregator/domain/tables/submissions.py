"""The offices' monthly submissions: expected, received, on time, empty and repeated."""

from collections.abc import Sequence

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import percentage
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.office_months import (
    OfficeMonth,
    due_months,
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
        months = office_months(year)
        due = [
            month
            for month in due_months(year, months)
            if (stated := window_from(month)) is not None and figures.window.contains(stated)
        ]
        rows += [
            _row(region, month, own.get(month), own.get(month_before(month)))
            for region in year.regions.expected
            if question.region in (COUNTRY, region)
            for own in [months.get(region, {})]
            for month in due
        ]
    return Table(rows, totals=_totals(rows), columns=COLUMNS)


def _row(region: str, month: str, sent: OfficeMonth | None, before: OfficeMonth | None) -> Row:
    return {
        "region": region,
        "period": month,
        "expected": 1,
        "received": int(sent is not None),
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
