"""MongoDB keeps the promises of every store of failures."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_common.access.stores.failures_mongo import MongoFailures
from birge_common.access.throttle import FORGOTTEN_AFTER, FailureStore
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from tests.suites.failure_store import FailureStoreSuite
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class TestMongoFailures(FailureStoreSuite):
    @pytest.fixture
    async def client(self, stack: EmbeddedStack) -> AsyncIterator[Client]:
        client = connect(MongoSettings(uri=stack.mongo_uri))
        yield client
        client.close()

    @pytest.fixture
    async def failures(self, client: Client) -> AsyncIterator[list[FailureStore]]:
        name = f"people_{uuid4().hex}"
        several = [MongoFailures(client, name) for _ in range(2)]
        for one in several:
            await one.ensure_indexes()
        yield list(several)
        await client.drop_database(name)

    async def test_the_database_itself_forgets_addresses(self, client: Client) -> None:
        name = f"people_{uuid4().hex}"
        await MongoFailures(client, name).ensure_indexes()
        indexes = await client[name]["failures"].index_information()
        seconds = FORGOTTEN_AFTER.total_seconds()
        assert indexes["last_at_1"]["expireAfterSeconds"] == seconds
        await client.drop_database(name)
