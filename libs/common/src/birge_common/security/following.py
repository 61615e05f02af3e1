"""Follows `birge.partners.v1`, so that a key made or revoked is known here within moments."""

import asyncio
from contextlib import suppress

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import TypeAdapter, ValidationError

from birge_common.contracts.base import CloudEvent
from birge_common.contracts.partner import PartnerChangedV1
from birge_common.contracts.topics import PARTNERS
from birge_common.security.keys import KeyDirectory

_ADAPTER = TypeAdapter(CloudEvent[PartnerChangedV1])

log = structlog.get_logger()


class DirectoryFollower:
    """Reads the whole compacted topic into the directory, then whatever is new.

    It has no consumer group: every process reads everything. While Kafka is away the directory
    stays as it was, so that readers who need only MongoDB go on.
    """

    def __init__(self, bootstrap_servers: str, directory: KeyDirectory) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._directory = directory
        self._caught_up = asyncio.Event()

    @property
    def is_caught_up(self) -> bool:
        """Whether the topic was read to its end once."""
        return self._caught_up.is_set()

    async def run(self) -> None:
        """Follow for ever; while Kafka is away, start again from the beginning."""
        while True:
            try:
                await self._follow()
            except KafkaError as error:
                log.warning("partners.waiting", reason=type(error).__name__)
                await asyncio.sleep(1)

    async def _follow(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers, metadata_max_age_ms=10_000
        )
        await consumer.start()
        try:
            partition = TopicPartition(PARTNERS, 0)
            consumer.assign([partition])
            await consumer.seek_to_beginning(partition)
            end = (await consumer.end_offsets([partition]))[partition]
            while True:
                if await consumer.position(partition) >= end:
                    self._caught_up.set()
                for records in (await consumer.getmany(timeout_ms=500)).values():
                    for record in records:
                        self._take(record.value)
        finally:
            # A consumer that cannot reach the broker has nothing left to close properly.
            with suppress(KafkaError):
                await consumer.stop()

    def _take(self, value: bytes | None) -> None:
        if value is None:
            return
        try:
            self._directory.apply(_ADAPTER.validate_json(value, extra="ignore").data)
        except ValidationError as error:
            log.error("partners.unreadable", errors=error.error_count())
