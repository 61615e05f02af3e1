"""Keeps a database that is away from holding up the door: its help is done without meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar

import structlog
from pymongo.errors import PyMongoError

from birge_common.telemetry import metrics
from birge_ingest.domain.records import Quarantined, SeenEvent
from birge_ingest.ports import QuarantineWrites, SeenEvents

Answer = TypeVar("Answer")

log = structlog.get_logger()


class Availability:
    """Knows whether the database answers, and asks for its help only while it does.

    A request that finds out pays `timeout_seconds` once, those after it nothing: until `ping`
    succeeds again, in the background, nobody asks. `is_reachable` may know it without asking.
    """

    def __init__(
        self,
        ping: Callable[[], Awaitable[object]],
        *,
        is_reachable: Callable[[], bool] = lambda: True,
        timeout_seconds: float = 1.0,
        pause_seconds: float = 0.5,
    ) -> None:
        self._ping, self._is_reachable = ping, is_reachable
        self._timeout_seconds, self._pause_seconds = timeout_seconds, pause_seconds
        self._returning: asyncio.Task[None] | None = None

    async def attempt(
        self, operation: str, action: Callable[[], Awaitable[Answer]], otherwise: Answer
    ) -> Answer:
        """What the action answers; `otherwise` at once while the database is away."""
        if self._returning is None and self._is_reachable():
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    return await action()
            except (PyMongoError, TimeoutError) as error:
                log.warning("store.away", operation=operation, reason=type(error).__name__)
                self._wait_in_background()
        metrics.STORE_SKIPPED.labels(operation).inc()
        return otherwise

    def _wait_in_background(self) -> None:
        if self._returning is None:
            self._returning = asyncio.create_task(self._until_it_answers())

    async def _until_it_answers(self) -> None:
        while True:
            await asyncio.sleep(self._pause_seconds)
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    await self._ping()
            except (PyMongoError, TimeoutError):
                continue
            log.info("store.back")
            self._returning = None
            return

    async def close(self) -> None:
        """Stop waiting for the database."""
        if self._returning is not None:
            self._returning.cancel()
            await asyncio.gather(self._returning, return_exceptions=True)


class GuardedSeenEvents:
    """Early answers to duplicates while the database is there; the ledger needs none of them."""

    def __init__(self, seen: SeenEvents, availability: Availability) -> None:
        self._seen, self._availability = seen, availability

    async def find(self, identities: Collection[str]) -> Mapping[str, SeenEvent]:
        """Those known to be accepted before; none while the database is away."""
        return await self._availability.attempt(
            "find_seen", lambda: self._seen.find(identities), {}
        )

    async def remember(self, events: Sequence[SeenEvent]) -> None:
        """Keep what was accepted, if the database is there."""
        await self._availability.attempt("remember_seen", lambda: self._seen.remember(events), None)


class GuardedQuarantine:
    """Keeps refused events while the database is there; their topic has them in any case."""

    def __init__(self, quarantine: QuarantineWrites, availability: Availability) -> None:
        self._quarantine, self._availability = quarantine, availability

    async def keep(self, entries: Sequence[Quarantined]) -> None:
        """Keep the entries, if the database is there."""
        await self._availability.attempt(
            "keep_quarantined", lambda: self._quarantine.keep(entries), None
        )
