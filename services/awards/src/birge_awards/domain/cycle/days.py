"""The day that it is where the award is held: terms end with it, and not with UTC's."""

from datetime import date, datetime, timedelta, timezone

KAZAKHSTAN = timezone(timedelta(hours=5))
"""One time for the whole country since 1 March 2024."""


def day_of(at: datetime) -> date:
    """The day of an instant."""
    return at.astimezone(KAZAKHSTAN).date()
