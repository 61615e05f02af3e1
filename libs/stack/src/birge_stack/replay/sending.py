"""Sends planned events through the door: a lane for each partner, several lanes at once.

Inside a lane batches follow each other, so that a duplicate or a correction never overtakes the
event it belongs to; between lanes nothing needs an order.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec

from birge_stack.errors import StackError
from birge_stack.replay.outcome import Outcome
from birge_stack.year2022.envelope import Planned

BATCH_EVENTS = 500
LANE_BATCHES_WAITING = 8
REQUEST_TIMEOUT_SECONDS = 30.0
LAST_PAUSE_SECONDS = 5.0
RETRIED_STATUSES = frozenset({408, 429, 502, 503, 504})
ANSWERED_STATUSES = frozenset({202, 422})
NDJSON, BATCH = "application/x-ndjson", "application/cloudevents-batch+json"

_encode = msgspec.json.Encoder().encode
Progress = Callable[[int], None]
Answer = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Door:
    """Where events go, with which keys, over how many connections, and with what patience."""

    url: str
    keys: Mapping[str, str]
    connections: int = 6
    first_pause_seconds: float = 0.2
    give_up_after_seconds: float = 120.0
    transport: httpx.AsyncBaseTransport | None = None


async def send_all(events: Iterable[Planned], door: Door, progress: Progress) -> Outcome:
    """Send everything and return when the last batch is answered; raises StackError if it can't.

    A batch that was not answered is sent again whole: the door knows what it has already.
    """
    outcome = Outcome()
    began_at = time.monotonic()
    limits = httpx.Limits(max_connections=door.connections)
    async with httpx.AsyncClient(
        base_url=door.url,
        limits=limits,
        timeout=REQUEST_TIMEOUT_SECONDS,
        trust_env=False,
        transport=door.transport,
    ) as client:
        sender = _Sender(client, door, outcome, progress)
        try:
            async with asyncio.TaskGroup() as lanes:
                await sender.feed(events, lanes)
        except* StackError as errors:
            raise errors.exceptions[0] from None
    outcome.seconds = time.monotonic() - began_at
    return outcome


class _Sender:
    def __init__(
        self, client: httpx.AsyncClient, door: Door, outcome: Outcome, progress: Progress
    ) -> None:
        self._client = client
        self._door = door
        self._outcome = outcome
        self._progress = progress
        self._slots = asyncio.Semaphore(door.connections)
        self._lanes: dict[str, asyncio.Queue[list[Planned] | None]] = {}

    async def feed(self, events: Iterable[Planned], lanes: asyncio.TaskGroup) -> None:
        """Fill the lanes; a full lane holds the stream back, so memory stays small."""
        waiting: dict[str, list[Planned]] = {}
        for planned in events:
            batch = waiting.setdefault(planned.partner, [])
            batch.append(planned)
            if len(batch) == BATCH_EVENTS:
                await self._lane(planned.partner, lanes).put(waiting.pop(planned.partner))
        for partner, batch in waiting.items():
            await self._lane(partner, lanes).put(batch)
        for lane in self._lanes.values():
            await lane.put(None)

    def _lane(self, partner: str, lanes: asyncio.TaskGroup) -> asyncio.Queue[list[Planned] | None]:
        lane = self._lanes.get(partner)
        if lane is None:
            lane = self._lanes[partner] = asyncio.Queue(LANE_BATCHES_WAITING)
            lanes.create_task(self._run(partner, lane))
        return lane

    async def _run(self, partner: str, lane: asyncio.Queue[list[Planned] | None]) -> None:
        number = 0
        while (batch := await lane.get()) is not None:
            media_type = NDJSON if number % 2 else BATCH
            async with self._slots:
                answer = await self._send(partner, body_of(batch, media_type), media_type)
            self._outcome.note(batch, answer)
            self._progress(len(batch))
            number += 1

    async def _send(self, partner: str, body: bytes, media_type: str) -> Answer:
        headers = {
            "Authorization": f"Bearer {self._door.keys[partner]}",
            "Content-Type": media_type,
        }
        give_up_at = time.monotonic() + self._door.give_up_after_seconds
        pause_seconds = self._door.first_pause_seconds
        while True:
            said = await self._try(body, headers)
            if not isinstance(said, str):
                return said
            if time.monotonic() > give_up_at:
                raise StackError(f"the door did not take a batch of {partner}: {said}")
            self._outcome.retried += 1
            await asyncio.sleep(pause_seconds)
            pause_seconds = min(2 * pause_seconds, LAST_PAUSE_SECONDS)

    async def _try(self, body: bytes, headers: Mapping[str, str]) -> Answer | str:
        """The answer, or why there is none yet; raises where trying again is of no use."""
        try:
            answer = await self._client.post("/v1/events", content=body, headers=headers)
        except httpx.TransportError as error:
            return f"{type(error).__name__} {error}"
        if answer.status_code in ANSWERED_STATUSES:
            results: Answer = answer.json().get("results", [])
            return results
        if answer.status_code in RETRIED_STATUSES:
            return f"HTTP {answer.status_code}"
        raise StackError(f"the door answered HTTP {answer.status_code}: {answer.text[:300]}")


def body_of(batch: Sequence[Planned], media_type: str) -> bytes:
    """The events of a batch in one of the two forms that carry several."""
    if media_type == NDJSON:
        return b"\n".join(_encode(planned.event) for planned in batch)
    return _encode([planned.event for planned in batch])
