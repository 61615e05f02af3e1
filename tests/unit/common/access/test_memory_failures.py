"""Memory keeps the promises of every store of failures, and no more than it has room for."""

import pytest

from birge_common.access.stores.failures_memory import KEYS_MAX, MemoryFailures
from birge_common.access.throttle import FailureStore
from tests.suites.failure_store import ONE, FailureStoreSuite


class TestMemoryFailures(FailureStoreSuite):
    @pytest.fixture
    def failures(self) -> list[FailureStore]:
        store = MemoryFailures()
        return [store, store]


async def test_the_oldest_give_way() -> None:
    store = MemoryFailures()
    for number in range(KEYS_MAX + 3):
        await store.replace_failures(str(number), None, ONE)
    keys = [str(number) for number in range(KEYS_MAX + 3)]
    assert list(await store.failures(keys)) == keys[3:]
