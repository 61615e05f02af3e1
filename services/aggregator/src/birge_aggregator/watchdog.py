"""Ends a worker that has records to count and does not: a supervisor's restart is the cure."""

import asyncio
import time
from collections.abc import Callable

import structlog
from aiokafka import TopicPartition
from confluent_kafka import KafkaException

from birge_aggregator.assignment import Claims
from birge_aggregator.ports import Partition
from birge_aggregator.subscribers import Counting
from birge_common.errors import LogReplacedError
from birge_common.messaging.admin import log_bounds, topic_ids
from birge_common.telemetry import metrics

_PAUSE_SECONDS = 5.0

log = structlog.get_logger()


class StalledError(Exception):
    """Records wait and nothing is counted; the consumer library has no health signal of its own."""


class Watchdog:
    """Compares the log, asked apart from the consumer, with what is counted of it."""

    def __init__(
        self, claims: Claims, counting: Counting, *, bootstrap_servers: str, stall_seconds: float
    ) -> None:
        self._claims = claims
        self._counting = counting
        self._bootstrap_servers = bootstrap_servers
        self._stall_seconds = stall_seconds

    async def run(self, on_fatal: Callable[[BaseException], None]) -> None:
        """Look every few seconds; while Kafka is away there is nothing to judge."""
        waiting_since: float | None = None
        while True:
            await asyncio.sleep(_PAUSE_SECONDS)
            try:
                await self._check_same_log()
                waiting = await self._waiting_records()
            except LogReplacedError as error:
                return on_fatal(error)
            except (KafkaException, TimeoutError) as error:
                log.info("watchdog.no_answer", reason=str(error))
                waiting_since = None
                continue
            now = time.monotonic()
            if not waiting and not self._unclaimed():
                waiting_since = None
                continue
            waiting_since = max(waiting_since or now, self._counting.progress_at)
            if now - waiting_since > self._stall_seconds:
                on_fatal(StalledError(f"{waiting} records wait, none counted for a while"))

    async def _check_same_log(self) -> None:
        """A topic made anew while its partitions stay assigned causes no rebalance to notice it."""
        known = dict(self._claims.log_generations)
        if not known:
            return
        now = await topic_ids(self._bootstrap_servers, known)
        if replaced := sorted(topic for topic in known if now[topic] != known[topic]):
            raise LogReplacedError(
                f"{', '.join(replaced)} was made anew: see docs/runbooks/rebuild.md"
            )

    def _unclaimed(self) -> int:
        """Partitions that the group gave this worker and it never took over."""
        assigned = self._counting.consumer.assignment()
        return sum(Partition(*at) not in self._claims.next for at in assigned)

    async def _waiting_records(self) -> int:
        held = dict(self._claims.next)
        bounds = await log_bounds(self._bootstrap_servers, [TopicPartition(*at) for at in held])
        by_topic: dict[str, int] = {}
        for at, position in held.items():
            lag = max(0, bounds[TopicPartition(*at)][1] - position)
            by_topic[at.topic] = by_topic.get(at.topic, 0) + lag
        for topic, lag in by_topic.items():
            metrics.LAG_RECORDS.labels(topic).set(lag)
        return sum(by_topic.values())
