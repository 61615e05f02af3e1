"""Numbers as the API writes them, from exact values: rounded once, half away from zero."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal


def percent(part: Exact | None, whole: Exact | None) -> float | None:
    """`part` in per cent of `whole` with four decimals; None where there is no such share."""
    if part is None or not whole:
        return None
    ratio = Fraction(part) * 100 / Fraction(whole)
    steps = int(abs(ratio) * 10_000 + Fraction(1, 2))
    return float(Decimal(steps if ratio >= 0 else -steps).scaleb(-4))


def rounded(value: Exact | Fraction, decimals: int) -> int | float:
    """A JSON number with so many decimals at most, rounded half away from zero."""
    scaled = Fraction(value) * 10**decimals
    steps = int(abs(scaled) + Fraction(1, 2))
    return number(Decimal(steps if scaled >= 0 else -steps).scaleb(-decimals))


def number(value: Exact) -> int | float:
    """A JSON number: whole ones without a point."""
    return int(value) if value == int(value) else float(value)


def given_sum(values: Iterable[int | None]) -> int | None:
    """The sum of what was given; None where nothing was."""
    given = [value for value in values if value is not None]
    return sum(given) if given else None
