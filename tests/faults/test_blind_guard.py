"""Each of the two defences is enough alone, and without both the checker must find errors."""

from typing import Any

import pytest

from tests.support.counting_cluster import CountingCluster
from tests.support.event_stream import EventStream
from tests.support.eventually import eventually
from tests.support.exactness import recounted
from tests.support.recount import differences_of_figures

pytestmark = pytest.mark.faults

RECORDS = 2_500
# Small, so that the batch is surely not the last one of its partition: the other worker's position
# is then beyond the batch's end, which is how a lost commit is told from one that was kept.
BATCH_RECORDS = 40


def count_with_a_zombie(cluster: CountingCluster, seed: int, **defences: bool) -> None:
    """A worker stops inside a transaction, loses its partitions, and later goes on regardless.

    Its transaction is gone by then, and it tries its batch again: only the fence and the ledger
    know that another worker has counted it.
    """
    settings: dict[str, Any] = {**defences, "batch_records_max": BATCH_RECORDS}
    zombie = cluster.worker(fail="before_commit:3:stop", **settings)
    cluster.worker(**settings)
    cluster.wait_owned_by(2)
    cluster.produce(EventStream(seed).take(RECORDS))
    eventually(lambda: zombie.is_paused, within_seconds=20, what="the stop at the fail point")
    cluster.wait_owned_by(1)
    cluster.wait_caught_up()
    zombie.process.resume()
    cluster.wait_owned_by(2)
    cluster.produce(EventStream(seed + 1).take(300))
    cluster.wait_caught_up()
    for worker in cluster.workers:
        worker.end()


def test_the_ledger_alone_is_exact(cluster: CountingCluster, seed: int) -> None:
    count_with_a_zombie(cluster, seed, fence=False)
    found = differences_of_figures(recounted(cluster), cluster.database)
    assert not found, "\n".join(found)


def test_the_fence_alone_is_exact(cluster: CountingCluster, seed: int) -> None:
    """Without a ledger every record counts for itself, and each must count once."""
    count_with_a_zombie(cluster, seed, ledger=False)
    found = differences_of_figures(recounted(cluster, with_ledger=False), cluster.database)
    assert not found, "\n".join(found)


def test_without_both_the_checker_reports_differences(cluster: CountingCluster, seed: int) -> None:
    count_with_a_zombie(cluster, seed, fence=False, ledger=False)
    assert differences_of_figures(recounted(cluster, with_ledger=False), cluster.database)
