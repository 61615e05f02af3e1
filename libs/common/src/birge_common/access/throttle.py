"""Slows down who guesses passwords, from one address or many, and never locks an owner out."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

FORGOTTEN_AFTER = timedelta(minutes=30)
KEYS_MAX = 10_000
_DOUBLINGS_MAX = 10


@dataclass(frozen=True)
class Limit:
    """So many failures are free; then the wait doubles from a second up to `wait_max`."""

    free: int
    wait_max: timedelta


ONE_DOOR = Limit(5, timedelta(minutes=5))
"""One account from one address: its owner, who is elsewhere, notices nothing."""
ONE_ADDRESS = Limit(20, timedelta(minutes=1))
"""Any accounts from one address, which an office shares."""
ONE_ACCOUNT = Limit(50, timedelta(minutes=1))
"""One account from anywhere: many machines together still guess once a minute."""


@dataclass(frozen=True)
class _Failures:
    count: int
    last_at: datetime


class Throttle:
    """Counts failures in this process."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def attempt(self, limits: Mapping[str, Limit], now: datetime) -> timedelta:
        """How long to wait; where it is zero, a failure is counted for each key at once.

        Counted before the answer is known, so that many guesses at the same time are not free.
        """
        wait = max(self._wait(key, limit, now) for key, limit in limits.items())
        if not wait:
            for key in limits:
                self._failures[key] = _Failures(self._count(key, now) + 1, now)
                self._failures.move_to_end(key)
            while len(self._failures) > KEYS_MAX:
                self._failures.popitem(last=False)
        return wait

    def forgive(self, limits: Mapping[str, Limit]) -> None:
        """The attempt was no failure after all; those before it stay counted."""
        for key in limits:
            held = self._failures.pop(key, None)
            if held is not None and held.count > 1:
                self._failures[key] = _Failures(held.count - 1, held.last_at)

    def _count(self, key: str, now: datetime) -> int:
        held = self._failures.get(key)
        return held.count if held is not None and now - held.last_at < FORGOTTEN_AFTER else 0

    def _wait(self, key: str, limit: Limit, now: datetime) -> timedelta:
        count = self._count(key, now)
        if count < limit.free:
            return timedelta()
        doublings = min(count - limit.free, _DOUBLINGS_MAX)
        wait = min(timedelta(seconds=2**doublings), limit.wait_max)
        return max(timedelta(), self._failures[key].last_at + wait - now)
