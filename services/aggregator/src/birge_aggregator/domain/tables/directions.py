"""Directions of volunteering: what each one is of the whole, and the one region that leads it."""

from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table, code_order
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "direction",
    "layer",
    "hours",
    "events",
    "volunteers",
    "share_pct",
    "top_region.region",
    "top_region.share_pct",
)


def directions(figures: Figures, question: Question) -> Table:
    """A row for each direction and layer of the asked region, or of the country."""
    rows: list[Row] = []
    for region, layer, counters in figures.rows_of(question.region):
        if region != question.region or question.layer not in (None, layer):
            continue
        by_direction = named(counters, "direction", "hours")
        for direction, own in by_direction.items():
            group = f"direction/{direction}"
            rows.append(
                {
                    "direction": direction or None,
                    "layer": layer,
                    "hours": hours_from(own),
                    "events": given(counters, group, "events"),
                    "volunteers": given(counters, group, "people"),
                    "share_pct": percentage(own, sum(by_direction.values())),
                    "top_region": top_region(figures, direction, layer) if direction else None,
                }
            )
    rows.sort(key=lambda row: (code_order(row["direction"]), row["layer"]))
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )


def top_region(figures: Figures, direction: str, layer: str) -> Row | None:
    """The region with the largest share of a direction; of equal ones the first by code.

    Naming the one region is the report's own custom; regions are never ordered by volume.
    """
    whole = named(figures.of_country[layer], "direction", "hours")[direction]
    of_regions = [
        (counters.get(f"direction/{direction}/hours", 0), region)
        for (region, of_layer), counters in figures.by_region_and_layer.items()
        if of_layer == layer and region != COUNTRY
    ]
    most = max((own for own, _ in of_regions), default=0)
    if most <= 0:
        return None
    first = min(region for own, region in of_regions if own == most)
    return {"region": first, "share_pct": percentage(most, whole)}
