"""Findings of printed totals: against their parts, our own figures, and one another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from birge_stack.oracle.findings import ERROR, Finding
from birge_stack.oracle.own_figures import PCT, SHARE_UNITS, OwnFigures, is_held
from birge_stack.oracle.territory import COUNTRY

Printed = Mapping[str, Any]
HOUR_UNITS = ("h", "hours")
MARKED_OVER_PCT, MARKED_UNDER_PCT = 25, 5


def findings_of_printed(
    stated: Sequence[tuple[str, Mapping[str, Any]]], own_figures_of: Callable[[str], OwnFigures]
) -> Iterator[Finding]:
    """What printed tables, each with its source and data, leave to be asked."""
    for source, data in stated:
        for row in data["rows"]:
            yield from _of_row(row, data["rows"], source, str(data["period"]), own_figures_of)


def _of_row(
    row: Printed,
    rows: Sequence[Printed],
    source: str,
    period: str,
    own_figures_of: Callable[[str], OwnFigures],
) -> Iterator[Finding]:
    what, unit, value = row["what"], row["unit"], Fraction(row["value"])
    of = row.get("of")
    place = None if of is None else region_of(of)
    parts = row.get("parts")
    if parts:
        total = sum((Fraction(part["value"]) for part in parts), Fraction(0))
        if not agrees(total, row):
            key = f"{source}|{unit}|parts|{_words_of(of)}"
            yield Finding("sum_of_parts", place, period, what, value, total, key, ERROR)
    if of is None or not is_held(unit, of):
        return
    own = own_figures_of(period).value(unit, of)
    if own is None or not agrees(own, row):
        yield Finding(
            "printed_total", place, period, what, value, own, f"{source}|{unit}|of|{_words_of(of)}"
        )
    if unit in SHARE_UNITS and of["table"] == "representedness" and own is not None:
        if _mark(own) != _mark(value):
            yield Finding(
                "contradiction", place, period, what, value, own, f"{source}|mark|{_words_of(of)}"
            )
    elif unit == PCT and of["table"] == "directions" and place and of.get("direction"):
        whole, most = _hours(rows, of["direction"], None), _hours(rows, None, place)
        if whole is not None and most is not None and value * whole / 100 > most:
            found, key = value * whole / 100, f"{source}|share|{_words_of(of)}"
            yield Finding("contradiction", place, period, what, most, found, key)


def _words_of(of: Mapping[str, Any] | None) -> str:
    """Table, layers, direction, region and net of what a row claims to be."""
    if of is None:
        return ""
    parts = [of["table"], "+".join(of.get("layers") or [])]
    parts += [of.get("direction") or "", of.get("region") or "", "net" if of.get("net") else ""]
    return ":".join(parts)


def region_of(of: Mapping[str, Any]) -> str | None:
    """The region that a printed figure is of; None for the country."""
    region = of.get("region")
    return None if region in (None, COUNTRY) else str(region)


def agrees(found: Fraction, row: Printed) -> bool:
    """Whether a figure is the printed one, or rounds to it at the decimals printed."""
    value = Fraction(row["value"])
    if row.get("at_least"):
        return found >= value
    return found == value or 2 * abs(found - value) < _last_unit(row["value"])


def _last_unit(value: int | Decimal) -> Fraction:
    """One unit of the last decimal printed; trailing zeros are no decimals."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** min(0, exponent)


def _mark(share: Fraction) -> str:
    return "●" if share > MARKED_OVER_PCT else "×" if share < MARKED_UNDER_PCT else ""


def _hours(rows: Sequence[Printed], direction: str | None, region: str | None) -> Fraction | None:
    """The first printed hours of a direction in the country, or of a region in all directions."""
    for row in rows:
        of = row.get("of")
        if (
            of is not None
            and row["unit"] in HOUR_UNITS
            and of["table"] in ("hours", "directions")
            and of.get("direction") == direction
            and region_of(of) == region
        ):
            return Fraction(row["value"])
    return None
