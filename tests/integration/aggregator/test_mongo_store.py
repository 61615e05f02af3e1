"""MongoDB keeps the promises of every counting store."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from pymongo.synchronous.client_session import ClientSession

from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.stores.counting import POSITIONS, MongoCountingStore, create_indexes
from birge_aggregator.stores.reading import MongoReadingStore
from birge_common.mongo import connect
from birge_common.settings import MongoSettings
from birge_common.testing.failpoints import FailPoints
from tests.suites.counting_store import FIRST, GENERATION, CountingStoreSuite
from tests.support.records import as_log, report
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class _Both(MongoCountingStore, MongoReadingStore):
    """The worker's and the API's side of one database."""


@pytest.fixture
async def store(stack: EmbeddedStack) -> AsyncIterator[_Both]:
    client, database = connect(MongoSettings(uri=stack.mongo_uri)), f"suite_{uuid4().hex}"
    await create_indexes(client[database])
    yield _Both(client, database, group_id="suite", fail_points=FailPoints())
    await client.drop_database(database)
    client.close()


class TestMongoStore(CountingStoreSuite):
    """One new database a test."""


async def test_a_cancelled_batch_writes_nothing_outside_its_transaction(
    store: _Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver's thread goes on when its task is cancelled, and must find the transaction open.

    The first command is held where the driver is about to say which transaction it is of.
    """
    held, released = threading.Event(), threading.Event()
    as_it_is = ClientSession._apply_to

    def hold(self: ClientSession, command: dict[str, Any], *rest: Any) -> Any:
        if command.get("update") == POSITIONS and not held.is_set():
            held.set()
            released.wait(5)
        return as_it_is(self, command, *rest)

    await store.take_over([FIRST], GENERATION)
    monkeypatch.setattr(ClientSession, "_apply_to", hold)
    counting = asyncio.create_task(count_batch(read_batch(as_log([report()])), store))
    assert await asyncio.to_thread(held.wait, 5)
    counting.cancel()
    await asyncio.sleep(0.1)
    released.set()
    await asyncio.wait([counting])
    await asyncio.sleep(0.1)
    position = (await store.positions([FIRST]))[FIRST]
    is_counted = await store.entry("urn:birge:a|activity|r-1") is not None
    assert (position, is_counted) in ((0, False), (1, True)), "half of a batch"
    assert counting.cancelled()
