"""Creates topics as `topics.py` says, and asks the broker what only an administrator may."""

import asyncio
import time
from collections.abc import Iterable

from aiokafka import TopicPartition
from confluent_kafka import ConsumerGroupTopicPartitions, KafkaError, KafkaException
from confluent_kafka import TopicCollection as Topics
from confluent_kafka import TopicPartition as ConfluentTopicPartition
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    NewTopic,
    OffsetSpec,
)

from birge_common.contracts.topics import TOPICS

_TIMEOUT_SECONDS = 15.0
# A broker's first group is not answered at all; the same question asked again is, at once.
_ATTEMPT_SECONDS = 1.5
_GROUP_HAS_MEMBERS = (
    KafkaError.UNKNOWN_MEMBER_ID,
    KafkaError.NON_EMPTY_GROUP,
    KafkaError.REBALANCE_IN_PROGRESS,
)


def _admin(bootstrap_servers: str) -> AdminClient:
    """A client; whoever asks must hold it until the answers are there, or they never come."""
    return AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 3})


def create_topics(bootstrap_servers: str, *, replication_factor: int) -> None:
    """Create the topics that are missing; existing ones are left as they are."""
    wanted = [
        NewTopic(
            topic.name,
            num_partitions=topic.partitions,
            replication_factor=replication_factor,
            config=topic.configuration(replication_factor),
        )
        for topic in TOPICS
    ]
    admin = _admin(bootstrap_servers)
    answers = admin.create_topics(wanted, operation_timeout=_TIMEOUT_SECONDS)
    for answer in answers.values():
        try:
            answer.result(timeout=_TIMEOUT_SECONDS)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise


async def ensure_topics(bootstrap_servers: str, *, replication_factor: int = 1) -> None:
    """Create missing topics without blocking the event loop."""
    await asyncio.to_thread(create_topics, bootstrap_servers, replication_factor=replication_factor)


async def topic_ids(bootstrap_servers: str, topics: Iterable[str]) -> dict[str, str]:
    """The broker's id of each topic: a topic made anew under an old name has another one.

    librdkafka's administration client is used because aiokafka speaks no protocol version that
    carries the id.
    """
    names = list(topics)

    def describe() -> dict[str, str]:
        admin = _admin(bootstrap_servers)
        answers = admin.describe_topics(Topics(names), request_timeout=_TIMEOUT_SECONDS)
        return {
            name: str(answer.result(timeout=_TIMEOUT_SECONDS).topic_id)
            for name, answer in answers.items()
        }

    return await asyncio.to_thread(describe)


async def log_bounds(
    bootstrap_servers: str, partitions: Iterable[TopicPartition]
) -> dict[TopicPartition, tuple[int, int]]:
    """The first offset and the next one to be written of each partition, asked of the broker.

    It does not use the consumer, whose silence it is there to judge.
    """
    wanted = list(partitions)

    def ask(spec: OffsetSpec) -> dict[TopicPartition, int]:
        admin = _admin(bootstrap_servers)
        answers = admin.list_offsets(
            {ConfluentTopicPartition(t.topic, t.partition): spec for t in wanted},
            request_timeout=_TIMEOUT_SECONDS,
        )
        return {
            TopicPartition(at.topic, at.partition): answer.result(timeout=_TIMEOUT_SECONDS).offset
            for at, answer in answers.items()
        }

    if not wanted:
        return {}
    first = await asyncio.to_thread(ask, OffsetSpec.earliest())
    end = await asyncio.to_thread(ask, OffsetSpec.latest())
    return {at: (first[at], end[at]) for at in wanted}


async def commit_start_offsets(
    bootstrap_servers: str, *, group_id: str, starts: dict[TopicPartition, int]
) -> None:
    """Give a new consumer group its first committed offsets, while it has no member.

    With `auto_offset_reset=none` a group without commits loses five seconds at its first start.
    A group that already has members has commits, and the refusal is of no consequence.
    """

    def alter() -> int | None:
        """The first refusal's code; the answer carries one for each partition."""
        partitions = [ConfluentTopicPartition(t.topic, t.partition, o) for t, o in starts.items()]
        admin = _admin(bootstrap_servers)
        answers = admin.alter_consumer_group_offsets(
            [ConsumerGroupTopicPartitions(group_id, partitions)],
            request_timeout=_ATTEMPT_SECONDS,
        )
        try:
            done = [answer.result(timeout=_TIMEOUT_SECONDS) for answer in answers.values()]
        except KafkaException as error:
            code: int = error.args[0].code()
            return code
        refusals = [p.error.code() for group in done for p in group.topic_partitions if p.error]
        return refusals[0] if refusals else None

    give_up_at = time.monotonic() + _TIMEOUT_SECONDS
    while (refusal := await asyncio.to_thread(alter)) is not None:
        if refusal in _GROUP_HAS_MEMBERS:
            return
        # A broker's first group waits for the topic of all groups to be made.
        if time.monotonic() > give_up_at:
            raise KafkaException(KafkaError(refusal))
        await asyncio.sleep(0.2)
