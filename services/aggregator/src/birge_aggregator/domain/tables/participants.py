"""Who takes part: engagements by category of participant, where reports say so."""

from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices

COLUMNS = ("region", "category", "volunteers", "share_pct")


def participants(figures: Figures, question: Question) -> Table:
    """A row for each region and category; the share is of the region's sum over categories."""
    rows: list[Row] = []
    for region, counters in figures.layers_apart_or_together(question.region, question.layer):
        by_category = named(counters, "participants", "people")
        rows += [
            {
                "region": region,
                "category": category,
                "volunteers": people,
                "share_pct": percentage(people, sum(by_category.values())),
            }
            for category, people in sorted(by_category.items())
        ]
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )
