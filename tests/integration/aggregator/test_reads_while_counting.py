"""A read is one snapshot: it never shows half a batch, and never goes back."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_aggregator.domain.contribution import PageKey
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.stores.counting import MongoCountingStore, create_indexes
from birge_aggregator.stores.reading import MongoReadingStore
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from birge_common.testing.failpoints import FailPoints
from tests.support.records import SUBMISSIONS, LogRecord, report
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration

PARTITIONS = [Partition(SUBMISSIONS, number) for number in range(4)]
MONTHS = [f"2022-{month:02d}" for month in range(1, 13)]
BATCHES, BATCH_RECORDS = 12, 40


@pytest.fixture
async def client(stack: EmbeddedStack) -> AsyncIterator[Client]:
    client = connect(MongoSettings(uri=stack.mongo_uri))
    yield client
    client.close()


@pytest.fixture
async def database(client: Client) -> AsyncIterator[str]:
    name = f"reads_{uuid4().hex}"
    await create_indexes(client[name])
    yield name
    await client.drop_database(name)


def records_of(at: Partition, batch: int) -> list[LogRecord]:
    """Reports of one hour each, so that hours counted are records counted."""
    first = batch * BATCH_RECORDS
    return [
        LogRecord(
            report(f"{at.number}-{n}", hours=1, period=MONTHS[n % 12], region="KZ-71"),
            n,
            at.number,
        )
        for n in range(first, first + BATCH_RECORDS)
    ]


async def test_every_read_holds_whole_batches_and_never_goes_back(
    client: Client, database: str
) -> None:
    store = MongoCountingStore(client, database, group_id="g", fail_points=FailPoints())
    reader = MongoReadingStore(client, database, group_id="g")
    await store.take_over(PARTITIONS, {SUBMISSIONS: "one"})
    done = asyncio.Event()

    async def count() -> None:
        for batch in range(BATCHES):
            records = {at: records_of(at, batch) for at in PARTITIONS}
            await count_batch(read_batch(records), store)
        done.set()

    async def read() -> list[int]:
        seen = []
        while not done.is_set():
            snapshot = await reader.snapshot(MONTHS, ())
            hundredths = sum(
                snapshot.pages.get(PageKey("KZ-71", month, "front_office"), {}).get(
                    "direction/umit/hours", 0
                )
                for month in MONTHS
            )
            assert hundredths == 100 * sum(snapshot.positions.values())
            seen.append(sum(snapshot.positions.values()))
        return seen

    _, *readers = await asyncio.gather(count(), read(), read(), read())
    for seen in readers:
        assert seen == sorted(seen)
        assert len(set(seen)) > 2, "the reads were too few to prove anything"
