"""Tells whoever listens which months have new figures: many reports of a moment, said once."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from birge_aggregator.ports import Partition

_PAUSE_SECONDS = 1.0
_SHARE_OF_TIME = 0.1

log = structlog.get_logger()


@dataclass(frozen=True)
class MonthChanged:
    """A region's month whose pages were changed `revision` times, as of these positions."""

    region: str
    month: str
    revision: int
    positions: Mapping[Partition, int]
    counted_at: datetime


class ChangesStore(Protocol):
    """Remembers what was said of each region's months."""

    async def positions_now(self) -> Mapping[Partition, int]:
        """How far counting is, cheaply."""
        ...

    async def unsaid(self) -> Sequence[MonthChanged]:
        """Months that changed since they were last said, all of one snapshot."""
        ...

    async def say(self, changes: Sequence[MonthChanged]) -> None:
        """Hand them to the outbox and remember them, all or nothing."""
        ...


class ChangesTeller:
    """Says changes at least once, a second after they were counted at the soonest.

    Not the worker in its own transactions: a batch touches most months of most regions, and would
    say each of them again and again. Two of these at once say the same events, by their ids.
    """

    def __init__(self, store: ChangesStore, *, away: type[Exception]) -> None:
        self._store = store
        self._away = away
        self._told: Mapping[Partition, int] | None = None

    async def run(self) -> None:
        """Tell for ever, with at most a tenth of the time; while the store is away, wait."""
        while True:
            began_at = time.monotonic()
            try:
                await self.tell()
            except self._away as error:
                log.warning("changes.waiting", reason=type(error).__name__)
            took = time.monotonic() - began_at
            await asyncio.sleep(max(_PAUSE_SECONDS, took / _SHARE_OF_TIME))

    async def tell(self) -> int:
        """Look once, if counting has moved since; returns how many months were said."""
        positions = await self._store.positions_now()
        if positions == self._told:
            return 0
        changes = await self._store.unsaid()
        if changes:
            await self._store.say(changes)
        self._told = positions
        return len(changes)
