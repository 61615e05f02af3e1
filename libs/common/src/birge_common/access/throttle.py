"""Slows down who guesses passwords, from one address or many, and never locks an owner out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

FORGOTTEN_AFTER = timedelta(minutes=30)
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
class Failures:
    """How often it failed, and when last."""

    count: int
    last_at: datetime


class FailureStore(Protocol):
    """Where failures are counted; every process that lets people in counts in the same place."""

    async def failures(self, keys: Collection[str]) -> Mapping[str, Failures]:
        """The failures of those keys that have any."""
        ...

    async def replace_failures(
        self, key: str, held: Failures | None, changed: Failures | None
    ) -> bool:
        """Put these in place of those that were read; False, and nothing, where others are there.

        None stands for no failures.
        """
        ...


class Throttle:
    """Judges by the failures of a store."""

    def __init__(self, store: FailureStore) -> None:
        self._store = store

    async def attempt(self, limits: Mapping[str, Limit], now: datetime) -> timedelta:
        """How long to wait; where it is zero, a failure is counted for each key at once.

        Counted before the answer is known, so that many guesses at the same time are not free.
        """
        found = await self._store.failures(limits)
        wait = max(_wait(found.get(key), limit, now) for key, limit in limits.items())
        if wait:
            return wait
        counted: dict[str, Limit] = {}
        for key, limit in limits.items():
            if wait := await self._counted(key, found.get(key), limit, now):
                await self.forgive(counted)
                return wait
            counted[key] = limit
        return wait

    async def forgive(self, limits: Mapping[str, Limit]) -> None:
        """The attempt was no failure after all; those before it stay counted."""
        for key in limits:
            while held := (await self._store.failures([key])).get(key):
                left = Failures(held.count - 1, held.last_at) if held.count > 1 else None
                if await self._store.replace_failures(key, held, left):
                    break

    async def _counted(
        self, key: str, held: Failures | None, limit: Limit, now: datetime
    ) -> timedelta:
        """Count one; where others were counted meanwhile it may have to wait after all."""
        while not (wait := _wait(held, limit, now)):
            changed = Failures(_count(held, now) + 1, now)
            if await self._store.replace_failures(key, held, changed):
                break
            held = (await self._store.failures([key])).get(key)
        return wait


def _count(held: Failures | None, now: datetime) -> int:
    return held.count if held is not None and now - held.last_at < FORGOTTEN_AFTER else 0


def _wait(held: Failures | None, limit: Limit, now: datetime) -> timedelta:
    count = _count(held, now)
    if held is None or count < limit.free:
        return timedelta()
    doublings = min(count - limit.free, _DOUBLINGS_MAX)
    wait = min(timedelta(seconds=2**doublings), limit.wait_max)
    return max(timedelta(), held.last_at + wait - now)
