"""MongoDB keeps the promises of every counting store."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_aggregator.stores.counting import MongoCountingStore, create_indexes
from birge_aggregator.stores.reading import MongoReadingStore
from birge_common.mongo import connect
from birge_common.settings import MongoSettings
from birge_common.testing.failpoints import FailPoints
from tests.suites.counting_store import CountingStoreSuite
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class _Both(MongoCountingStore, MongoReadingStore):
    """The worker's and the API's side of one database."""


@pytest.fixture
async def store(stack: EmbeddedStack) -> AsyncIterator[_Both]:
    client, database = connect(MongoSettings(uri=stack.mongo_uri)), f"suite_{uuid4().hex}"
    await create_indexes(client[database])
    yield _Both(client, database, group_id="suite", fail_points=FailPoints())
    await client.drop_database(database)
    client.close()


class TestMongoStore(CountingStoreSuite):
    """One new database a test."""
