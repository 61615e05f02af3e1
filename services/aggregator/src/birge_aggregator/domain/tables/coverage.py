"""How much of what happens the offices see: the count, the stated coverage, and estimates."""

from typing import NamedTuple

from birge_aggregator.domain.census import Snapshot
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.volunteers import (
    census_caveats,
    missing_figures,
    total_given,
)
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = ("region", "reported", "low", "high", "estimate", "method")


class Estimate(NamedTuple):
    """An external estimate, and how it was made."""

    value: float
    method: str


def coverage(figures: Figures, question: Question) -> Table:
    """The estimate stands beside the count, never instead of it."""
    censuses = figures.censuses
    reported = {region: snapshot["total"] for region, snapshot in censuses.items()}
    if censuses:
        reported[COUNTRY] = total_given(list(censuses.values()), "total")
    rows = [
        _row(
            region,
            reported[region],
            censuses.get(region),
            estimate_of(figures, "volunteers", region),
        )
        for region in sorted(reported)
        if question.region in (COUNTRY, region)
    ]
    missing = missing_figures(figures, question.region, censuses, ("total",))
    caveats = census_caveats(figures, question.region, missing)
    return Table(rows, missing, caveats, columns=COLUMNS)


def _row(
    region: str, reported: int | None, snapshot: Snapshot | None, estimate: Estimate | None
) -> Row:
    stated = (snapshot.coverage if snapshot else None) or {}
    return {
        "region": region,
        "reported": reported,
        "low": stated.get("low_pct"),
        "high": stated.get("high_pct"),
        "estimate": estimate.value if estimate else None,
        "method": stated.get("method") or (estimate.method if estimate else None),
    }


def estimate_of(figures: Figures, unit: str, region: str) -> Estimate | None:
    """The latest external estimate of a unit whose period ends by the window's end.

    Of two that end together the one of the shorter period, then the first source by name.

    The reference table `estimate` names it `volunteers` for the country and
    `volunteers/<region>` for a region.
    """
    what = unit if region == COUNTRY else f"{unit}/{region}"
    ended = [
        (
            -one.period.last_month,
            one.period.months,
            one.source,
            Estimate(row["value"], row["method"]),
        )
        for one in figures.references
        if one.table == "estimate" and one.period.last_month <= figures.window.last_month
        for row in one.rows
        if row["what"] == what
    ]
    return min(ended, key=lambda item: item[:3])[3] if ended else None
