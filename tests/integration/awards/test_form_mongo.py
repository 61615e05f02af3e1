"""MongoDB keeps the promises of every store of drafts and of evidence files."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_awards.form_ports import DraftStore, EvidenceStore
from birge_awards.stores.evidence_mongo import MongoEvidenceStore
from birge_awards.stores.form_mongo import MongoDraftStore
from birge_common.mongo import connect
from birge_common.settings import MongoSettings
from tests.suites.form_drafts import DraftStoreSuite
from tests.suites.form_files import EvidenceStoreSuite
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class TestMongoDrafts(DraftStoreSuite):
    @pytest.fixture
    async def drafts(self, stack: EmbeddedStack) -> AsyncIterator[DraftStore]:
        client = connect(MongoSettings(uri=stack.mongo_uri))
        name = f"awards_{uuid4().hex}"
        try:
            store = MongoDraftStore(client, name)
            await store.ensure_indexes()
            await store.ensure_indexes()
            yield store
            await client.drop_database(name)
        finally:
            client.close()


class TestMongoEvidence(EvidenceStoreSuite):
    @pytest.fixture
    async def files(self, stack: EmbeddedStack) -> AsyncIterator[EvidenceStore]:
        client = connect(MongoSettings(uri=stack.mongo_uri))
        name = f"awards_{uuid4().hex}"
        try:
            store = MongoEvidenceStore(client, name)
            await store.ensure_indexes()
            await store.ensure_indexes()
            yield store
            await client.drop_database(name)
        finally:
            client.close()
