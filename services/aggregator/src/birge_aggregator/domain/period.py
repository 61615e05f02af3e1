"""Periods as people state them, and the windows that figures are asked for, in whole months."""

import re
from typing import NamedTuple

_PERIOD = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|H([12])))?")
_ROLLING = re.compile(r"(\d{4})-(0[1-9]|1[0-2])~12m")


class Window(NamedTuple):
    """A run of whole months; months are numbered year × 12 + month − 1."""

    name: str
    first_month: int
    last_month: int

    @property
    def months(self) -> int:
        """How many months long it is: 1, 6 or 12."""
        return self.last_month - self.first_month + 1

    def contains(self, other: "Window") -> bool:
        """Whether the other lies wholly inside."""
        return self.first_month <= other.first_month and other.last_month <= self.last_month

    def overlaps(self, other: "Window") -> bool:
        """Whether they share a month."""
        return self.first_month <= other.last_month and other.first_month <= self.last_month


def window_from(name: str) -> Window | None:
    """The window of `2022-03`, `2022-H1`, `2022` or `2022-10~12m`; None for anything else."""
    if rolling := _ROLLING.fullmatch(name):
        last = int(rolling[1]) * 12 + int(rolling[2]) - 1
        return Window(name, last - 11, last)
    found = _PERIOD.fullmatch(name)
    if found is None:
        return None
    january = int(found[1]) * 12
    if found[2]:
        return Window(name, january + int(found[2]) - 1, january + int(found[2]) - 1)
    if found[3]:
        first = january + 6 * (int(found[3]) - 1)
        return Window(name, first, first + 5)
    return Window(name, january, january + 11)


def stated_window(name: str) -> Window:
    """The window of a period that is known to be one."""
    window = window_from(name)
    assert window is not None, name
    return window


def year_after(year: Window, years: int) -> Window:
    """The calendar year so many years later."""
    january = year.first_month + 12 * years
    return Window(f"{january // 12:04d}", january, january + 11)


def years_of(window: Window) -> list[Window]:
    """The calendar years that the window touches."""
    years = range(window.first_month // 12, window.last_month // 12 + 1)
    return [Window(f"{year:04d}", year * 12, year * 12 + 11) for year in years]


def stated_periods(window: Window) -> tuple[list[str], list[str]]:
    """The months, half-years and years inside the window, and those that only overlap it."""
    first_year, last_year = window.first_month // 12, window.last_month // 12
    names = [
        name
        for year in range(first_year, last_year + 1)
        for name in (
            *(f"{year:04d}-{month:02d}" for month in range(1, 13)),
            f"{year:04d}-H1",
            f"{year:04d}-H2",
            f"{year:04d}",
        )
    ]
    periods = [period for name in names if (period := window_from(name)) is not None]
    inside = [period.name for period in periods if window.contains(period)]
    across = [
        period.name for period in periods if window.overlaps(period) and not window.contains(period)
    ]
    return inside, across


def half_years_inside(window: Window) -> list[str]:
    """The half-years wholly inside the window, the latest first."""
    inside, _ = stated_periods(window)
    return sorted((name for name in inside if "H" in name), reverse=True)


def a_year_before(half_year: str) -> str:
    """The same half of the year before."""
    return f"{int(half_year[:4]) - 1:04d}{half_year[4:]}"


def a_year_after(half_year: str) -> str:
    """The same half of the year after."""
    return f"{int(half_year[:4]) + 1:04d}{half_year[4:]}"


def half_year_before(half_year: str) -> str:
    """`2021-H2` before `2022-H1`."""
    year, half = half_year.split("-H")
    return f"{year}-H1" if half == "2" else f"{int(year) - 1:04d}-H2"
