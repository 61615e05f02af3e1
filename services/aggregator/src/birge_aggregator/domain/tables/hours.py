"""Hours, events and engagements by region, direction and layer: the basis of everything else."""

from collections.abc import Iterator

from birge_aggregator.domain.contribution import FRONT_OFFICE, LAYERS, Counters, PageKey
from birge_aggregator.domain.figures import COUNTRY, Figures, given, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Missing, Question, Row, Table, code_order
from birge_aggregator.domain.tables.caveats import activity_caveats

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
        caveats=activity_caveats(figures, missing),
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


def not_attributable(figures: Figures, region: str) -> list[Row]:
    """What a narrower window, region or direction cannot hold: nobody invents a split."""
    found: dict[tuple[str, str, str, str], int] = {}
    for page, counters in figures.across.items():
        if region in (COUNTRY, page.region) or page.region == COUNTRY:
            _note(found, page, named(counters, "direction", "hours"))
    for page, counters in figures.inside.items():
        if page.region == COUNTRY:
            _note(found, page, named(counters, "direction", "hours"))
        elif region in (COUNTRY, page.region) and counters.get("direction//n"):
            _note(found, page, {"": counters.get("direction//hours", 0)})
    return [
        {
            "period": period,
            "region": of_region,
            "direction": direction or None,
            "layer": layer,
            "hours": hours_from(value),
        }
        for (period, of_region, direction, layer), value in sorted(
            found.items(),
            key=lambda item: (item[0][0], item[0][1], code_order(item[0][2] or None), item[0][3]),
        )
    ]


def _note(
    found: dict[tuple[str, str, str, str], int], page: PageKey, by_direction: dict[str, int]
) -> None:
    for direction, value in by_direction.items():
        found[page.period, page.region, direction, page.layer] = value


def missing_offices(figures: Figures, region: str) -> list[Missing]:
    """The regions whose office reported nothing in the window."""
    reported = {
        of_region
        for (of_region, layer), counters in figures.by_region_and_layer.items()
        if layer == FRONT_OFFICE and named(counters, "direction")
    }
    return [
        Missing(code, "hours", "no_submission")
        for code in figures.regions.expected
        if code not in reported and region in (COUNTRY, code)
    ]
