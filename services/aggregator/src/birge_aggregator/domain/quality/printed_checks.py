"""Printed totals held against the sum of their parts, and against our own figure."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from birge_aggregator.domain.contribution import LAYERS, Counters
from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.numbers import to_hundredths
from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.quality.finding import ERROR, WARNING, Finding
from birge_aggregator.domain.references import Reference
from birge_aggregator.domain.territory import COUNTRY

_MEASURES = {"events": "events", "volunteers": "people", "persons": "people"}


def printed_findings(figures: Figures) -> Iterator[Finding]:
    """Of every total printed for a period inside the window."""
    for reference in figures.references:
        if reference.table == "printed_total" and figures.window.contains(reference.period):
            for row in reference.rows:
                yield from _sum_of_parts(reference, row)
                yield from _own_figure(figures, reference, row)


def _sum_of_parts(reference: Reference, row: Mapping[str, Any]) -> Iterator[Finding]:
    parts = row.get("parts") or ()
    if not parts:
        return
    found = sum((_exact(part["value"]) for part in parts), Fraction(0))
    if not agrees(row, found):
        stated = ", ".join(f"{part['what']} {part['value']}" for part in parts)
        yield _finding("sum_of_parts", ERROR, reference, row, found, f"parts: {stated}")


def _own_figure(
    figures: Figures, reference: Reference, row: Mapping[str, Any]
) -> Iterator[Finding]:
    of = row.get("of")
    if not of:
        return
    found = own_figure(figures, reference.period, row["unit"], of)
    if found is None or not agrees(row, found):
        named_by = ", ".join(f"{name} {value}" for name, value in of.items() if value is not None)
        yield _finding("printed_total", WARNING, reference, row, found, f"our figure: {named_by}")


def agrees(row: Mapping[str, Any], found: Fraction) -> bool:
    """Whether a figure rounds to the printed value, or is no less where print says "at least"."""
    printed = _exact(row["value"])
    if row.get("at_least"):
        return found >= printed
    unit = Fraction(1, 10 ** len(str(row["value"]).partition(".")[2].rstrip("0")))
    return 2 * abs(found - printed) < unit or found == printed


def own_figure(
    figures: Figures, period: Window, unit: str, of: Mapping[str, Any]
) -> Fraction | None:
    """The figure of ours that a printed total names; None where we have none of that kind.

    Volunteers of the census are those of the window itself: of another period they are asked for
    with that period.
    """
    region = of.get("region") or COUNTRY
    if of["table"] == "volunteers":
        return _volunteers(figures, region) if period == figures.window else None
    if of["table"] not in ("hours", "directions", "development"):
        return None
    layers = of.get("layers") or LAYERS
    whole: Fraction | None = None
    for page, counters in figures.inside.items():
        stated = window_from(page.period)
        if stated is None or not period.contains(stated) or page.layer not in layers:
            continue
        if region in (COUNTRY, page.region):
            part = _part(counters, unit, of)
            whole = part if whole is None else whole if part is None else whole + part
    return whole


def _part(counters: Counters, unit: str, of: Mapping[str, Any]) -> Fraction | None:
    if of["table"] == "development":
        groups = ["development/"] if counters.get("development//n") else []
    elif of.get("direction"):
        groups = [f"direction/{of['direction']}"]
    else:
        groups = [f"direction/{name}" for name in named(counters, "direction")]
    if unit in _MEASURES:
        values = [given(counters, group, _MEASURES[unit]) for group in groups]
        provided = [value for value in values if value is not None]
        return Fraction(sum(provided)) if provided else None
    hundredths = sum(
        counters.get(f"{group}/hours", 0)
        - (counters.get(f"{group}/already", 0) if of.get("net") else 0)
        for group in groups
    )
    return Fraction(hundredths, 100)


def _volunteers(figures: Figures, region: str) -> Fraction | None:
    totals = [
        snapshot["total"]
        for place, snapshot in figures.censuses.items()
        if region in (COUNTRY, place)
    ]
    provided = [total for total in totals if total is not None]
    return Fraction(sum(provided)) if provided else None


def _finding(
    check: str,
    importance: str,
    reference: Reference,
    row: Mapping[str, Any],
    found: Fraction | None,
    detail: str,
) -> Finding:
    of = row.get("of") or {}
    return Finding(
        check,
        importance,
        None if of.get("region") in (None, COUNTRY) else of["region"],
        reference.period.name,
        row["what"],
        row["value"],
        None if found is None else to_hundredths(found),
        None if found is None else to_hundredths(found - _exact(row["value"])),
        f"{row['unit']}, printed{' as at least' if row.get('at_least') else ''} by "
        f"{reference.publisher}; {detail}",
    )


def _exact(number: Any) -> Fraction:
    return Fraction(str(number))
