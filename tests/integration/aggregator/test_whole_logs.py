"""K4 and K12: records in every compression, and a whole topic that is sent once more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    ResourceType,
)

from birge_common.contracts.topics import SUBMISSIONS
from tests.support.counting_cluster import COUNTED_TOPICS, CountingCluster
from tests.support.event_stream import EventStream
from tests.support.exactness import recounted
from tests.support.recount import differences

pytestmark = pytest.mark.integration

CODECS = ("zstd", "snappy", "lz4", "gzip", "none")
SEED = 412


def keep_the_senders_compression(cluster: CountingCluster) -> None:
    """Let the broker hand records on as they came, which no topic of ours allows."""
    admin = AdminClient({"bootstrap.servers": cluster.stack.kafka_bootstrap})
    entry = ConfigEntry("compression.type", "producer", incremental_operation=AlterConfigOpType.SET)
    resources = [
        ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
        for topic in COUNTED_TOPICS
    ]
    for answer in admin.incremental_alter_configs(resources).values():
        answer.result(15)


def figures(cluster: CountingCluster) -> Mapping[str, list[dict[str, Any]]]:
    """All that is counted, as it is stored."""
    return {
        name: list(cluster.database[name].find().sort("_id", 1))
        for name in ("pages", "ledger", "statements")
    }


def test_k4_records_of_every_compression_are_read(cluster: CountingCluster) -> None:
    stream = EventStream(SEED, contradictions=0)
    cluster.worker()
    for codec in CODECS:
        cluster.produce(stream.take(100), compression=codec)
    cluster.wait_caught_up()
    keep_the_senders_compression(cluster)
    for codec in CODECS:
        cluster.produce(stream.take(100), compression=codec)
    cluster.wait_caught_up()
    found = differences(recounted(cluster), cluster.database)
    assert not found, "\n".join(found)


def test_k12_a_whole_topic_sent_again_changes_no_figure(cluster: CountingCluster) -> None:
    """The log of the test before, and once more under other keys, so in other partitions."""
    whole = EventStream(SEED, contradictions=0).take(1_000)
    before = figures(cluster)
    cluster.produce(whole)
    cluster.wait_caught_up()
    assert figures(cluster) == before
    assert not differences(recounted(cluster), cluster.database)
    other = [replace(record, key=b"other" + record.key) for record in whole]
    cluster.produce([record for record in other if record.topic == SUBMISSIONS])
    cluster.wait_caught_up()
    assert figures(cluster) == before
