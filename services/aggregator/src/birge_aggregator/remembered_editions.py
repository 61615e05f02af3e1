"""Which editions are out, asked of the store at most once a second, by one request for all."""

import asyncio
import time
from collections.abc import Callable, Sequence

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.editions import Edition, Editions

SECONDS = 1.0


class RememberedEditions:
    """See `editions.Editions`: a new one is seen a second after it came out at the latest."""

    def __init__(self, editions: Editions, now: Callable[[], float] = time.monotonic) -> None:
        self._editions = editions
        self._now = now
        self._issued: Sequence[Edition] = ()
        self._asked_at = float("-inf")
        self._asking: asyncio.Task[Sequence[Edition]] | None = None

    async def issued(self) -> Sequence[Edition]:
        """See `editions.Editions`."""
        if self._now() - self._asked_at < SECONDS:
            return self._issued
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def one(self, edition: str) -> Edition | None:
        """See `editions.Editions`."""
        return next((one for one in await self.issued() if one.id == edition), None)

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """See `editions.Editions`."""
        return await self._editions.answer(edition, key)

    async def _ask(self) -> Sequence[Edition]:
        asked_at = self._now()
        self._issued = await self._editions.issued()
        self._asked_at = asked_at
        return self._issued
