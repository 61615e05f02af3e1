"""A log that is not the one counted so far stops the workers, and nothing of it is counted."""

import pytest

from birge_common.contracts.topics import SUBMISSIONS
from tests.support.counting_cluster import CountingCluster, CountingWorker
from tests.support.event_stream import EventStream
from tests.support.eventually import eventually
from tests.support.exactness import recounted
from tests.support.recount import differences
from tests.support.topics import recreate_topics

pytestmark = pytest.mark.faults

ALARM = 70


def counted_once(cluster: CountingCluster, seed: int) -> CountingWorker:
    """A worker that has counted a whole log."""
    worker = cluster.worker()
    cluster.produce(EventStream(seed).take(1_000))
    cluster.wait_caught_up()
    return worker


def test_a_topic_made_anew_stops_the_worker_that_counts_it(
    cluster: CountingCluster, seed: int
) -> None:
    worker = counted_once(cluster, seed)
    expected = recounted(cluster)
    recreate_topics(cluster.stack.kafka_bootstrap, [SUBMISSIONS])
    anew = EventStream(seed + 1).take(200)
    cluster.produce([record for record in anew if record.topic == SUBMISSIONS])
    assert worker.wait_ended(within_seconds=40) == ALARM
    assert worker.said("LogReplacedError")
    found = differences(expected, cluster.database)
    assert not found, "\n".join(found)


def test_a_topic_made_anew_stops_the_worker_that_starts(
    cluster: CountingCluster, seed: int
) -> None:
    worker = counted_once(cluster, seed)
    expected = recounted(cluster)
    worker.end()
    recreate_topics(cluster.stack.kafka_bootstrap, [SUBMISSIONS])
    # Longer than the old log: the old positions exist in it, and mean other records.
    cluster.produce(EventStream(seed + 1).take(3_000))
    worker.spawn()
    assert worker.wait_ended(within_seconds=40) == ALARM
    assert worker.said("LogReplacedError")
    found = differences(expected, cluster.database)
    assert not found, "\n".join(found)


def test_a_log_cut_behind_the_position_stops_the_worker(
    cluster: CountingCluster, seed: int
) -> None:
    """As after a loss of the newest records: what was counted is no longer in the log."""
    worker = counted_once(cluster, seed)
    worker.end()
    cluster.database["positions"].update_many({}, {"$inc": {"next": 1_000_000}})
    worker.spawn()
    eventually(lambda: worker.exit_status() is not None, within_seconds=40, what="the alarm")
    assert worker.exit_status() == ALARM
    assert worker.said("the log was cut or replaced")
