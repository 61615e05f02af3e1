"""The log on Kafka: appends a request's records partition by partition, and heals itself."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from confluent_kafka import KafkaException

from birge_common.contracts.topics import TOPICS
from birge_common.messaging.admin import ensure_topics
from birge_common.messaging.producer import new_producer
from birge_common.telemetry import metrics
from birge_ingest.domain.records import Position, Record
from birge_ingest.ports import LogUnavailableError
from birge_ingest.stores.kafka_lanes import Lane
from birge_ingest.stores.partitioning import partition_of

_READY_TIMEOUT_SECONDS = 2.0

log = structlog.get_logger()


class _Generation:
    """One producer with its lanes; what fails takes all of it along."""

    def __init__(self, producer: AIOKafkaProducer, partition_counts: Mapping[str, int]) -> None:
        self.producer = producer
        self.failed = asyncio.Event()
        self._lanes = {
            topic: [Lane(producer, topic, number) for number in range(count)]
            for topic, count in partition_counts.items()
        }

    async def append(self, records: Sequence[Record]) -> list[Position]:
        """The places of the records in order; the partition follows from the key alone."""
        indexes: dict[tuple[str, int], list[int]] = {}
        for index, record in enumerate(records):
            partition = partition_of(record.key, len(self._lanes[record.topic]))
            indexes.setdefault((record.topic, partition), []).append(index)
        sent = [
            self._lanes[topic][partition].put([records[index] for index in of_lane])
            for (topic, partition), of_lane in indexes.items()
        ]
        positions: dict[int, Position] = {}
        offsets_by_lane = await asyncio.gather(*sent)
        for (lane, of_lane), offsets in zip(indexes.items(), offsets_by_lane, strict=True):
            for index, offset in zip(of_lane, offsets, strict=True):
                positions[index] = Position(*lane, offset)
        return [positions[index] for index in range(len(records))]


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
        self._current: _Generation | None = None
        self._began = asyncio.Event()
        self._retired: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Keep a working producer for ever; while Kafka is away, try again every second."""
        try:
            while True:
                self._current = current = await self._started()
                self._began.set()
                await current.failed.wait()
                self._current = None
                self._retire(current.producer)
        finally:
            await self._stop()

    async def _started(self) -> _Generation:
        while True:
            producer = new_producer(self._bootstrap_servers, client_id="birge-ingest")
            try:
                await producer.start()
                await ensure_topics(
                    self._bootstrap_servers, replication_factor=self._replication_factor
                )
                counts = {
                    topic.name: len(await producer.partitions_for(topic.name)) for topic in TOPICS
                }
                return _Generation(producer, counts)
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
        if self._current is not None:
            self._retire(self._current.producer)
            self._current = None
        if self._retired:
            _, late = await asyncio.wait(self._retired, timeout=2)
            for task in late:
                task.cancel()

    async def began(self) -> None:
        """Wait until the log was usable once: from then on its topics exist."""
        await self._began.wait()

    async def is_usable(self) -> bool:
        """Whether there is a producer, and a broker that answers it."""
        if self._current is None:
            return False
        try:
            async with asyncio.timeout(_READY_TIMEOUT_SECONDS):
                return bool(await self._current.producer.client.force_metadata_update())
        except (KafkaError, TimeoutError):
            return False

    async def append(self, records: Sequence[Record]) -> list[Position]:
        """Append all and return their places in order, once every in-sync replica has them.

        Raises LogUnavailableError where that is not certain of each record.
        """
        current = self._current
        if current is None:
            metrics.LOG_UNAVAILABLE.inc()
            raise LogUnavailableError
        try:
            with metrics.LOG_APPEND_SECONDS.time():
                async with asyncio.timeout(self._timeout_seconds):
                    return await current.append(records)
        except (KafkaError, TimeoutError) as error:
            metrics.LOG_UNAVAILABLE.inc()
            if not current.failed.is_set():
                log.warning("log.failed", reason=type(error).__name__)
                current.failed.set()
            raise LogUnavailableError from error


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
