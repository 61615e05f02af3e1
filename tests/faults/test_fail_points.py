"""A worker dies, stops, fails or is cancelled at a named point; another one takes over."""

import random

import pytest

from tests.support.counting_cluster import (
    SESSION_TIMEOUT_SECONDS,
    CountingCluster,
    CountingWorker,
)
from tests.support.event_stream import EventStream
from tests.support.eventually import eventually
from tests.support.exactness import assert_exact

pytestmark = pytest.mark.faults

RECORDS = 2_500
KILLED = -9
GAVE_UP = 70
TAKEOVER_SECONDS = SESSION_TIMEOUT_SECONDS + 4
IN_A_BATCH = (
    "before_position",
    "after_position",
    "after_ledger_read",
    "after_ledger",
    "after_pages",
    "before_commit",
    "after_commit",
)


def two_workers(cluster: CountingCluster, fail: str) -> tuple[CountingWorker, CountingWorker]:
    """The first one will fail; records come once they share the partitions."""
    failing, other = cluster.worker(fail=fail, stall_seconds=8), cluster.worker()
    cluster.wait_owned_by(2)
    return failing, other


def nth_of(seed: int, step: str) -> int:
    """Which commit it falls on differs from step to step, and repeats with the seed."""
    return random.Random(f"{seed}{step}").randint(2, 5)


@pytest.mark.parametrize("step", IN_A_BATCH)
def test_another_worker_takes_over_from_one_killed(
    cluster: CountingCluster,
    seed: int,
    step: str,
    record_property: pytest.FixtureRequest,
) -> None:
    failing, _other = two_workers(cluster, f"{step}:{nth_of(seed, step)}:kill")
    cluster.produce(EventStream(seed).take(RECORDS))
    assert failing.wait_ended(within_seconds=20) == KILLED
    seconds = cluster.wait_owned_by(1) + cluster.wait_caught_up()
    record_property("takeover_seconds", round(seconds, 1))
    assert_exact(cluster)
    assert seconds < TAKEOVER_SECONDS
