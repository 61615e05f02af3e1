"""Development of volunteers: trainings, team building, motivation and recognition."""

from birge_aggregator.domain.contribution import Counters
from birge_aggregator.domain.figures import Figures, given_by_any, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices

COLUMNS = ("region", "layer", "hours", "events", "volunteers", "share_of_region_pct")


def development(figures: Figures, question: Question) -> Table:
    """A row for each region and layer with a report of development; they count in hours too."""
    rows = [
        _row(region, layer, counters)
        for region, layer, counters in figures.rows_of(question.region)
        if question.layer in (None, layer) and named(counters, "development")
    ]
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )


def _row(region: str, layer: str, counters: Counters) -> Row:
    hours = named(counters, "development", "hours")
    own, whole = sum(hours.values()), sum(named(counters, "direction", "hours").values())
    return {
        "region": region,
        "layer": layer,
        "hours": hours_from(own),
        "events": given_by_any(counters, "development", hours, "events"),
        "volunteers": given_by_any(counters, "development", hours, "people"),
        "share_of_region_pct": percentage(own, whole),
    }
