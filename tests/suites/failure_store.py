"""What every store of failures promises, and a throttle over it."""

import asyncio
from datetime import UTC, datetime, timedelta

from birge_common.access.throttle import Failures, FailureStore, Limit, Throttle

NOW = datetime(2022, 12, 1, 9, tzinfo=UTC)
FIVE = {"door": Limit(5, timedelta(minutes=5))}
ONE, TWO = Failures(1, NOW), Failures(2, NOW + timedelta(seconds=1))


class FailureStoreSuite:
    """Inherited with a fixture `failures`: two views of one empty store, as two processes."""

    async def test_failures_are_found_by_their_keys(self, failures: list[FailureStore]) -> None:
        store, other = failures
        assert await store.failures(["a", "b"]) == {}
        assert await store.replace_failures("a", None, ONE)
        assert await other.failures(["a", "b"]) == {"a": ONE}

    async def test_only_what_was_read_is_replaced(self, failures: list[FailureStore]) -> None:
        store, other = failures
        assert not await store.replace_failures("a", ONE, TWO)
        assert await store.replace_failures("a", None, ONE)
        assert not await other.replace_failures("a", None, TWO)
        assert await other.replace_failures("a", ONE, TWO)
        assert not await store.replace_failures("a", ONE, None)
        assert await store.failures(["a"]) == {"a": TWO}
        assert await store.replace_failures("a", TWO, None)
        assert await store.failures(["a"]) == {}

    async def test_two_processes_give_no_more_guesses_than_one(
        self, failures: list[FailureStore]
    ) -> None:
        one, other = (Throttle(each) for each in failures)
        waits = [await each.attempt(FIVE, NOW) for each in (one, other, one, other, one, other)]
        assert [bool(wait) for wait in waits] == [False] * 5 + [True]
        assert await one.attempt(FIVE, NOW)

    async def test_guesses_at_once_on_two_processes_are_not_free(
        self, failures: list[FailureStore]
    ) -> None:
        throttles = [Throttle(each) for each in failures]
        waits = await asyncio.gather(*(one.attempt(FIVE, NOW) for one in throttles * 10))
        assert sum(not wait for wait in waits) == 5

    async def test_where_one_key_waits_the_others_are_not_counted(
        self, failures: list[FailureStore]
    ) -> None:
        throttle = Throttle(failures[0])
        for _ in range(5):
            await throttle.attempt(FIVE, NOW)
        both = {"account": Limit(50, timedelta(minutes=1)), **FIVE}
        assert await throttle.attempt(both, NOW)
        assert "account" not in await failures[0].failures(list(both))

    async def test_what_was_right_after_all_is_forgiven_and_nothing_before_it(
        self, failures: list[FailureStore]
    ) -> None:
        one, other = (Throttle(each) for each in failures)
        for _ in range(4):
            await one.attempt(FIVE, NOW)
        for _ in range(20):
            assert not await other.attempt(FIVE, NOW)
            await other.forgive(FIVE)
        assert (await failures[0].failures(["door"]))["door"].count == 4

    async def test_the_wait_doubles_and_after_half_an_hour_all_is_forgotten(
        self, failures: list[FailureStore]
    ) -> None:
        throttle, now, waits = Throttle(failures[0]), NOW, []
        for _ in range(9):
            while wait := await throttle.attempt(FIVE, now):
                waits.append(wait.total_seconds())
                now += wait
        assert waits == [1, 2, 4, 8]
        now += timedelta(minutes=30)
        assert not await throttle.attempt(FIVE, now)
        assert (await failures[0].failures(["door"]))["door"].count == 1
