"""Which editions are out is asked once a second, however many want to know."""

import asyncio

import pytest

from birge_aggregator.editions import Edition
from birge_aggregator.remembered_editions import SECONDS, RememberedEditions
from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022


class Asked(MemoryEditions):
    """Editions that count who asks."""

    times = 0

    async def issued(self) -> list[Edition]:
        self.times += 1
        await asyncio.sleep(0)
        return list(self.editions)


class Hand:
    """A clock that a test moves."""

    now = 100.0


@pytest.fixture
def asked() -> Asked:
    return Asked([edition_2022()])


async def test_many_at_once_ask_once(asked: Asked) -> None:
    editions = RememberedEditions(asked)
    several = await asyncio.gather(*(editions.issued() for _ in range(20)))
    assert asked.times == 1
    assert all([one.id for one in each] == [ID] for each in several)


async def test_a_new_edition_is_seen_a_second_later(asked: Asked) -> None:
    hand = Hand()
    editions = RememberedEditions(asked, now=lambda: hand.now)
    assert await editions.one(ID) is not None
    asked.editions.clear()
    assert await editions.one(ID) is not None
    hand.now += SECONDS
    assert await editions.one(ID) is None
