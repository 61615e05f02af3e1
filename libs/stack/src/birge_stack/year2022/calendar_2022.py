"""Minutes since the start of 2022 as the one clock of the generator, and its periods' edges."""

import calendar
from datetime import UTC, date, datetime, timedelta, timezone

MINUTES_PER_DAY = 24 * 60
MONTHS = tuple(f"2022-{month:02d}" for month in range(1, 13))
# The last reports on 2022 arrive while the yearly report is being written.
LAST_SENDING_MINUTE = (365 + 59) * MINUTES_PER_DAY

_START = datetime(2022, 1, 1, tzinfo=UTC)
_WESTERN = frozenset({"KZ-15", "KZ-23", "KZ-27", "KZ-43", "KZ-47"})
_ZONES = {5: timezone(timedelta(hours=5)), 6: timezone(timedelta(hours=6))}


def day_number(day: date) -> int:
    """Days since the start of 2022; negative before it."""
    return (day - _START.date()).days


def last_day_number(period: str) -> int:
    """The last day of a month, half-year or year of 2022."""
    month = {"2022": 12, "2022-H1": 6, "2022-H2": 12}.get(period) or int(period[5:7])
    return day_number(date(2022, month, calendar.monthrange(2022, month)[1]))


def days_in(month: str) -> int:
    """How many days a month of 2022 has."""
    return calendar.monthrange(2022, int(month[5:7]))[1]


def instant_text(minute: int, second: int, region: str) -> str:
    """The instant as its sender writes it, with the zone of the region in 2022."""
    zone = _ZONES[5 if region in _WESTERN else 6]
    instant = _START + timedelta(minutes=minute, seconds=second)
    return instant.astimezone(zone).isoformat(timespec="seconds")


def day_text(day: int) -> str:
    """A day by its number, as a plain date."""
    return (_START.date() + timedelta(days=day)).isoformat()
