"""Reference data in force, and which of it serves a window."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.statements import Stated


@dataclass(frozen=True)
class Reference:
    """One statement of a reference table."""

    table: str
    period: Window
    source: str
    publisher: str
    url: str | None
    rows: Sequence[Mapping[str, Any]]


def references_from(stated: Sequence[Stated]) -> list[Reference]:
    """The statements whose period can be read."""
    return [
        Reference(
            table=one.data["table"],
            period=period,
            source=one.source,
            publisher=one.data["publisher"],
            url=one.data.get("url"),
            rows=one.data["rows"],
        )
        for one in stated
        if (period := window_from(one.data["period"])) is not None
    ]


def best_first(references: Sequence[Reference], table: str, window: Window) -> list[Reference]:
    """The table's statements that serve a window: the ones that share most months with it first.

    Then the shorter period; of those that share none the one that ended latest; then the lower
    source. What begins after the window does not serve it.
    """

    def order(reference: Reference) -> tuple[int, int, str]:
        period = reference.period
        first = max(period.first_month, window.first_month)
        shared = max(0, min(period.last_month, window.last_month) - first + 1)
        return (-shared, period.months if shared else -period.last_month, reference.source)

    return sorted(
        (
            one
            for one in references
            if one.table == table and one.period.first_month <= window.last_month
        ),
        key=order,
    )


def rows_best_first(
    references: Sequence[Reference], table: str, window: Window
) -> Iterator[tuple[Reference, Mapping[str, Any]]]:
    """Every row that serves the window, with the statement it stands in."""
    for reference in best_first(references, table, window):
        for row in reference.rows:
            yield reference, row
