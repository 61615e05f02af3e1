"""Development of volunteers: trainings, team building, motivation and recognition."""

from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices

COLUMNS = ("region", "layer", "hours", "events", "volunteers", "share_of_region_pct")


def development(figures: Figures, question: Question) -> Table:
    """A row for each region and layer with a report of development; they count in hours too."""
    rows: list[Row] = [
        {
            "region": region,
            "layer": layer,
            "hours": hours_from(counters["development//hours"]),
            "events": given(counters, "development/", "events"),
            "volunteers": given(counters, "development/", "people"),
            "share_of_region_pct": percentage(
                counters["development//hours"],
                sum(named(counters, "direction", "hours").values()),
            ),
        }
        for region, layer, counters in figures.rows_of(question.region)
        if question.layer in (None, layer) and counters.get("development//n")
    ]
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )
