"""One question to the database for all requests that have it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Generic, TypeVar

from pymongo.errors import PyMongoError

from birge_ingest.domain.records import SeenEvent
from birge_ingest.ports import SeenEvents

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Joined(Generic[Item, Answer]):
    """Calls that come while one is under way go together in the next; none waits for more to come.

    Each caller may give up waiting by itself; a call takes at most `timeout_seconds`, so that one
    that hangs never holds up those behind it.
    """

    def __init__(
        self, act: Callable[[list[Item]], Awaitable[Answer]], *, timeout_seconds: float
    ) -> None:
        self._act, self._timeout_seconds = act, timeout_seconds
        self._waiting: list[Item] = []
        self._next: asyncio.Future[Answer] | None = None
        self._calling: asyncio.Task[None] | None = None

    async def __call__(self, items: Collection[Item]) -> Answer:
        """The answer of the call that these items went with, or that call's error."""
        self._waiting.extend(items)
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        answer = self._next
        if self._calling is None or self._calling.done():
            self._calling = asyncio.create_task(self._call())
        return await asyncio.shield(answer)

    async def _call(self) -> None:
        while self._next is not None:
            items, answer = self._waiting, self._next
            self._waiting, self._next = [], None
            try:
                async with asyncio.timeout(self._timeout_seconds):
                    answer.set_result(await self._act(items))
            except (PyMongoError, TimeoutError) as error:
                answer.set_exception(error)
                # Looked at here, so that nobody is told of an error that all have given up on.
                answer.exception()


class JoinedSeenEvents:
    """The memory of accepted events, asked and told once for all requests of a moment."""

    def __init__(self, seen: SeenEvents, *, timeout_seconds: float) -> None:
        self._find = Joined[str, Mapping[str, SeenEvent]](
            seen.find, timeout_seconds=timeout_seconds
        )
        self._remember = Joined[SeenEvent, None](seen.remember, timeout_seconds=timeout_seconds)

    async def find(self, identities: Collection[str]) -> Mapping[str, SeenEvent]:
        """Those of the events that were accepted before."""
        if not identities:
            return {}
        found = await self._find(identities)
        return {identity: found[identity] for identity in identities if identity in found}

    async def remember(self, events: Sequence[SeenEvent]) -> None:
        """Keep what was accepted; of two under one identity the first stays."""
        if events:
            await self._remember(events)
