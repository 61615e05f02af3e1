"""What changed is said when counting has moved, and again where saying it failed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from birge_aggregator.changes import ChangesTeller, MonthChanged
from birge_aggregator.ports import Partition

AT = Partition("birge.submissions.v1", 0)


class Away(Exception):
    pass


class Changing:
    """A store whose figures a test moves."""

    def __init__(self) -> None:
        self.next, self.looks, self.is_away = 0, 0, False
        self.waiting: list[MonthChanged] = []
        self.said: list[MonthChanged] = []

    def count(self, region: str) -> None:
        self.next += 1
        at = datetime(2022, 4, 1, tzinfo=UTC)
        self.waiting.append(MonthChanged(region, "2022-03", self.next, {AT: self.next}, at))

    async def positions_now(self) -> Mapping[Partition, int]:
        return {AT: self.next}

    async def unsaid(self) -> Sequence[MonthChanged]:
        self.looks += 1
        return list(self.waiting)

    async def say(self, changes: Sequence[MonthChanged]) -> None:
        if self.is_away:
            raise Away
        self.said += changes
        self.waiting.clear()


@pytest.fixture
def store() -> Changing:
    return Changing()


async def test_each_change_is_said_once(store: Changing) -> None:
    teller = ChangesTeller(store, away=Away)
    store.count("KZ-71")
    store.count("KZ-75")
    assert [await teller.tell() for _ in range(3)] == [2, 0, 0]
    assert [one.region for one in store.said] == ["KZ-71", "KZ-75"]


async def test_figures_are_not_looked_at_while_nothing_is_counted(store: Changing) -> None:
    teller = ChangesTeller(store, away=Away)
    for _ in range(5):
        await teller.tell()
    assert store.looks == 1


async def test_what_could_not_be_said_is_said_later(store: Changing) -> None:
    teller = ChangesTeller(store, away=Away)
    store.count("KZ-71")
    store.is_away = True
    with pytest.raises(Away):
        await teller.tell()
    store.is_away = False
    assert await teller.tell() == 1
