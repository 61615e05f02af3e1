"""MongoDB answers as it may: the outcome is unknown, in conflict, lost, or the primary changes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from tests.support.counting_cluster import CountingCluster, CountingWorker
from tests.support.event_stream import EventStream
from tests.support.exactness import recounted
from tests.support.recount import differences

pytestmark = pytest.mark.faults

COMMIT, WRITE = ["commitTransaction"], ["update", "insert"]
TRANSIENT = ["TransientTransactionError"]
UNKNOWN_RESULT = {"code": 64, "errmsg": "waiting for replication timed out"}
# Each happens this often, on the next commands of its kind, whenever they come.
TIMES = 4
ANSWERS: Mapping[str, dict[str, Any]] = {
    "the connection closes before the commit": {"failCommands": COMMIT, "closeConnection": True},
    "the commit is done, its outcome unknown": {
        "failCommands": COMMIT,
        "writeConcernError": UNKNOWN_RESULT,
    },
    "the transaction is gone at the commit": {
        "failCommands": COMMIT,
        "errorCode": 251,
        "errorLabels": TRANSIENT,
    },
    "the primary steps down at the commit": {"failCommands": COMMIT, "errorCode": 11602},
    "a write is in conflict": {
        "failCommands": WRITE,
        "errorCode": 112,
        "errorLabels": TRANSIENT,
    },
    "the connection closes at a write": {"failCommands": WRITE, "closeConnection": True},
}


@contextmanager
def answering(cluster: CountingCluster, answer: dict[str, Any]) -> Iterator[None]:
    """A fail point of mongod; it must have been met as often as it was set up for."""
    command: dict[str, Any] = {"configureFailPoint": "failCommand"}
    admin = cluster.client.admin
    before = admin.command({**command, "mode": "off"})["count"]
    admin.command({**command, "mode": {"times": TIMES}, "data": answer})
    try:
        yield
    finally:
        after = admin.command({**command, "mode": "off"})["count"]
    assert after - before >= TIMES, "nothing met the fail point"


@pytest.fixture(scope="module")
def counting(
    servers: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[CountingCluster, CountingWorker]]:
    """One worker for all answers: each finds it as the one before left it."""
    with CountingCluster(servers, tmp_path_factory.mktemp("answers")) as cluster:
        worker = cluster.worker(batch_records_max=50)
        cluster.wait_owned_by(1)
        yield cluster, worker


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_mongodb_answers_the_batch_counts_once(
    counting: tuple[CountingCluster, CountingWorker], seed: int, name: str
) -> None:
    cluster, worker = counting
    with answering(cluster, ANSWERS[name]):
        cluster.produce(EventStream(seed + len(name)).take(400))
        cluster.wait_caught_up()
    assert worker.process.is_running
    found = differences(recounted(cluster), cluster.database)
    assert not found, "\n".join(found)
