"""MongoDB keeps the promises of every counting store."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from pymongo import monitoring
from pymongo.synchronous.client_session import ClientSession

from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.rebuilding import read_cells
from birge_aggregator.stores.counting import POSITIONS, MongoCountingStore, create_indexes
from birge_aggregator.stores.documents import position_id
from birge_aggregator.stores.reading import MongoReadingStore
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from birge_common.testing.failpoints import FailPoints
from tests.suites.counting_store import FIRST, GENERATION, SECOND, CountingStoreSuite
from tests.suites.report_sets_store import ReportSetsSuite
from tests.support.records import as_log, report, retraction
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class _Both(MongoCountingStore, MongoReadingStore):
    """The worker's and the API's side of one database."""

    def __init__(self, client: Client, database: str, *, group_id: str) -> None:
        MongoReadingStore.__init__(self, client, database, group_id=group_id)
        MongoCountingStore.__init__(
            self, client, database, group_id=group_id, fail_points=FailPoints()
        )


@pytest.fixture
async def store(stack: EmbeddedStack) -> AsyncIterator[_Both]:
    client, database = connect(MongoSettings(uri=stack.mongo_uri)), f"suite_{uuid4().hex}"
    await create_indexes(client[database])
    yield _Both(client, database, group_id="suite")
    await client.drop_database(database)
    client.close()


class TestMongoStore(CountingStoreSuite):
    """One new database a test."""


class TestMongoReportSets(ReportSetsSuite):
    """One new database a test; what is remembered is not read again."""

    remembers = True


async def test_a_rebuild_reads_pages_that_nothing_was_added_to(stack: EmbeddedStack) -> None:
    """One batch brought a report and took it back: its page has a revision and no counter."""
    client, database = connect(MongoSettings(uri=stack.mongo_uri)), f"suite_{uuid4().hex}"
    await create_indexes(client[database])
    store = _Both(client, database, group_id="suite")
    await store.take_over([FIRST], GENERATION)
    await count_batch(read_batch(as_log([report(), retraction()])), store)
    cells = await read_cells(client, database, "suite")
    assert cells.ledger_entries == 1
    assert not any(cells.pages.values())
    await client.drop_database(database)
    client.close()


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


class SessionsUsed(monitoring.CommandListener):
    """The ids of the sessions that commands were sent in."""

    def __init__(self) -> None:
        self.ids: set[bytes] = set()

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if "lsid" in event.command:
            self.ids.add(bytes(event.command["lsid"]["id"]))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None: ...

    def failed(self, event: monitoring.CommandFailedEvent) -> None: ...


async def test_a_session_that_a_successor_will_kill_is_used_for_nothing_else(
    stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, database = SessionsUsed(), f"suite_{uuid4().hex}"
    listeners = monitoring._LISTENERS._replace(command_listeners=[used])
    monkeypatch.setattr(monitoring, "_LISTENERS", listeners)
    client = connect(MongoSettings(uri=stack.mongo_uri))
    worker = MongoCountingStore(client, database, group_id="suite", fail_points=FailPoints())
    await worker.take_over([FIRST, SECOND], GENERATION)
    leases = {row["_id"]: row async for row in client[database]["leases"].find()}
    given_away = leases[position_id("suite", SECOND)]["sessions"]
    used.ids.clear()
    # Another worker has SECOND now, and is about to kill whatever its lease names.
    await worker.take_over([FIRST], GENERATION)
    for number in range(20):
        await count_batch(read_batch(as_log([report(f"r-{number}")])), worker)
    assert used.ids
    assert used.ids.isdisjoint(bytes(session["id"]) for session in given_away)
    await client.drop_database(database)
    client.close()
