"""The worker's subscription: nominations and reports, each handled at least once.

Handlers are idempotent by id and version, so Kafka's own positions serve: they are moved once all
of a batch is kept. A bug stops the process before they are; what cannot be read is quarantined.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage

from birge_awards.domain.seals import Seals
from birge_awards.handlers.nominations import Nominations
from birge_awards.ports import ActivityNote, AwardsStore
from birge_awards.wire import Submitted, Withdrawn, read
from birge_common.contracts.topics import NOMINATIONS, SUBMISSIONS
from birge_common.errors import InvalidMessage
from birge_common.messaging.raw_records import no_decoder, raw_parser
from birge_common.messaging.unreadable import UnreadableRecord
from birge_common.security.sealing import OpeningKeys, UnknownSealingKey
from birge_common.testing.failpoints import FailPoints

TOPICS = (NOMINATIONS, SUBMISSIONS)
GROUP = "awards"
_BATCH_RECORDS = 1_000
_WAIT_SECONDS = 1.0
_DETAILS = {
    "tombstone": "The record has no value.",
    "undecodable": "The record is no event of a known type, or its data do not fit the type.",
    "destroyed_key": "The nomination is sealed to a key that was destroyed after its cycles.",
    "unknown_key": "The nomination is sealed to a key that this service does not hold.",
}

log = structlog.get_logger()


class Reading:
    """Handles batches of records in their order; `on_fatal` ends the process.

    `away` is what the store raises while its database does not answer.
    """

    def __init__(
        self,
        nominations: Nominations,
        store: AwardsStore,
        keys: OpeningKeys,
        *,
        away: type[Exception],
        consumer: Callable[[], AIOKafkaConsumer],
        on_fatal: Callable[[BaseException], None],
        fail_points: FailPoints,
    ) -> None:
        self._nominations = nominations
        self._store = store
        self._keys = keys
        self._away = away
        self._consumer = consumer
        self._on_fatal = on_fatal
        self._fail_points = fail_points
        self._noted: set[tuple[str, str]] = set()

    async def take(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        """Handle a batch and move the positions; while the store is away, wait with it."""
        try:
            while True:
                try:
                    await self.handle(records)
                    break
                except self._away as error:
                    log.warning("reading.waiting", reason=type(error).__name__)
                    await asyncio.sleep(_WAIT_SECONDS)
            self._fail_points.reach("before_position")
            await self._move_on(records)
            self._fail_points.reach("after_position")
        except Exception as bug:
            # FastStream would swallow the error and go on behind the records.
            log.exception("reading.failed")
            self._on_fatal(bug)

    async def handle(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        """Keep what the records say; handling them again changes nothing."""
        notes: list[ActivityNote] = []
        for record in records:
            try:
                said = read(record.value, self._keys)
            except InvalidMessage as error:
                await self._quarantine(record, str(error))
                continue
            except UnknownSealingKey as error:
                was_destroyed = (await self._store.seals()).get(error.key_id, Seals()).is_destroyed
                code = "destroyed_key" if was_destroyed else "unknown_key"
                await self._quarantine(record, code)
                continue
            match said:
                case Submitted(source, data, key_id):
                    await self._note_seal(key_id, data.cycle)
                    await self._nominations.on_submitted(source, data)
                case Withdrawn(source, data):
                    await self._nominations.on_withdrawn(source, data)
                case ActivityNote():
                    notes.append(said)
        await self._store.note_activity(notes)

    async def _note_seal(self, key_id: str, cycle: str) -> None:
        # Before the nomination itself is kept: a key is destroyed by what was noted of it.
        if (key_id, cycle) not in self._noted:
            await self._store.note_seal(key_id, cycle)
            self._noted.add((key_id, cycle))

    async def _quarantine(self, record: ConsumerRecord[bytes, bytes], code: str) -> None:
        # A nomination that cannot be opened is still somebody's: its sealed text stays in the log.
        raw = None if record.topic == NOMINATIONS else record.value
        unreadable = UnreadableRecord(record.topic, record.partition, record.offset, code, raw)
        await self._store.quarantine(unreadable, detail=_DETAILS[code])

    async def _move_on(self, records: Sequence[ConsumerRecord[bytes, bytes]]) -> None:
        offsets = {TopicPartition(one.topic, one.partition): one.offset + 1 for one in records}
        try:
            await self._consumer().commit(offsets)
        except (CommitFailedError, IllegalStateError, KafkaError) as error:
            # A rebalance gave the partitions away: their next owner handles the records again.
            log.info("reading.not_moved", reason=type(error).__name__)


def subscribe(broker: KafkaBroker, reading: Reading, consumer: Callable[[], Any]) -> Any:
    """Register the one subscription; every option that has consequences is said here."""
    subscriber = broker.subscriber(
        *TOPICS,
        batch=True,
        group_id=GROUP,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
        max_records=_BATCH_RECORDS,
        batch_timeout_ms=200,
        fetch_max_wait_ms=200,
        session_timeout_ms=6_000,
        heartbeat_interval_ms=1_000,
        parser=raw_parser(consumer),
        decoder=no_decoder,
    )

    @subscriber
    async def on_records(message: KafkaMessage) -> None:
        await reading.take(message.raw_message)

    return subscriber
