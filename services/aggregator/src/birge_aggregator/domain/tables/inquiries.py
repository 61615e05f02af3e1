"""Inquiries to the information centre: what came in, how much was resolved, and how fast."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.period import Window
from birge_aggregator.domain.statements import INQUIRY_RECEIVED, INQUIRY_RESOLVED, Stated
from birge_aggregator.domain.tables.answer import Question, Row, Table, code_order
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "by",
    "value",
    "received",
    "related",
    "resolved",
    "open",
    "overdue",
    "median_days",
    "p90_days",
)
OVERDUE_DAYS = 15
"""Our reading: what a state body has for an answer; the report names no term."""


class Inquiry(NamedTuple):
    """An inquiry, and after how many days it was brought to a result (None: not yet)."""

    received_on: date
    data: Any
    days: int | None


_BY: dict[str, Callable[[Inquiry], str | None]] = {
    "channel": lambda one: one.data.get("channel"),
    "content": lambda one: one.data.get("content"),
    "country": lambda one: one.data.get("country"),
    "gender": lambda one: one.data.get("gender"),
    "region": lambda one: one.data.get("region"),
    "related": lambda one: "true" if one.data.get("related") else "false",
}


def inquiries(figures: Figures, question: Question) -> Table:
    """All of them, those off the topic too; then by each thing that is known of them."""
    counted = [
        one
        for one in resolved_inquiries(figures)
        if question.region in (COUNTRY, _place(figures, one))
    ]
    last_day = last_day_of(figures.window)
    rows: list[Row] = [_row("total", None, counted, last_day)] if counted else []
    for by, value_of in _BY.items():
        groups: dict[str | None, list[Inquiry]] = {}
        for one in counted:
            value = _place(figures, one) if by == "region" else value_of(one)
            groups.setdefault(value, []).append(one)
        rows += [
            _row(by, value, groups[value], last_day) for value in sorted(groups, key=code_order)
        ]
    return Table(rows, columns=COLUMNS)


def _place(figures: Figures, one: Inquiry) -> str | None:
    region = one.data.get("region")
    return None if region is None else figures.regions.place(region)


def resolved_inquiries(figures: Figures) -> list[Inquiry]:
    """The window's inquiries with what is known of their results."""
    resolved = {
        (stated.source, stated.subject): date.fromisoformat(stated.data["resolved_on"])
        for stated in figures.statements[INQUIRY_RESOLVED]
    }
    found = []
    for stated in figures.statements[INQUIRY_RECEIVED]:
        received_on = date.fromisoformat(stated.data["received_on"])
        if _month(received_on) in range(figures.window.first_month, figures.window.last_month + 1):
            found.append(_inquiry(stated, received_on, resolved))
    return found


def _inquiry(stated: Stated, received_on: date, resolved: dict[tuple[str, str], date]) -> Inquiry:
    resolved_on = resolved.get((stated.source, stated.subject))
    days = None if resolved_on is None else max(0, (resolved_on - received_on).days)
    return Inquiry(received_on, stated.data, days)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def last_day_of(window: Window) -> date:
    """The last day of the window's last month."""
    year, month = divmod(window.last_month + 1, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _row(by: str, value: str | None, counted: Sequence[Inquiry], last_day: date) -> Row:
    days = sorted(one.days for one in counted if one.days is not None)
    waiting = [one for one in counted if one.days is None]
    return {
        "by": by,
        "value": value,
        "received": len(counted),
        "related": sum(bool(one.data.get("related")) for one in counted),
        "resolved": len(days),
        "open": len(waiting),
        "overdue": sum((last_day - one.received_on).days > OVERDUE_DAYS for one in waiting),
        "median_days": median(days),
        "p90_days": nearest_rank(days, 90),
    }


def median(ordered: Sequence[int]) -> int | float | None:
    """The middle one, or the mean of the two in the middle."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    both = ordered[middle - 1] + ordered[middle]
    return both // 2 if both % 2 == 0 else both / 2


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least so many per cent do not exceed."""
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None
