"""One lane a partition: records of all requests, one record batch at a time, in their order."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from birge_ingest.domain.records import Record


class PlaceUnknownError(KafkaError):
    """The broker holds the batch from an attempt whose answer was lost, and forgot where."""


@dataclass(slots=True)
class _Parcel:
    """What one request has for the partition."""

    records: Sequence[Record]
    offsets: asyncio.Future[list[int]]
    found: list[int] = field(default_factory=list)
    packed: int = 0


class Lane:
    """Appends to one partition.

    While a batch is under way, whatever arrives waits and then leaves together: concurrent
    requests share batches, and the producer never holds two batches of a partition, between
    whose senders it would not be fair.
    """

    def __init__(self, producer: AIOKafkaProducer, topic: str, partition: int) -> None:
        self._producer, self._topic, self._partition = producer, topic, partition
        self._waiting: deque[_Parcel] = deque()
        self._sending: asyncio.Task[None] | None = None

    def put(self, records: Sequence[Record]) -> asyncio.Future[list[int]]:
        """Queue records behind all earlier ones; their offsets, or KafkaError.

        Records of a future that was cancelled before they left are left out.
        """
        parcel = _Parcel(records, asyncio.get_running_loop().create_future())
        self._waiting.append(parcel)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all())
        return parcel.offsets

    async def _send_all(self) -> None:
        while self._waiting:
            batch, packed = self._packed()
            if not packed:
                continue
            try:
                delivery = await self._producer.send_batch(
                    batch, self._topic, partition=self._partition
                )
                first = (await delivery).offset
                if first < 0:
                    raise PlaceUnknownError
            except KafkaError as error:
                self._fail(packed, error)
            else:
                self._deliver(packed, first)

    def _packed(self) -> tuple[Any, list[tuple[_Parcel, int]]]:
        """A batch of what waits, as much as it holds, and how many records are whose."""
        batch = self._producer.create_batch()
        packed: list[tuple[_Parcel, int]] = []
        while self._waiting:
            parcel = self._waiting[0]
            if not parcel.offsets.done():
                before = parcel.packed
                _pack(parcel, batch)
                packed.append((parcel, parcel.packed - before))
                if parcel.packed < len(parcel.records):
                    break
            self._waiting.popleft()
        batch.close()
        return batch, packed

    def _deliver(self, packed: Sequence[tuple[_Parcel, int]], first: int) -> None:
        for parcel, count in packed:
            parcel.found.extend(range(first, first + count))
            first += count
            if len(parcel.found) == len(parcel.records) and not parcel.offsets.done():
                parcel.offsets.set_result(parcel.found)

    def _fail(self, packed: Sequence[tuple[_Parcel, int]], error: KafkaError) -> None:
        for parcel, _ in packed:
            if not parcel.offsets.done():
                parcel.offsets.set_exception(error)


def _pack(parcel: _Parcel, batch: Any) -> None:
    for record in parcel.records[parcel.packed :]:
        # The builder insists on a list.
        headers = list(record.headers)
        if not batch.append(key=record.key, value=record.value, timestamp=None, headers=headers):
            return
        parcel.packed += 1
