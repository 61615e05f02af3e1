"""Workers that are stopped from outside, and workers that come and go all the time."""

import random

import pytest

from tests.support.counting_cluster import SESSION_TIMEOUT_SECONDS, CountingCluster
from tests.support.event_stream import EventStream
from tests.support.exactness import assert_exact

pytestmark = pytest.mark.faults


def test_a_worker_paused_beyond_its_session_commits_nothing_stale(
    cluster: CountingCluster, seed: int
) -> None:
    schedule, stream = random.Random(seed), EventStream(seed)
    paused, _other = cluster.worker(), cluster.worker()
    cluster.wait_owned_by(2)
    cluster.produce(stream.take(4_000))
    cluster.wait_counted(schedule.randint(200, 2_000), within_seconds=30)
    paused.process.pause()
    cluster.wait_owned_by(1, within_seconds=SESSION_TIMEOUT_SECONDS * 3)
    cluster.wait_caught_up()
    cluster.produce(stream.take(500))
    cluster.wait_caught_up()
    paused.process.resume()
    cluster.wait_owned_by(2)
    cluster.produce(stream.take(500))
    assert_exact(cluster)


@pytest.mark.parametrize("moves", [5, pytest.param(25, marks=pytest.mark.slow)])
def test_workers_come_and_go_while_records_are_counted(
    cluster: CountingCluster, seed: int, moves: int
) -> None:
    """Each move waits for progress, so that it falls into the counting and not between."""
    schedule, stream = random.Random(seed), EventStream(seed)
    workers = [cluster.worker()]
    for _ in range(moves):
        cluster.produce(stream.take(900))
        target = cluster.counted() + schedule.randint(100, 600)
        cluster.wait_counted(min(target, cluster.acknowledged), within_seconds=40)
        if len(workers) > 1 and schedule.random() < 0.6:
            leaving = workers.pop(schedule.randrange(len(workers)))
            if schedule.random() < 0.5:
                leaving.process.signal_stop()
            else:
                leaving.process.kill()
        else:
            workers.append(cluster.worker())
    assert_exact(cluster)
