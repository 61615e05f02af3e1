"""What tables of activity cannot show: silent offices, and hours that no row can hold."""

from birge_aggregator.domain.contribution import FRONT_OFFICE, PageKey
from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import hours_from
from birge_aggregator.domain.tables.answer import Missing, Row, code_order
from birge_aggregator.domain.territory import COUNTRY


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
