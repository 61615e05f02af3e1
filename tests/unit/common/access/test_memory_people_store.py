"""Memory keeps the promises of every store of people."""

import pytest

from birge_common.access.ports import PeopleStore
from birge_common.access.stores.memory import MemoryPeopleStore
from tests.suites.people_store import PeopleStoreSuite


class TestMemoryStore(PeopleStoreSuite):
    @pytest.fixture
    def people(self) -> PeopleStore:
        return MemoryPeopleStore()
