"""The one question after every fault: does MongoDB hold exactly what the log says?"""

from tests.support.counting_cluster import CountingCluster
from tests.support.recount import Recount, differences, read_log, recount


def recounted(cluster: CountingCluster, *, with_ledger: bool = True) -> Recount:
    """The whole log, counted anew; every acknowledged record must be in it."""
    log = read_log(cluster.stack.kafka_bootstrap)
    assert len(log) >= cluster.acknowledged, "the log lacks acknowledged records"
    return recount(log, with_ledger=with_ledger)


def assert_exact(cluster: CountingCluster) -> None:
    """Catch up, stop all workers cleanly, and compare everything there is."""
    cluster.wait_caught_up()
    for worker in cluster.workers:
        worker.end()
    found = differences(recounted(cluster), cluster.database)
    assert not found, "\n".join(found)
