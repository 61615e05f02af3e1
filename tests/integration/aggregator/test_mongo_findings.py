"""MongoDB keeps the promises of every store of findings."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_aggregator.stores.findings import MongoFindingsStore
from birge_common.mongo import connect
from birge_common.settings import MongoSettings
from tests.suites.findings_store import FindingsStoreSuite
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


@pytest.fixture
async def findings(stack: EmbeddedStack) -> AsyncIterator[MongoFindingsStore]:
    client, database = connect(MongoSettings(uri=stack.mongo_uri)), f"findings_{uuid4().hex}"
    yield MongoFindingsStore(client, database)
    await client.drop_database(database)
    client.close()


class TestMongoFindings(FindingsStoreSuite):
    """One new database a test."""
