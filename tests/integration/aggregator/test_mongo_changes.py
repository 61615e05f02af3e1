"""Changed months reach the outbox in the transaction that remembers them, none twice or never."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from pymongo.errors import PyMongoError

from birge_aggregator.changes import ChangesTeller
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.stores.changes import SAID, MongoChangesStore
from birge_aggregator.stores.counting import MongoCountingStore, create_indexes
from birge_common.contracts.statistics import StatisticsChangedV1
from birge_common.messaging.outbox import OUTBOX
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from birge_common.testing.failpoints import FailPoints
from tests.suites.counting_store import FIRST, GENERATION
from tests.support.records import LogRecord, report, retraction
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class Room:
    """A database that is counted into, and a program that tells what changed."""

    def __init__(self, client: Client, database: str) -> None:
        self.database = client[database]
        self.counting = MongoCountingStore(
            client, database, group_id="suite", fail_points=FailPoints()
        )
        self.store = MongoChangesStore(client, database, group_id="suite")
        self.teller = ChangesTeller(self.store, away=PyMongoError)
        self._next = 0

    async def counts(self, *values: bytes) -> None:
        records = [LogRecord(value, self._next + n) for n, value in enumerate(values)]
        self._next += len(values)
        await count_batch(read_batch({FIRST: records}), self.counting)

    async def tells(self) -> list[dict[str, Any]]:
        """The events that one look says."""
        before = {row["_id"] async for row in self.database[OUTBOX].find()}
        await self.teller.tell()
        rows = await self.database[OUTBOX].find().sort("_id", 1).to_list(None)
        return [json.loads(row["value"]) for row in rows if row["_id"] not in before]


@pytest.fixture
async def room(stack: EmbeddedStack) -> AsyncIterator[Room]:
    client, database = connect(MongoSettings(uri=stack.mongo_uri)), f"changes_{uuid4().hex}"
    await create_indexes(client[database])
    room = Room(client, database)
    await room.counting.take_over([FIRST], GENERATION)
    yield room
    await client.drop_database(database)
    client.close()


async def test_several_reports_of_a_month_are_said_once(room: Room) -> None:
    await room.counts(*(report(f"r-{n}", region="KZ-71", period="2022-03") for n in range(5)))
    (event,) = await room.tells()
    assert (event["type"], event["subject"]) == ("kz.birge.statistics.changed.v1", "KZ-71/2022-03")
    data = StatisticsChangedV1.model_validate_json(json.dumps(event["data"]))
    assert data.positions == {FIRST.topic: {str(FIRST.number): 5}}
    assert await room.tells() == []


async def test_each_change_has_an_id_of_its_own(room: Room) -> None:
    await room.counts(report("r-1", region="KZ-71", period="2022-03"))
    first = await room.tells()
    await room.counts(retraction("r-1", version=2))
    second = await room.tells()
    assert [one["subject"] for one in first + second] == ["KZ-71/2022-03"] * 2
    assert first[0]["id"] != second[0]["id"]


async def test_a_report_that_changes_nothing_is_not_said(room: Room) -> None:
    await room.counts(report("r-1"))
    assert len(await room.tells()) == 1
    await room.counts(report("r-1"))
    assert await room.tells() == []


async def test_a_longer_period_is_of_no_month(room: Room) -> None:
    await room.counts(report("r-1", period="2022-H1"), report("r-2", period="2022"))
    assert await room.tells() == []


async def test_a_program_that_starts_anew_says_only_what_is_new(room: Room) -> None:
    await room.counts(report("r-1", region="KZ-71", period="2022-03"))
    await room.tells()
    room.teller = ChangesTeller(room.store, away=PyMongoError)
    await room.counts(report("r-2", region="KZ-75", period="2022-04"))
    assert [one["subject"] for one in await room.tells()] == ["KZ-75/2022-04"]


async def test_two_programs_say_the_same_event(room: Room) -> None:
    await room.counts(report("r-1"))
    changes = await room.store.unsaid()
    await room.store.say(changes)
    await room.store.say(changes)
    rows = await room.database[OUTBOX].find().to_list(None)
    assert len({json.loads(row["value"])["id"] for row in rows}) == 1


async def test_what_is_not_remembered_is_not_said(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outbox fails in mid-transaction: nothing of it stays, and the next look says it."""
    await room.counts(report("r-1"))

    def broken(_changed: object) -> dict[str, Any]:
        raise ValueError("no row")

    with monkeypatch.context() as patched:
        patched.setattr("birge_aggregator.stores.changes.changed_record", broken)
        with pytest.raises(ValueError, match="no row"):
            await room.teller.tell()
    assert await room.database[SAID].count_documents({}) == 0
    assert len(await room.tells()) == 1
