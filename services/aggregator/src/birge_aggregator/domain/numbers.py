"""Exact figures at the edge: hundredths become hours, two integers become a percentage."""

from fractions import Fraction

HUNDRED_PERCENT = 100 * 10_000


def hours_from(hundredths: int) -> int | float:
    """Hours as people write them: whole ones without a fraction."""
    whole, rest = divmod(hundredths, 100)
    return whole if rest == 0 else hundredths / 100


def percentage(part: int, whole: int) -> float | None:
    """`part` of `whole` in per cent, four decimals, rounded once, half away from zero.

    None where there is no whole to be a part of.
    """
    if whole <= 0:
        return None
    scaled = (2 * abs(part) * HUNDRED_PERCENT + whole) // (2 * whole)
    return (scaled if part >= 0 else -scaled) / 10_000


def to_hundredths(value: Fraction) -> int | float:
    """An exact value with two decimals, rounded once, half away from zero; whole ones bare."""
    scaled = (abs(value.numerator) * 200 + value.denominator) // (2 * value.denominator)
    return hours_from(scaled if value >= 0 else -scaled)
