"""The worker's subscription: raw batches in, counted once, positions kept by ourselves."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage

from birge_aggregator.assignment import Claims, PositionsListener
from birge_aggregator.batching import FETCH_BYTES, TRANSACTIONS_AT_ONCE, Records, shares
from birge_aggregator.handlers import count_share
from birge_aggregator.ports import CountingStore, Partition, Record
from birge_aggregator.settings import CountingSettings
from birge_aggregator.tracing import trace_batch
from birge_common.contracts.topics import GRANT_INDICATORS, SUBMISSIONS
from birge_common.errors import TransientError
from birge_common.messaging.raw_records import no_decoder, raw_parser
from birge_common.telemetry import metrics

TOPICS = (SUBMISSIONS, GRANT_INDICATORS)
_PARK_SECONDS = 1.0

log = structlog.get_logger()


class Counting:
    """Takes polls of raw records and moves the claims on; never lets an error skip a record."""

    def __init__(
        self,
        claims: Claims,
        store: CountingStore,
        settings: CountingSettings,
        *,
        consumer: Callable[[], AIOKafkaConsumer],
        on_fatal: Callable[[BaseException], None],
    ) -> None:
        self._claims = claims
        self._store = store
        self._settings = settings
        self._on_fatal = on_fatal
        self._consumer = consumer
        self._resuming: set[asyncio.Task[None]] = set()
        self.progress_at = time.monotonic()

    @property
    def consumer(self) -> AIOKafkaConsumer:
        """The consumer behind the subscription, once it is started."""
        return self._consumer()

    async def take(self, records: Sequence[Record]) -> None:
        """Count one poll; a bug ends the process.

        FastStream would swallow the error and hand the next records over: a hole in the count.
        """
        try:
            await self._take(records)
        except* IllegalStateError as lost:
            # A rebalance took the partition away meanwhile; its next owner reads the position.
            log.info("counting.partition_lost", reason=str(lost.exceptions[0]))
        except* Exception as bugs:
            log.exception("counting.failed")
            self._on_fatal(bugs.exceptions[0])

    async def _take(self, records: Sequence[Record]) -> None:
        """Under the lock that a rebalance waits for."""
        began_at = time.perf_counter()
        async with self._claims.lock:
            expected = self._expected(records)
            if not expected:
                return
            oldest = min(several[0].timestamp for several in expected.values())
            # It stays at this until all is kept; what is parked is fetched and noted again.
            metrics.OLDEST_UNCOUNTED_SECONDS.set(max(0.0, time.time() - oldest / 1000))
            most = self._settings.batch_records_max
            async with asyncio.TaskGroup() as group:
                counts = [
                    group.create_task(self._count(share))
                    for share in shares(expected, batch_records_max=most)
                ]
            if not all(count.result() for count in counts):
                return
            metrics.OLDEST_UNCOUNTED_SECONDS.set(0)
        trace_batch(records, began_at)
        self._note_times(records, began_at)

    async def _count(self, share: Records) -> bool:
        """Count the share batch after batch; False where it had to be parked."""
        try:
            async for batch, moved in count_share(
                share,
                self._store,
                batch_records_max=self._settings.batch_records_max,
                with_ledger=self._settings.ledger,
            ):
                self._move_on(batch, moved)
        except TransientError as reason:
            self._park(list(share), str(reason))
            return False
        except asyncio.CancelledError:
            self._seek(list(share))
            raise
        return True

    def _expected(self, records: Sequence[Record]) -> Records:
        """Of each claimed partition the records from its next offset on, without a gap."""
        grouped: dict[Partition, list[Record]] = {}
        for record in records:
            # A plain tuple finds the Partition that equals it, and is quicker made.
            several = grouped.get((record.topic, record.partition))  # type: ignore[call-overload]
            if several is None:
                several = grouped[Partition(record.topic, record.partition)] = []
            several.append(record)
        expected: dict[Partition, list[Record]] = {}
        for at, several in grouped.items():
            position = self._claims.next.get(at)
            if position is None:
                continue
            if self._settings.fence and several[0].offset < position:
                several = [record for record in several if record.offset >= position]
            if not several:
                continue
            if self._settings.fence and several[0].offset != position:
                log.warning("log.gap", topic=at.topic, partition=at.number, position=position)
                self.consumer.seek(TopicPartition(*at), position)
                continue
            expected[at] = several
        return expected

    def _move_on(self, expected: Records, moved: Mapping[Partition, int]) -> None:
        for at, position in moved.items():
            if at not in self._claims.next:
                continue
            self._claims.next[at] = position
            if position != expected[at][-1].offset + 1:
                self.consumer.seek(TopicPartition(*at), position)
        self.progress_at = time.monotonic()

    def _seek(self, partitions: Sequence[Partition]) -> None:
        for at in partitions:
            if at in self._claims.next:
                self.consumer.seek(TopicPartition(*at), self._claims.next[at])

    def _park(self, partitions: Sequence[Partition], reason: str) -> None:
        """Wait without leaving the group: paused partitions are polled, and nothing is lost."""
        log.warning("counting.parked", reason=reason, partitions=len(partitions))
        held = [TopicPartition(*at) for at in partitions if at in self._claims.next]
        self._seek(partitions)
        self.consumer.pause(*held)
        task = asyncio.create_task(self._resume_later(held, self._claims.assignment))
        self._resuming.add(task)
        task.add_done_callback(self._resuming.discard)

    async def _resume_later(self, held: list[TopicPartition], assignment: int) -> None:
        await asyncio.sleep(_PARK_SECONDS)
        if assignment == self._claims.assignment:
            self.consumer.resume(*held)

    def _note_times(self, records: Sequence[Record], began_at: float) -> None:
        metrics.BATCH_SECONDS.observe(time.perf_counter() - began_at)
        metrics.FRESHNESS_SECONDS.observe(max(0.0, time.time() - records[0].timestamp / 1000))

    async def tell_kafka(self) -> None:
        """Commit the same offsets to Kafka: a courtesy to tools that show lag, nothing more."""
        while True:
            await asyncio.sleep(2)
            offsets = {TopicPartition(*at): next_ for at, next_ in self._claims.next.items()}
            if offsets:
                try:
                    await self.consumer.commit(offsets)
                except KafkaError as error:
                    log.info("offsets.not_told", reason=type(error).__name__)


def subscribe(
    broker: KafkaBroker,
    counting: Counting,
    listener: PositionsListener,
    settings: CountingSettings,
) -> Any:
    """Register the one subscription; every option that has consequences is said here."""

    subscriber = broker.subscriber(
        *TOPICS,
        batch=True,
        group_id=settings.group_id,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="none",
        max_records=TRANSACTIONS_AT_ONCE * settings.batch_records_max,
        max_partition_fetch_bytes=FETCH_BYTES,
        batch_timeout_ms=200,
        fetch_max_wait_ms=200,
        fetch_min_bytes=1,
        session_timeout_ms=settings.session_timeout_ms,
        heartbeat_interval_ms=max(500, settings.session_timeout_ms // 6),
        listener=listener,
        parser=raw_parser(lambda: counting.consumer),
        decoder=no_decoder,
    )

    @subscriber
    async def on_records(message: KafkaMessage) -> None:
        await counting.take(message.raw_message)

    return subscriber
