import asyncio
from collections.abc import Collection

import pytest
from pymongo.errors import AutoReconnect

from birge_ingest.domain.records import SeenEvent
from birge_ingest.stores.joined import Joined, JoinedSeenEvents
from birge_ingest.stores.memory import MemorySeenEvents


class Database:
    """Answers each call only when it is let, and notes what came together."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.let = asyncio.Event()
        self.error: Exception | None = None

    async def double(self, numbers: list[int]) -> dict[int, int]:
        self.calls.append(numbers)
        await self.let.wait()
        if self.error is not None:
            raise self.error
        return {number: 2 * number for number in numbers}


async def started(coroutines: Collection) -> list[asyncio.Task]:
    tasks = [asyncio.create_task(one) for one in coroutines]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_a_call_is_under_way_goes_together_in_the_next():
    database = Database()
    joined = Joined[int, dict[int, int]](database.double, timeout_seconds=1)
    first = await started([joined([1])])
    others = await started([joined([2]), joined([3, 4])])
    database.let.set()
    answers = await asyncio.gather(*first, *others)
    assert database.calls == [[1], [2, 3, 4]]
    assert answers[0] == {1: 2}
    assert answers[1] == answers[2] == {2: 4, 3: 6, 4: 8}


async def test_an_error_reaches_all_that_went_together_and_nobody_after_them():
    database = Database()
    joined = Joined[int, dict[int, int]](database.double, timeout_seconds=1)
    database.error = AutoReconnect("away")
    database.let.set()
    failed = await asyncio.gather(joined([1]), joined([2]), return_exceptions=True)
    assert [type(one) for one in failed] == [AutoReconnect, AutoReconnect]
    database.error = None
    assert await joined([3]) == {3: 6}


async def test_who_gives_up_waiting_takes_nobody_along():
    database = Database()
    joined = Joined[int, dict[int, int]](database.double, timeout_seconds=1)
    impatient, patient = await started([joined([1]), joined([2])])
    impatient.cancel()
    await asyncio.sleep(0)
    database.let.set()
    assert await patient == {1: 2, 2: 4}
    assert impatient.cancelled()


async def test_a_call_that_hangs_ends_in_time():
    database = Database()
    joined = Joined[int, dict[int, int]](database.double, timeout_seconds=0.01)
    with pytest.raises(TimeoutError):
        await joined([1])


async def test_each_request_is_told_of_its_own_events_alone():
    seen = JoinedSeenEvents(MemorySeenEvents(), timeout_seconds=1)
    one, other = SeenEvent("s|1", "d1", 0, 1, "t1"), SeenEvent("s|2", "d2", 0, 2, "t2")
    await asyncio.gather(seen.remember([one]), seen.remember([other]))
    found = await asyncio.gather(seen.find({"s|1", "s|9"}), seen.find({"s|2"}), seen.find(set()))
    assert found == [{"s|1": one}, {"s|2": other}, {}]
