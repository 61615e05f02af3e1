"""MongoDB keeps the promises of every store of publications."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_aggregator.stores.publications import MongoPublications
from birge_common.messaging.outbox import OUTBOX
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from tests.suites.publication_store import PublicationStoreSuite, issue, whole
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class TestMongoPublications(PublicationStoreSuite):
    @pytest.fixture
    async def client(self, stack: EmbeddedStack) -> AsyncIterator[Client]:
        client = connect(MongoSettings(uri=stack.mongo_uri))
        yield client
        client.close()

    @pytest.fixture
    async def database(self, client: Client) -> AsyncIterator[str]:
        name = f"publications_{uuid4().hex}"
        yield name
        await client.drop_database(name)

    @pytest.fixture
    def store(self, client: Client, database: str) -> MongoPublications:
        return MongoPublications(client, database, address="http://birge")

    async def test_it_is_said_with_what_it_says(
        self, store: MongoPublications, client: Client, database: str
    ) -> None:
        await issue(store, whole())  # type: ignore[arg-type]
        rows = await client[database][OUTBOX].find().to_list(None)
        assert [row["topic"] for row in rows] == ["birge.statistics.v1"]
