"""The MongoDB stores keep what every store of ingest promises."""

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from birge_ingest.stores.mongo import MongoQuarantine, MongoSeenEvents
from birge_ingest.stores.partners import MongoPartnerRegistry
from tests.suites.ingest_stores import PartnerRegistrySuite, QuarantineSuite, SeenEventsSuite
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration

PARTNER_CHANGED = EVENT_TYPES["kz.birge.partner.changed.v1"]


@pytest.fixture
async def client(stack: EmbeddedStack) -> AsyncIterator[Client]:
    client = connect(MongoSettings(uri=stack.mongo_uri, database=""))
    yield client
    client.close()


@pytest.fixture
def database() -> str:
    return f"ingest-{uuid4().hex[:12]}"


class TestMongoSeenEvents(SeenEventsSuite):
    @pytest.fixture
    def seen(self, client: Client, database: str) -> MongoSeenEvents:
        return MongoSeenEvents(client[database])


class TestMongoQuarantine(QuarantineSuite):
    @pytest.fixture
    async def quarantine(self, client: Client, database: str) -> MongoQuarantine:
        quarantine = MongoQuarantine(client[database])
        await quarantine.ensure_indexes()
        await quarantine.ensure_indexes()
        return quarantine

    async def test_a_page_is_read_along_the_indexes(
        self, quarantine: MongoQuarantine, client: Client, database: str
    ) -> None:
        own = {"$or": [{"key_id": "k"}, {"owned_source": {"$in": ["urn:a", "urn:b"]}}]}
        plan = await client[database]["quarantine"].find(own).sort("_id", -1).limit(3).explain()
        stages = json.dumps(plan["queryPlanner"]["winningPlan"])
        assert "SORT_MERGE" in stages
        assert "COLLSCAN" not in stages


class ReadableRegistry(MongoPartnerRegistry):
    """Reads its announcements from the outbox, as the relay would."""

    async def announcements(self) -> list[PartnerChangedV1]:
        rows = await self._outbox.find().sort("_id", 1).to_list(None)
        events = [PARTNER_CHANGED.adapter.validate_json(row["value"]) for row in rows]
        for row, event in zip(rows, events, strict=True):
            assert (row["topic"], row["key"]) == (PARTNER_CHANGED.topic, event.subject)
            assert event.subject == event.data.key_id
        return [event.data for event in events]


class TestMongoPartnerRegistry(PartnerRegistrySuite):
    @pytest.fixture
    def registry(self, client: Client, database: str) -> ReadableRegistry:
        return ReadableRegistry(client, database)
