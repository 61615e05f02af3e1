"""The counting program: subscription, outbox relay, watchdog, started and stopped in order."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from confluent_kafka import KafkaException
from fastapi import FastAPI
from faststream.kafka import KafkaBroker

from birge_aggregator.assignment import Claims, PositionsListener
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.counting import MongoCountingStore, create_indexes
from birge_aggregator.subscribers import TOPICS, Counting, subscribe
from birge_aggregator.watchdog import Watchdog
from birge_common.background import running_beside
from birge_common.contracts.topics import TOPICS as ALL_TOPICS
from birge_common.garbage import collect_rarely
from birge_common.messaging.admin import commit_start_offsets, log_bounds
from birge_common.messaging.outbox import OutboxRelay
from birge_common.messaging.producer import new_producer
from birge_common.mongo import connect
from birge_common.testing.failpoints import FailPoints

log = structlog.get_logger()


class Worker:
    """The counting process: subscription, outbox relay, watchdog, and its own health page."""

    def __init__(self, settings: AggregatorSettings) -> None:
        self._settings = settings
        counting = settings.counting
        self._client = connect(settings.mongo)
        fail_points = FailPoints.from_environment()
        self._store = MongoCountingStore(
            self._client,
            settings.database,
            group_id=counting.group_id,
            fail_points=fail_points,
            fence=counting.fence,
            keep_ranges=counting.keep_ranges,
            deadline_seconds=counting.transaction_deadline_seconds,
        )
        self._claims = Claims()
        self._counting = Counting(
            self._claims,
            self._store,
            counting,
            consumer=lambda: self._subscriber.consumer,
            on_fatal=self._fail,
        )
        self._broker = KafkaBroker(
            settings.kafka.bootstrap_servers,
            metadata_max_age_ms=10_000,
            logger=logging.getLogger("birge.faststream"),
        )
        self._fatal: asyncio.Future[BaseException] | None = None
        self._subscriber = subscribe(
            self._broker,
            self._counting,
            PositionsListener(
                self._claims,
                self._store,
                bootstrap_servers=settings.kafka.bootstrap_servers,
                consumer=lambda: self._subscriber.consumer,
                on_fatal=self._fail,
                fail_points=fail_points,
            ),
            counting,
        )
        self._watchdog = Watchdog(
            self._claims,
            self._counting,
            bootstrap_servers=settings.kafka.bootstrap_servers,
            stall_seconds=counting.stall_seconds,
        )
        self._is_started = False

    def _fail(self, error: BaseException) -> None:
        log.critical("worker.stopping", reason=str(error), kind=type(error).__name__)
        # Nothing may be committed or handed over after this: the process ends here, loudly.
        os._exit(70)

    async def is_ready(self) -> bool:
        """Whether it is subscribed and its partitions are taken over."""
        return self._is_started

    @asynccontextmanager
    async def running(self, _app: FastAPI) -> AsyncIterator[None]:
        """Start: store, broker, timers; stop in reverse, after the batch in hand."""
        await create_indexes(self._client[self._settings.database])
        await self._give_first_offsets()
        producer = new_producer(
            self._settings.kafka.bootstrap_servers, client_id="aggregator-relay"
        )
        await producer.start()
        collect_rarely()
        await self._broker.start()
        relay = OutboxRelay(self._client[self._settings.database], producer)
        self._is_started = True
        log.info("worker.started")
        try:
            async with running_beside(
                relay.run(), self._counting.tell_kafka(), self._watchdog.run(self._fail)
            ):
                yield
        finally:
            self._is_started = False
            await self._stop()
            await producer.stop()
            self._client.close()
            log.info("worker.stopped")

    async def _stop(self) -> None:
        async with self._claims.lock:
            self._claims.forget_all()
        try:
            await asyncio.wait_for(self._broker.stop(), 6)
        except (TimeoutError, KafkaError) as error:
            log.warning("broker.stop_failed", reason=type(error).__name__)

    async def _give_first_offsets(self) -> None:
        servers = self._settings.kafka.bootstrap_servers
        partitions = [
            TopicPartition(topic, number)
            for topic, count in _partition_counts().items()
            for number in range(count)
        ]
        try:
            bounds = await log_bounds(servers, partitions)
            await commit_start_offsets(
                servers,
                group_id=self._settings.counting.group_id,
                starts={at: first for at, (first, _) in bounds.items()},
            )
        except KafkaException as error:
            raise SystemExit(f"Kafka at {servers} has no such topics yet: {error}") from error


def _partition_counts() -> dict[str, int]:
    return {topic.name: topic.partitions for topic in ALL_TOPICS if topic.name in TOPICS}
