"""Stated periods as text: month, half-year, year and rolling twelve months, and their days."""

import calendar
import re
from datetime import date

# Years are bounded so that no arithmetic on a period can leave the calendar.
_YEAR = "(?:19|20|21)[0-9]{2}"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"

MONTH_PATTERN = f"^{_MONTH}$"
HALF_YEAR_PATTERN = f"^{_YEAR}-H[12]$"
PERIOD_PATTERN = f"^{_YEAR}(?:-(?:0[1-9]|1[0-2]|H[12]))?$"

_STATED = re.compile(PERIOD_PATTERN)
_ROLLING = re.compile(f"{_MONTH}~12m")


def is_period(text: str) -> bool:
    """Whether this is a month, half-year or year: what a statement may be about."""
    return _STATED.fullmatch(text) is not None


def is_window(text: str) -> bool:
    """Whether this is a period or a rolling one (`2022-10~12m`): what can be asked for."""
    return is_period(text) or _ROLLING.fullmatch(text) is not None


def first_day(period: str) -> date:
    """The first day of a period or window; ValueError where it is neither."""
    first, _ = _months(period)
    return date(first // 12, first % 12 + 1, 1)


def last_day(period: str) -> date:
    """The last day of a period or window, itself inside; ValueError where it is neither."""
    _, last = _months(period)
    year, month = last // 12, last % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(period: str) -> tuple[int, int]:
    """First and last month, counted from year 0."""
    if not is_window(period):
        raise ValueError("not a period")
    january = int(period[:4]) * 12
    if len(period) == 4:
        return january, january + 11
    if period[5] == "H":
        start = january + 6 * (int(period[6]) - 1)
        return start, start + 5
    month = january + int(period[5:7]) - 1
    return (month - 11, month) if period.endswith("~12m") else (month, month)
