"""Administrators change a log while it is counted: more partitions, other offsets of a group."""

import pytest
from confluent_kafka import ConsumerGroupTopicPartitions, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions  # type: ignore[attr-defined]

from birge_common.contracts.topics import SUBMISSIONS, TOPICS
from tests.support.counting_cluster import CountingCluster
from tests.support.event_stream import EventStream
from tests.support.exactness import assert_exact, recounted
from tests.support.recount import differences_of_figures

pytestmark = [pytest.mark.faults, pytest.mark.slow]

RECORDS = 2_000
PARTITIONS = {topic.name: topic.partitions for topic in TOPICS}[SUBMISSIONS]


def admin_of(cluster: CountingCluster) -> AdminClient:
    """Whoever asks must hold it until the answers are there, or they never come."""
    return AdminClient({"bootstrap.servers": cluster.stack.kafka_bootstrap, "log_level": 0})


@pytest.mark.parametrize("offset", [0, 50])
def test_offsets_of_the_group_set_by_hand_change_no_figure(
    cluster: CountingCluster, seed: int, offset: int
) -> None:
    stream = EventStream(seed)
    worker = cluster.worker()
    cluster.produce(stream.take(RECORDS))
    cluster.wait_caught_up()
    worker.end()
    moved = [TopicPartition(SUBMISSIONS, number, offset) for number in range(PARTITIONS)]
    admin = admin_of(cluster)
    answers = admin.alter_consumer_group_offsets(
        [ConsumerGroupTopicPartitions(cluster.group, moved)]
    )
    for answer in answers.values():
        answer.result(15)
    worker.spawn()
    cluster.produce(stream.take(RECORDS // 4))
    assert_exact(cluster)


def test_partitions_added_under_load_are_counted_too(cluster: CountingCluster, seed: int) -> None:
    """Identities change their partition: the ledger, which knows no partitions, settles them."""
    stream = EventStream(seed, contradictions=0)
    cluster.worker()
    cluster.produce(stream.take(RECORDS))
    admin = admin_of(cluster)
    answers = admin.create_partitions([NewPartitions(SUBMISSIONS, PARTITIONS + 4)])
    for answer in answers.values():
        answer.result(15)
    cluster.produce(stream.take(RECORDS))
    cluster.wait_caught_up()
    found = differences_of_figures(recounted(cluster), cluster.database)
    assert not found, "\n".join(found)
