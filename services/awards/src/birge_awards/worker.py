"""The working process: reads the log, writes the acts' own log, says what was decided."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiokafka.errors import KafkaError
from fastapi import FastAPI
from faststream.kafka import KafkaBroker

from birge_awards.handlers.cycles import Cycles
from birge_awards.handlers.nominations import Nominations
from birge_awards.publishing import Publisher
from birge_awards.sequencer import Sequencer, opened_log
from birge_awards.settings import AwardsSettings
from birge_awards.stores.mongo import MongoAwardsStore
from birge_awards.subscribers import Reading, subscribe
from birge_awards.vault import Vault
from birge_common.background import running_beside
from birge_common.clock import SystemClock
from birge_common.messaging.outbox import OutboxRelay
from birge_common.messaging.producer import new_producer
from birge_common.mongo import StoreAway, connect
from birge_common.testing.failpoints import FailPoints

log = structlog.get_logger()


class Worker:
    """Subscription, sequencer and outbox relay, with the parts they share."""

    def __init__(self, settings: AwardsSettings) -> None:
        self._settings = settings
        self._client = connect(settings.mongo)
        self._fail_points = FailPoints.from_environment()
        self._store = MongoAwardsStore(
            self._client, settings.database, fail_points=self._fail_points
        )
        self._broker = KafkaBroker(
            settings.kafka.bootstrap_servers,
            metadata_max_age_ms=10_000,
            logger=logging.getLogger("birge.faststream"),
        )
        clock = SystemClock()
        cycles = Cycles(self._store, clock, settings.awards.public_address)
        reading = Reading(
            Nominations(self._store, cycles, Vault(settings.awards.vault_secret()), clock),
            self._store,
            settings.sealing.keys(),
            away=StoreAway,
            consumer=lambda: self._subscriber.consumer,
            on_fatal=self._fail,
            fail_points=self._fail_points,
        )
        self._subscriber = subscribe(self._broker, reading, lambda: self._subscriber.consumer)
        self._clock = clock
        self._publisher = Publisher(cycles, clock, away=StoreAway)
        self._is_started = False

    def _fail(self, error: BaseException) -> None:
        log.critical("worker.stopping", reason=str(error), kind=type(error).__name__)
        # Nothing may be handed over after this: the process ends here, loudly.
        os._exit(70)

    async def is_ready(self) -> bool:
        """Whether it is subscribed."""
        return self._is_started

    @asynccontextmanager
    async def running(self, _app: FastAPI) -> AsyncIterator[None]:
        """Start: store, log of acts, broker; stop in reverse, after the batch in hand."""
        await self._store.ensure_indexes()
        settings = self._settings
        acts_log = opened_log(settings.awards.log_folder, settings.awards.signer())
        producer = new_producer(settings.kafka.bootstrap_servers, client_id="awards-relay")
        await producer.start()
        await self._broker.start()
        self._is_started = True
        log.info("worker.started")
        try:
            relay = OutboxRelay(self._client[settings.database], producer)
            sequencer = Sequencer(
                self._store,
                acts_log,
                self._clock,
                away=StoreAway,
                fail_points=self._fail_points,
            )
            async with running_beside(relay.run(), sequencer.run(), self._publisher.run()):
                yield
        finally:
            self._is_started = False
            try:
                await asyncio.wait_for(self._broker.stop(), 6)
            except (TimeoutError, KafkaError) as error:
                log.warning("broker.stop_failed", reason=type(error).__name__)
            await producer.stop()
            acts_log.close()
            self._client.close()
            log.info("worker.stopped")
