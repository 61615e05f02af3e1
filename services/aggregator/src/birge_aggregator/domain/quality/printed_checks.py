"""Printed totals held against the sum of their parts, our own figures, and each other."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from birge_aggregator.domain.contribution import FRONT_OFFICE
from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import to_hundredths
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.details import Detail, detail
from birge_aggregator.domain.quality.finding import ERROR, WARNING, Finding, region_or_none
from birge_aggregator.domain.quality.own_figures import (
    PERCENT,
    PERCENT_OF_EVENTS,
    is_held,
    own_figure,
)
from birge_aggregator.domain.references import Reference
from birge_aggregator.domain.tables.representedness import mark
from birge_aggregator.domain.territory import COUNTRY

Row = Mapping[str, Any]
_HOURS = ("h", "hours")


def printed_findings(figures: Figures) -> Iterator[Finding]:
    """Of every total printed for a period inside one calendar year."""
    for reference in figures.references:
        if reference.table == "printed_total" and figures.window.contains(reference.period):
            for row in reference.rows:
                yield from _sum_of_parts(reference, row)
                if row.get("of") and is_held(row["unit"], row["of"]):
                    yield from _against_our_figure(figures, reference, row)
                    yield from _beyond_its_whole(reference, row)


def _sum_of_parts(reference: Reference, row: Row) -> Iterator[Finding]:
    parts = row.get("parts") or ()
    if not parts:
        return
    found = sum((_exact(part["value"]) for part in parts), Fraction(0))
    if not agrees(row, found):
        stated = ", ".join(f"{part['what']} {part['value']}" for part in parts)
        told = detail("printed_parts", **_printed(reference, row), parts=stated)
        yield _finding("sum_of_parts", ERROR, f"{row['unit']}|parts", reference, row, found, told)


def _against_our_figure(figures: Figures, reference: Reference, row: Row) -> Iterator[Finding]:
    of = row["of"]
    found = own_figure(figures, reference.period, row["unit"], of)
    about = ", ".join(f"{name} {_text(value)}" for name, value in of.items() if value is not None)
    if found is None or not agrees(row, found):
        silent = ", ".join(_silent_offices(figures, reference, of))
        code = "printed_total_with_gaps" if silent else "printed_total"
        ours = detail(code, **_printed(reference, row), about=about, silent=silent)
        yield _finding("printed_total", WARNING, f"{row['unit']}|of", reference, row, found, ours)
    is_share = row["unit"] in (PERCENT, PERCENT_OF_EVENTS)
    if found is not None and is_share and of["table"] == "representedness":
        printed, own = (mark(share, 100) for share in (_exact(row["value"]), found))
        if printed != own:
            marks = {"printed": printed, "own": own, "about": about}
            told = detail("mark", **_printed(reference, row), **marks)
            yield _finding("contradiction", WARNING, "mark", reference, row, found, told)


def _beyond_its_whole(reference: Reference, row: Row) -> Iterator[Finding]:
    """A printed share of a direction that would be more than all of the region's hours."""
    of = row["of"]
    direction, region = of.get("direction"), _region(of)
    is_share = row["unit"] == PERCENT and of["table"] == "directions"
    if not is_share or direction is None or region == COUNTRY:
        return
    of_direction = _printed_hours(reference.rows, direction, COUNTRY)
    of_region = _printed_hours(reference.rows, None, region)
    if of_direction is None or of_region is None:
        return
    found = _exact(row["value"]) * of_direction / 100
    if found > of_region:
        yield Finding(
            "contradiction",
            WARNING,
            region,
            reference.period.name,
            row["what"],
            to_hundredths(of_region),
            to_hundredths(found),
            to_hundredths(found - of_region),
            detail("beyond_whole", direction=direction, publisher=reference.publisher),
            key=f"{reference.source}|share|{_named(of)}",
        )


def _printed_hours(rows: Sequence[Row], direction: str | None, region: str) -> Fraction | None:
    """Printed hours of a direction of the country, or of all of a region."""
    for row in rows:
        of = row.get("of") or {}
        if (
            row["unit"] in _HOURS
            and of.get("table") in ("hours", "directions")
            and of.get("direction") == direction
            and _region(of) == region
        ):
            return _exact(row["value"])
    return None


def agrees(row: Row, found: Fraction) -> bool:
    """Whether a figure rounds to the printed value, or is no less where print says "at least"."""
    printed = _exact(row["value"])
    if row.get("at_least"):
        return found >= printed
    exponent = Decimal(str(row["value"])).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return 2 * abs(found - printed) * 10**decimals < 1 or found == printed


def _finding(
    check: str,
    importance: str,
    against: str,
    reference: Reference,
    row: Row,
    found: Fraction | None,
    told: Detail,
) -> Finding:
    printed = _exact(row["value"])
    return Finding(
        check,
        importance,
        region_or_none(_region(row.get("of") or {})),
        reference.period.name,
        row["what"],
        to_hundredths(printed),
        None if found is None else to_hundredths(found),
        None if found is None else to_hundredths(found - printed),
        told,
        key=f"{reference.source}|{against}|{_named(row.get('of') or {})}",
    )


def _printed(reference: Reference, row: Row) -> Mapping[str, str]:
    """Of what unit, by whom, and whether it is said to be the least."""
    least = " (≥)" if row.get("at_least") else ""
    return {"unit": row["unit"], "publisher": reference.publisher, "least": least}


def _text(value: Any) -> str:
    return " + ".join(value) if isinstance(value, list) else str(value)


def _silent_offices(figures: Figures, reference: Reference, of: Row) -> list[str]:
    """What our figure lacks: the offices that reported nothing of the period."""
    reported = {
        page.region
        for page, counters in figures.inside.items()
        if page.layer == FRONT_OFFICE
        and named(counters, "direction")
        and (stated := window_from(page.period)) is not None
        and reference.period.contains(stated)
    }
    if of["table"] in ("volunteers", "organisations") or _region(of) != COUNTRY:
        return []
    return [code for code in figures.regions.expected if code not in reported]


def _named(of: Row) -> str:
    """What a printed row is of, so that two of one name are told apart."""
    if not of:
        return ""
    layers, net = "+".join(of.get("layers") or ()), "net" if of.get("net") else ""
    return ":".join((of["table"], layers, of.get("direction") or "", of.get("region") or "", net))


def _region(of: Row) -> str:
    return of.get("region") or COUNTRY


def _exact(number: Any) -> Fraction:
    return Fraction(str(number))
