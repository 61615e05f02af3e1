"""Tables counted from activity reports."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from birge_stack.oracle.exact import number, percent
from birge_stack.oracle.sums import Cell, Sum
from birge_stack.oracle.territory import COUNTRY, DIRECTIONS, LAYERS
from birge_stack.oracle.views import View, null_last, summed_by

Row = dict[str, Any]
DirectionInLayer = tuple[str | None, str]


def _by_direction(cell: Cell) -> DirectionInLayer:
    return (cell.direction, cell.layer)


def _in_order(key: DirectionInLayer) -> tuple[tuple[bool, str], str]:
    return (null_last(key[0]), key[1])


def hours(view: View, region: str, layer: str | None) -> list[Row]:
    """One row a region, direction and layer; shares are within the row's layer."""
    country = summed_by(view.of(COUNTRY), _by_direction)
    rows = []
    for place in view.rows_for(region):
        sums = summed_by(view.of(place, layer), _by_direction)
        wholes = summed_by(view.of(place), lambda cell: cell.layer)
        for key in sorted(sums, key=_in_order):
            direction, of_layer = key
            total = sums[key]
            rows.append(
                {
                    "region": place,
                    "direction": direction,
                    "layer": of_layer,
                    "hours": number(total.hours),
                    "events": total.events,
                    "volunteers": total.volunteers,
                    "already_counted": number(total.already_counted),
                    "share_of_direction_pct": None
                    if direction is None
                    else percent(total.hours, country[key].hours),
                    "share_of_region_pct": percent(total.hours, wholes[of_layer].hours),
                }
            )
    return rows


def hours_totals(view: View, region: str) -> Row:
    """Hours by layer, what is counted elsewhere too, and all of it once."""
    cells = view.of(region)
    by_layer = summed_by(cells, lambda cell: cell.layer)
    layers = {layer: by_layer.get(layer, Sum()).hours for layer in LAYERS}
    elsewhere = sum((cell.sum.already_counted for cell in cells), Decimal(0))
    figures = {
        **layers,
        "already_counted": elsewhere,
        "grand_total": sum(layers.values(), Decimal(0)) - elsewhere,
    }
    return {name: number(value) for name, value in figures.items()}


def not_attributable(view: View, region: str) -> list[Row]:
    """Hours that the window, the region or the direction is too narrow to hold."""
    loose = [
        cell
        for cell in (*view.across, *view.inside)
        if region in (COUNTRY, cell.region) or cell.region == COUNTRY
    ]
    held = {id(cell) for cell in view.inside if cell.region != COUNTRY and cell.direction}
    sums = summed_by(
        [cell for cell in loose if id(cell) not in held],
        lambda cell: (cell.period, cell.region, null_last(cell.direction), cell.layer),
    )
    return [
        {
            "period": period,
            "region": place,
            "direction": direction or None,
            "layer": layer,
            "hours": number(total.hours),
        }
        for (period, place, (_, direction), layer), total in sorted(
            sums.items(), key=lambda item: item[0]
        )
    ]


def directions(view: View, region: str, layer: str | None) -> list[Row]:
    """One row a direction and layer of the region or the country, with its one top region."""
    sums = summed_by(view.of(region, layer), _by_direction)
    wholes = summed_by(view.of(region), lambda cell: cell.layer)
    return [
        {
            "direction": key[0],
            "layer": key[1],
            "hours": number(sums[key].hours),
            "events": sums[key].events,
            "volunteers": sums[key].volunteers,
            "share_pct": percent(sums[key].hours, wholes[key[1]].hours),
            "top_region": _top_region(view, key),
        }
        for key in sorted(sums, key=_in_order)
    ]


def _top_region(view: View, key: DirectionInLayer) -> Row | None:
    """The region with the largest share of a direction; the lowest code among equals."""
    if key[0] is None:
        return None
    by_region = summed_by(
        [cell for cell in view.inside if _by_direction(cell) == key], lambda cell: cell.region
    )
    whole = sum((total.hours for total in by_region.values()), Decimal(0))
    regions = sorted(by_region.keys() - {COUNTRY})
    if not regions:
        return None
    top = max(regions, key=lambda region: by_region[region].hours)
    return {"region": top, "share_pct": percent(by_region[top].hours, whole)}


def formats(view: View, region: str, layer: str | None) -> list[Row]:
    """One row a region and format, over the layers asked for."""
    rows = []
    for place in view.rows_for(region):
        cells = view.of(place, layer)
        sums = summed_by(cells, lambda cell: cell.format)
        whole = sum((cell.sum.hours for cell in cells), Decimal(0))
        for kind in sorted(sums, key=null_last):
            rows.append(
                {
                    "region": place,
                    "format": kind,
                    "hours": number(sums[kind].hours),
                    "events": sums[kind].events,
                    "share_pct": percent(sums[kind].hours, whole),
                }
            )
    return rows


def participants(view: View, region: str, layer: str | None) -> list[Row]:
    """One row a region and category that any report gave."""
    rows = []
    for place in view.rows_for(region):
        counts: defaultdict[str, int] = defaultdict(int)
        for cell in view.of(place, layer):
            for category, count in cell.sum.participants.items():
                counts[category] += count
        whole = sum(counts.values())
        rows += [
            {
                "region": place,
                "category": category,
                "volunteers": counts[category],
                "share_pct": percent(counts[category], whole),
            }
            for category in sorted(counts)
        ]
    return rows


def representedness(view: View, region: str, basis: str) -> list[Row]:
    """Every direction of each region with any front-office activity, and its mark."""
    rows = []
    for place in view.regions if region == COUNTRY else (region,):
        sums = summed_by(view.of(place, "front_office"), lambda cell: cell.direction)
        amounts = {
            direction: (sums[direction].hours if basis == "hours" else sums[direction].events) or 0
            for direction in DIRECTIONS
            if direction in sums
        }
        whole = sum(amounts.values())
        if not whole:
            continue
        for direction in DIRECTIONS:
            amount = amounts.get(direction, 0)
            rows.append(
                {
                    "region": place,
                    "direction": direction,
                    "share_pct": percent(amount, whole),
                    "mark": "●" if 4 * amount > whole else "×" if 20 * amount < whole else "",
                }
            )
    return rows


def without_reports(view: View, region: str) -> list[Row]:
    """Expected regions of which no front office reported anything inside the window."""
    reported = {cell.region for cell in view.inside if cell.layer == "front_office"}
    return [
        {"region": place, "what": "hours", "reason": "no_submission"}
        for place in view.expected
        if region in (COUNTRY, place) and place not in reported
    ]
