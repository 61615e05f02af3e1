"""Whoever reads while workers count sees whole batches: pages, ledger and positions agree."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from birge_aggregator.stores.documents import entry_from
from tests.support.counting_cluster import CountingCluster
from tests.support.event_stream import EventStream
from tests.support.exactness import assert_exact

pytestmark = pytest.mark.integration

RECORDS = 4_000


class Seen(NamedTuple):
    """What one snapshot of the database shows."""

    counted: int
    settled: int
    reports_on_pages: int
    reports_in_force: int


def snapshot(cluster: CountingCluster) -> Seen:
    """All collections as of one moment."""
    database = cluster.database
    with cluster.client.start_session(snapshot=True) as session:
        positions = list(database["positions"].find(session=session))
        pages = list(database["pages"].find(session=session))
        ledger = [entry_from(row) for row in database["ledger"].find(session=session)]
    return Seen(
        counted=sum(row["next"] for row in positions),
        settled=sum(row["applied"] + row["ignored"] + row["quarantined"] for row in positions),
        reports_on_pages=sum(
            value
            for page in pages
            for name, value in page.get("c", {}).items()
            if name.startswith("direction/") and name.endswith("/n")
        ),
        reports_in_force=sum(entry.contribution is not None for entry in ledger),
    )


def snapshots_until_counted(cluster: CountingCluster) -> Iterator[Seen]:
    """One after another until everything acknowledged is counted."""
    while True:
        seen = snapshot(cluster)
        yield seen
        if seen.counted >= cluster.acknowledged:
            return


def test_a_snapshot_never_shows_half_a_batch(cluster: CountingCluster) -> None:
    cluster.worker(batch_records_max=40)
    cluster.worker(batch_records_max=40)
    cluster.wait_owned_by(2)
    cluster.produce(EventStream(77).take(RECORDS))
    last, partial = 0, 0
    for seen in snapshots_until_counted(cluster):
        assert seen.counted == seen.settled
        assert seen.reports_on_pages == seen.reports_in_force
        assert seen.counted >= last, "positions never go back"
        partial += 0 < seen.counted < RECORDS
        last = seen.counted
    assert partial >= 3, "the worker was too quick to be watched"
    assert_exact(cluster)
