"""Periods and windows as runs of whole months."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_SHAPE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(~12m)?|-H([12]))?")


@dataclass(frozen=True, slots=True)
class Span:
    """From one month to another, both inside; months are counted from year 0."""

    first: int
    last: int

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def touches(self, other: "Span") -> bool:
        """Whether the two share a month."""
        return not (other.last < self.first or self.last < other.first)

    @property
    def first_day(self) -> date:
        """The first day of the first month."""
        return date(self.first // 12, self.first % 12 + 1, 1)

    @property
    def years(self) -> range:
        """The calendar years that share a month with it."""
        return range(self.first // 12, self.last // 12 + 1)

    @property
    def days(self) -> int:
        """How many days its months have."""
        months = range(self.first, self.last + 1)
        return sum(monthrange(month // 12, month % 12 + 1)[1] for month in months)

    @property
    def half_years(self) -> tuple[str, ...]:
        """The half-years wholly inside, the latest first."""
        years = range(self.last // 12, self.first // 12 - 1, -1)
        names = [f"{year:04d}-H{half}" for year in years for half in (2, 1)]
        return tuple(name for name in names if self.holds(span_of(name)))


def span_of(text: str) -> Span:
    """The months of `2022-03`, `2022-H1`, `2022` or `2022-10~12m`; ValueError for others."""
    shape = _SHAPE.fullmatch(text)
    if shape is None or shape[1] == "0000":
        raise ValueError("neither a period nor a window")
    january = int(shape[1]) * 12
    if shape[4]:
        start = january + 6 * (int(shape[4]) - 1)
        return Span(start, start + 5)
    if shape[2]:
        month = january + int(shape[2]) - 1
        return Span(month - 11 if shape[3] else month, month)
    return Span(january, january + 11)


@lru_cache(maxsize=4096)
def stated_span(text: str) -> Span | None:
    """The months of a stated period; None for what is no month, half-year or year."""
    try:
        return None if "~" in text else span_of(text)
    except ValueError:
        return None


def half_before(half_year: str) -> str:
    """The half-year before."""
    year, half = int(half_year[:4]), half_year[5:]
    return f"{year - 1:04d}-H2" if half == "H1" else f"{year:04d}-H1"


def year_before(half_year: str) -> str:
    """The same half of the year before."""
    return f"{int(half_year[:4]) - 1:04d}{half_year[4:]}"
