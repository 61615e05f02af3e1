"""MongoDB or the broker dies while records are counted; afterwards every figure is exact."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from birge_stack.process import PartProcess
from tests.support.counting_cluster import CountingCluster
from tests.support.event_stream import EventStream
from tests.support.exactness import assert_exact

pytestmark = pytest.mark.faults

RECORDS = 4_000
CATCH_UP_SECONDS = 30


@contextmanager
def started_again(process: PartProcess) -> Iterator[None]:
    """Kill a component now and start it when the body is done."""
    process.kill()
    try:
        yield
    finally:
        process.start()


def sending(cluster: CountingCluster, stream: EventStream) -> threading.Thread:
    """Records that go on coming while the test kills what they pass through."""
    thread = threading.Thread(target=cluster.produce, args=(stream.take(RECORDS),))
    thread.start()
    return thread


def test_the_database_is_killed_in_mid_count(
    cluster: CountingCluster, seed: int, note_seconds: Callable[[str, float], None]
) -> None:
    schedule, stream = random.Random(seed), EventStream(seed)
    cluster.worker()
    cluster.worker()
    cluster.wait_owned_by(2)
    for _ in range(2):
        target = cluster.acknowledged + schedule.randint(RECORDS // 8, RECORDS // 2)
        sender = sending(cluster, stream)
        cluster.wait_counted(target, within_seconds=30)
        with started_again(cluster.stack.mongod):
            pass
        sender.join()
        seconds = cluster.wait_caught_up()
        note_seconds("catch-up", seconds)
        assert seconds < CATCH_UP_SECONDS
    assert_exact(cluster)


def test_the_broker_is_killed_while_records_come(
    cluster: CountingCluster, seed: int, note_seconds: Callable[[str, float], None]
) -> None:
    killed_at = random.Random(seed).randint(RECORDS // 4, RECORDS // 2)
    reached = threading.Event()
    records = EventStream(seed).take(RECORDS)

    def on_acknowledged(count: int) -> None:
        if count == killed_at:
            reached.set()

    cluster.worker()
    cluster.worker()
    cluster.wait_owned_by(2)
    sender = threading.Thread(
        target=cluster.produce, args=(records,), kwargs={"on_acknowledged": on_acknowledged}
    )
    sender.start()
    assert reached.wait(30), "the broker should have acknowledged that many"
    with started_again(cluster.stack.kafka):
        pass
    sender.join()
    seconds = cluster.wait_caught_up()
    note_seconds("catch-up", seconds)
    assert seconds < CATCH_UP_SECONDS
    assert_exact(cluster)
