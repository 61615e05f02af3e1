"""MongoDB keeps the promises of every store of people."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from birge_common.access.account import Proposal
from birge_common.access.ports import KeptAccount, PeopleStore
from birge_common.access.session import WHOLE_TERM
from birge_common.access.stores.mongo import MongoPeopleStore
from birge_common.mongo import Client, connect
from birge_common.settings import MongoSettings
from tests.suites.people_store import ROLES, PeopleStoreSuite, account
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


class TestMongoStore(PeopleStoreSuite):
    @pytest.fixture
    async def client(self, stack: EmbeddedStack) -> AsyncIterator[Client]:
        client = connect(MongoSettings(uri=stack.mongo_uri))
        yield client
        client.close()

    @pytest.fixture
    async def people(self, client: Client) -> AsyncIterator[PeopleStore]:
        name = f"people_{uuid4().hex}"
        store = MongoPeopleStore(client, name)
        await store.ensure_indexes()
        await store.ensure_indexes()
        yield store
        await client.drop_database(name)

    async def test_an_account_of_the_older_shape_holds_no_role(self, client: Client) -> None:
        name = f"people_{uuid4().hex}"
        store = MongoPeopleStore(client, name)
        await store.keep(KeptAccount(account(proposal=Proposal(ROLES, "p-2"))))
        older = [{"role": "administrator"}, {"role": "juror", "regions": ["KZ-35"]}]
        await client[name]["accounts"].update_one(
            {"_id": "p-1"},
            {
                "$set": {"value.grants": older, "value.proposal": {"grants": older, "by": "p-2"}},
                "$unset": {"value.roles": ""},
            },
        )
        found = await store.account("p-1")
        assert found is not None
        assert (found.account.roles, found.account.proposal) == ({}, None)
        assert await store.accounts() == [found.account]
        await client.drop_database(name)

    async def test_the_database_itself_forgets_old_sessions(self, client: Client) -> None:
        name = f"people_{uuid4().hex}"
        await MongoPeopleStore(client, name).ensure_indexes()
        indexes = await client[name]["sessions"].index_information()
        assert indexes["signed_in_at_1"]["expireAfterSeconds"] == WHOLE_TERM.total_seconds()
        await client.drop_database(name)
