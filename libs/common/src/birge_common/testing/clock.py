"""A clock that only moves when told to."""

from datetime import UTC, datetime, timedelta


class ManualClock:
    """Stands still at `at` until `advance` is called."""

    def __init__(self, at: datetime | None = None) -> None:
        self._at = at or datetime(2022, 12, 1, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The instant it was last set to."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Move forward by `by`."""
        self._at += by
