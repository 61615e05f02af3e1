"""Which partitions this worker counts, and from which offset on: read from MongoDB, not Kafka."""

import asyncio
from collections.abc import Callable, Collection, Iterable

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

from birge_aggregator.ports import CountingStore, Partition
from birge_common.errors import LogReplacedError
from birge_common.messaging.admin import log_bounds, topic_ids
from birge_common.telemetry import metrics
from birge_common.testing.failpoints import FailPoints

# Less than the group's rebalance timeout: whoever waits longer loses the partitions anyway, and
# the compare-and-set guards them.
_REVOKE_SECONDS = 8.0

log = structlog.get_logger()


class Claims:
    """The partitions held now, each with the offset that is counted next.

    `lock` is held while a batch is counted, so that a rebalance waits for it.
    """

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.next: dict[Partition, int] = {}
        self.log_generations: dict[str, str] = {}
        self.assignment = 0

    def forget_all(self) -> None:
        """Hold nothing until the next assignment."""
        self.next.clear()
        metrics.OLDEST_UNCOUNTED_SECONDS.set(0)


class PositionsListener(ConsumerRebalanceListener):
    """Pauses new partitions before anything else, then seeks each to its position and resumes.

    The consumer fetches while this listener runs; only a pause before the first await keeps it
    from handing over records at offsets that MongoDB does not mean.
    """

    def __init__(
        self,
        claims: Claims,
        store: CountingStore,
        *,
        bootstrap_servers: str,
        consumer: Callable[[], AIOKafkaConsumer],
        on_fatal: Callable[[BaseException], None],
        fail_points: FailPoints,
    ) -> None:
        self._claims = claims
        self._store = store
        self._bootstrap_servers = bootstrap_servers
        self._consumer = consumer
        self._on_fatal = on_fatal
        self._fail = fail_points

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Wait for the batch in hand, then hold nothing."""
        self._fail.reach("in_revoke")
        try:
            async with asyncio.timeout(_REVOKE_SECONDS), self._claims.lock:
                self._claims.forget_all()
        except TimeoutError:
            self._claims.forget_all()
            log.warning("assignment.revoked_in_mid_batch", partitions=len(revoked))

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Take the partitions over; a newer assignment in the meantime makes this one void."""
        consumer = self._consumer()
        if assigned:
            consumer.pause(*assigned)
        self._claims.assignment += 1
        assignment = self._claims.assignment
        try:
            positions = await self._take_over(assigned)
        except Exception as error:
            # The consumer would swallow it and read on from nowhere; the process must stop.
            log.error("assignment.failed", reason=str(error))
            return self._on_fatal(error)
        if assignment != self._claims.assignment:
            return
        for at, position in positions.items():
            self._claims.next[at] = position
            consumer.seek(TopicPartition(*at), position)
        if assigned:
            consumer.resume(*assigned)
        log.info("assignment.taken", partitions=len(positions))

    async def _take_over(self, assigned: Iterable[TopicPartition]) -> dict[Partition, int]:
        wanted = [Partition(*at) for at in assigned]
        if not wanted:
            return {}
        generations = await topic_ids(self._bootstrap_servers, {at.topic for at in wanted})
        bounds = await log_bounds(self._bootstrap_servers, [TopicPartition(*at) for at in wanted])
        positions = await self._store.take_over(wanted, generations)
        self._claims.log_generations |= generations
        for at, position in positions.items():
            first, end = bounds[TopicPartition(*at)]
            if not first <= position <= end:
                raise LogReplacedError(
                    f"{at.topic} partition {at.number} holds {first} to {end}, but counting is at "
                    f"{position}: the log was cut or replaced, see docs/runbooks/rebuild.md"
                )
        return dict(positions)
