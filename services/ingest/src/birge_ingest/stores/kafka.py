"""The log on Kafka: appends a request's records partition by partition, and heals itself."""

import asyncio
from collections.abc import Sequence

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2
from confluent_kafka import KafkaException

from birge_common.contracts.topics import TOPICS
from birge_common.messaging.admin import ensure_topics
from birge_common.messaging.producer import new_producer
from birge_common.telemetry import metrics
from birge_ingest.domain.records import Position, Record
from birge_ingest.ports import LogUnavailableError

_READY_TIMEOUT_SECONDS = 2.0

log = structlog.get_logger()


class _PlaceUnknownError(Exception):
    """The broker holds the record from an attempt whose answer was lost, and forgot where."""


class KafkaEventLog:
    """Appends to Kafka through one idempotent producer, replaced as a whole when it fails.

    An idempotent producer that lost a sequence number never recovers by itself, and none tells
    whether it can; a new one costs a few milliseconds. The old one delivers or drops what it
    holds in the background: those requests were answered with 503, and a repeated event counts
    once.
    """

    def __init__(
        self,
        bootstrap_servers: str,
        *,
        replication_factor: int,
        acknowledge_timeout_seconds: float,
    ) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._replication_factor = replication_factor
        self._timeout_seconds = acknowledge_timeout_seconds
        self._producer: AIOKafkaProducer | None = None
        self._failed = asyncio.Event()
        self._retired: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Keep a working producer for ever; while Kafka is away, try again every second."""
        try:
            while True:
                producer = await self._started()
                self._failed.clear()
                self._producer = producer
                await self._failed.wait()
                self._producer = None
                self._retire(producer)
        finally:
            await self._stop()

    async def _started(self) -> AIOKafkaProducer:
        while True:
            producer = new_producer(self._bootstrap_servers, client_id="birge-ingest")
            try:
                await producer.start()
                await ensure_topics(
                    self._bootstrap_servers, replication_factor=self._replication_factor
                )
                for topic in TOPICS:
                    await producer.partitions_for(topic.name)
                return producer
            except (KafkaError, KafkaException) as error:
                log.warning("log.waiting", reason=type(error).__name__)
                self._retire(producer)
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                self._retire(producer)
                raise

    def _retire(self, producer: AIOKafkaProducer) -> None:
        task = asyncio.create_task(producer.stop())
        self._retired.add(task)
        task.add_done_callback(self._retired.discard)

    async def _stop(self) -> None:
        """Let the producer send what it holds, for a moment: a dead broker delays no stop."""
        if self._producer is not None:
            self._retire(self._producer)
            self._producer = None
        if self._retired:
            _, late = await asyncio.wait(self._retired, timeout=2)
            for task in late:
                task.cancel()

    async def is_usable(self) -> bool:
        """Whether there is a producer, and a broker that answers it."""
        if self._producer is None:
            return False
        try:
            async with asyncio.timeout(_READY_TIMEOUT_SECONDS):
                return bool(await self._producer.client.force_metadata_update())
        except (KafkaError, TimeoutError):
            return False

    async def append(self, records: Sequence[Record]) -> list[Position]:
        """Append all and return their places in order, once every in-sync replica has them.

        Raises LogUnavailableError where that is not certain of each record.
        """
        producer = self._producer
        try:
            if producer is None:
                raise LogUnavailableError
            with metrics.LOG_APPEND_SECONDS.time():
                async with asyncio.timeout(self._timeout_seconds):
                    return await _appended(producer, records)
        except (LogUnavailableError, KafkaError, TimeoutError, _PlaceUnknownError) as error:
            metrics.LOG_UNAVAILABLE.inc()
            if producer is not None and producer is self._producer:
                log.warning("log.failed", reason=type(error).__name__)
                self._failed.set()
            raise LogUnavailableError from error


async def _appended(producer: AIOKafkaProducer, records: Sequence[Record]) -> list[Position]:
    counts = {
        topic: len(await producer.partitions_for(topic))
        for topic in {record.topic for record in records}
    }
    places: dict[tuple[str, int], list[int]] = {}
    for index, record in enumerate(records):
        partition = (murmur2(record.key) & 0x7FFFFFFF) % counts[record.topic]
        places.setdefault((record.topic, partition), []).append(index)
    sending = [
        _sent(producer, topic, partition, [records[index] for index in indexes])
        for (topic, partition), indexes in places.items()
    ]
    positions: dict[int, Position] = {}
    for (partition_place, indexes), offsets in zip(
        places.items(), await asyncio.gather(*sending), strict=True
    ):
        for index, offset in zip(indexes, offsets, strict=True):
            positions[index] = Position(*partition_place, offset)
    return [positions[index] for index in range(len(records))]


async def _sent(
    producer: AIOKafkaProducer, topic: str, partition: int, records: Sequence[Record]
) -> list[int]:
    """Offsets of the records, appended to one partition in their order."""
    if len(records) == 1:
        record = records[0]
        sent = await producer.send_and_wait(
            topic,
            key=record.key,
            value=record.value,
            partition=partition,
            headers=list(record.headers),
        )
        return _offsets(sent.offset, 1)
    return await _sent_in_batches(producer, topic, partition, records)


async def _sent_in_batches(
    producer: AIOKafkaProducer, topic: str, partition: int, records: Sequence[Record]
) -> list[int]:
    """One record batch instead of a future for each record: five times less work a record."""
    batch, deliveries = producer.create_batch(), []
    for record in records:
        added = batch.append(
            key=record.key, value=record.value, timestamp=None, headers=list(record.headers)
        )
        if added is None:
            delivery = await producer.send_batch(batch, topic, partition=partition)
            deliveries.append((delivery, batch.record_count()))
            batch = producer.create_batch()
            batch.append(
                key=record.key, value=record.value, timestamp=None, headers=list(record.headers)
            )
    count = batch.record_count()
    deliveries.append((await producer.send_batch(batch, topic, partition=partition), count))
    offsets: list[int] = []
    for delivery, count in deliveries:
        offsets += _offsets((await delivery).offset, count)
    return offsets


def _offsets(first: int, count: int) -> list[int]:
    if first < 0:
        raise _PlaceUnknownError
    return list(range(first, first + count))


class RelaySends:
    """The log as the outbox relay wants it: one record at a time, failing as Kafka does."""

    def __init__(self, event_log: KafkaEventLog) -> None:
        self._log = event_log

    async def send_and_wait(
        self, topic: str, *, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]
    ) -> Position:
        """Append one record; KafkaError where it was not acknowledged."""
        try:
            return (await self._log.append([Record(topic, key, value, tuple(headers))]))[0]
        except LogUnavailableError as error:
            raise KafkaError from error
