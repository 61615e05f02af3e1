"""Development, support and grants: rules 23, 24 and 28."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from birge_stack.oracle.exact import number, percent
from birge_stack.oracle.references import Reference
from birge_stack.oracle.spans import Span, span_of
from birge_stack.oracle.sums import Cell, Sum
from birge_stack.oracle.territory import COUNTRY
from birge_stack.oracle.views import View, null_last, summed_by

Row = dict[str, Any]
STATUSES = ("provided", "not_provided", "refused", "unreachable")


def development(view: View, region: str, layer: str | None) -> list[Row]:
    """A row for each region and layer with a report of development."""
    rows = []
    for place in view.rows_for(region):
        cells = view.of(place, layer)
        whole = summed_by(cells, lambda cell: cell.layer)
        own = summed_by((cell for cell in cells if cell.development), lambda cell: cell.layer)
        for of_layer, total in sorted(own.items()):
            rows.append(
                {
                    "region": place,
                    "layer": of_layer,
                    "hours": number(total.hours),
                    "events": total.events,
                    "volunteers": total.volunteers,
                    "share_of_region_pct": percent(total.hours, whole[of_layer].hours),
                }
            )
    return rows


def support(
    view: View, window: Span, region: str, layer: str | None, thresholds: Sequence[Reference]
) -> list[Row]:
    """Any kind first, then each kind, of every region with a live report."""
    rows = []
    for place in view.regions if region == COUNTRY else (region,):
        cells = view.of(place, layer or "front_office")
        if not cells or place == COUNTRY:
            continue
        for kind in (None, *sorted({kind for cell in cells for kind in cell.support})):
            rows.append({"region": place, **_mentions(cells, kind, window, thresholds)})
    return rows


def _mentions(
    cells: Sequence[Cell], kind: str | None, window: Span, thresholds: Sequence[Reference]
) -> Row:
    naming = [cell for cell in cells if (cell.support if kind is None else kind in cell.support)]
    mentioned = {cell.period for cell in naming if _is_month(cell.period)}
    months = window.last - window.first + 1
    name = None
    if thresholds and months > 1:
        name = _class(len(mentioned), months, thresholds[0].rows)
    return {
        "support": kind,
        "reports": None if kind is None else sum(cell.sum.reports for cell in naming),
        "months_mentioned": len(mentioned),
        "months": months,
        "mentioned_pct": percent(len(mentioned), months),
        "class": name,
    }


def _is_month(period: str) -> bool:
    span = span_of(period)
    return span.first == span.last


def _class(mentioned: int, months: int, rows: Sequence[Mapping[str, Any]]) -> str | None:
    if mentioned == 0:
        return "none"
    highest = None
    for row in rows:
        least = Decimal(row["at_least_pct_of_months"])
        if Decimal(mentioned * 100) >= least * months and (highest is None or least > highest[0]):
            highest = (least, row["class"])
    return None if highest is None else str(highest[1])


def support_missing(window: Span, thresholds: Sequence[Reference]) -> list[Row]:
    """What there is no class without."""
    found = []
    if not thresholds:
        found.append(_gap("support_thresholds", "not_provided"))
    if window.first == window.last:
        found.append(_gap("class", "half_yearly"))
    return found


def _gap(what: str, reason: str) -> Row:
    return {"region": COUNTRY, "what": what, "reason": reason}


def grants(
    view: View,
    window: Span,
    region: str,
    layer: str | None,
    indicators: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Projects by direction from reports, with how their indicators were answered."""
    in_window = [data for data in indicators if window.holds(span_of(data["period"]))]
    if region != COUNTRY:
        in_window = []
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for data in in_window:
        answers[data["project"]].append(data["status"])
    sums = summed_by(
        (cell for cell in view.of(region, layer) if cell.project is not None),
        lambda cell: (cell.project, cell.direction),
    )
    reported = {project for project, _ in sums}
    keys = [*sums, *((project, None) for project in answers if project not in reported)]
    rows = []
    for project, direction in sorted(keys, key=lambda key: (str(key[0]), null_last(key[1]))):
        total: Sum | None = sums.get((project, direction))
        statuses = answers.get(str(project), [])
        rows.append(
            {
                "project": project,
                "direction": direction,
                "hours": None if total is None else number(total.hours),
                "events": None if total is None else total.events,
                "volunteers": None if total is None else total.volunteers,
                **{
                    status: statuses.count(status) if region == COUNTRY else None
                    for status in STATUSES
                },
            }
        )
    missing = [
        _gap(f"{data['project']}/{data['indicator']}", data["status"])
        for data in in_window
        if data["status"] != "provided"
    ]
    return {"rows": rows, "missing": missing}
