"""The memory store keeps the promises of every store of the awards."""

import pytest

from birge_awards.ports import AwardsStore
from birge_awards.stores.documents import Document
from birge_awards.stores.memory import MemoryAwardsStore
from tests.suites.awards_store import AwardsStoreSuite, Database


class TestMemoryStore(AwardsStoreSuite):
    """One process: all keepers are the same store."""

    @pytest.fixture
    def database(self) -> Database:
        store = MemoryAwardsStore()

        async def outbox() -> list[Document]:
            return store.outbox

        async def quarantined() -> list[Document]:
            return [one.document() for one in store.quarantined.values()]

        return Database([store] * 8, outbox, quarantined)

    @pytest.fixture
    def store(self, database: Database) -> AwardsStore:
        return database.keepers[0]
