"""How volunteering is done: with a car, online, offline, or not said."""

from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table, code_order
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices

COLUMNS = ("region", "format", "hours", "events", "share_pct")


def formats(figures: Figures, question: Question) -> Table:
    """A row for each region and format; the share is of the region's hours."""
    rows: list[Row] = []
    for region, counters in figures.layers_apart_or_together(question.region, question.layer):
        by_format = named(counters, "format", "hours")
        rows += [
            {
                "region": region,
                "format": name or None,
                "hours": hours_from(own),
                "events": given(counters, f"format/{name}", "events"),
                "share_pct": percentage(own, sum(by_format.values())),
            }
            for name, own in sorted(by_format.items(), key=lambda item: code_order(item[0] or None))
        ]
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )
