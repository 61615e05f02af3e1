"""Hours, events and engagements by region, direction and layer: the basis of everything else."""

from collections.abc import Iterator

from birge_aggregator.domain.contribution import LAYERS, Counters
from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table, code_order
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices, not_attributable

COLUMNS = (
    "region",
    "direction",
    "layer",
    "hours",
    "events",
    "volunteers",
    "already_counted",
    "share_of_direction_pct",
    "share_of_region_pct",
)


def hours(figures: Figures, question: Question) -> Table:
    """Rows gross, one for each region, direction and layer; the totals are net.

    `already_counted` is deducted in the region and period of the report that declares it.
    """
    rows = [
        row
        for region, layer, counters in figures.rows_of(question.region)
        if question.layer in (None, layer)
        for row in _rows(figures, region, layer, counters)
    ]
    rows.sort(key=lambda row: (row["region"], code_order(row["direction"]), row["layer"]))
    missing = missing_offices(figures, question.region)
    return Table(
        rows=rows,
        missing=missing,
        caveats=activity_caveats(figures, question.region, missing),
        totals=totals(figures, question.region),
        not_attributable=not_attributable(figures, question.region),
        columns=COLUMNS,
    )


def _rows(figures: Figures, region: str, layer: str, counters: Counters) -> Iterator[Row]:
    by_direction = named(counters, "direction", "hours")
    of_region = sum(by_direction.values())
    for direction, own in by_direction.items():
        group = f"direction/{direction}"
        of_direction = figures.of_country[layer][f"{group}/hours"]
        yield {
            "region": region,
            "direction": direction or None,
            "layer": layer,
            "hours": hours_from(own),
            "events": given(counters, group, "events"),
            "volunteers": given(counters, group, "people"),
            "already_counted": hours_from(counters.get(f"{group}/already", 0)),
            "share_of_direction_pct": percentage(own, of_direction) if direction else None,
            "share_of_region_pct": percentage(own, of_region),
        }


def totals(figures: Figures, region: str) -> Row:
    """Hours by layer, what is already counted elsewhere, and the grand total without it."""
    by_layer = dict.fromkeys(LAYERS, 0)
    already = 0
    for name, layer, counters in figures.rows_of(region):
        if name == region:
            by_layer[layer] += sum(named(counters, "direction", "hours").values())
            already += sum(named(counters, "direction", "already").values())
    return {
        **{layer: hours_from(value) for layer, value in by_layer.items()},
        "already_counted": hours_from(already),
        "grand_total": hours_from(sum(by_layer.values()) - already),
    }
