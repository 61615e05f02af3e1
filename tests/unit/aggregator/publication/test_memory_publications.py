"""The store in memory keeps the promises of every store of publications."""

import json

import pytest

from birge_aggregator.stores.memory_publications import MemoryPublications
from tests.suites.publication_store import PublicationStoreSuite, issue, whole


class TestMemoryPublications(PublicationStoreSuite):
    @pytest.fixture
    def store(self) -> MemoryPublications:
        return MemoryPublications()

    async def test_what_is_out_is_said(self, store: MemoryPublications) -> None:
        await issue(store, whole())  # type: ignore[arg-type]
        [row] = store.outbox
        event = json.loads(row["value"])
        assert (row["topic"], event["subject"]) == ("birge.statistics.v1", "2022-edition-1")
        assert event["data"]["page"] == "http://birge/publications/2022-edition-1"
