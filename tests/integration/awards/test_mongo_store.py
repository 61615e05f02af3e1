"""MongoDB keeps the promises of every store of the awards."""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from uuid import uuid4

import pytest

from birge_awards.ports import AwardsStore
from birge_awards.stores.documents import Document
from birge_awards.stores.mongo import MongoAwardsStore
from birge_common.mongo import connect
from birge_common.settings import MongoSettings
from tests.suites.awards_store import AwardsStoreSuite, Database
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration

KEEPERS = 8


class TestMongoStore(AwardsStoreSuite):
    """One new database a test; every keeper has a client of its own, as processes have."""

    @pytest.fixture
    async def database(self, stack: EmbeddedStack) -> AsyncIterator[Database]:
        name = f"awards_{uuid4().hex}"
        with ExitStack() as clients:
            keepers = []
            for _ in range(KEEPERS):
                client = connect(MongoSettings(uri=stack.mongo_uri))
                clients.callback(client.close)
                keepers.append(MongoAwardsStore(client, name))
            await keepers[0].ensure_indexes()
            await keepers[0].ensure_indexes()

            async def outbox() -> list[Document]:
                return await client[name]["outbox"].find().sort("_id", 1).to_list(None)

            async def quarantined() -> list[Document]:
                return await client[name]["quarantine"].find().to_list(None)

            yield Database(keepers, outbox, quarantined)
            await client.drop_database(name)

    @pytest.fixture
    def store(self, database: Database) -> AwardsStore:
        return database.keepers[0]
