"""What was kept comes into the log of acts in order, each act and each checkpoint once."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from birge_awards.ports import Change, Said
from birge_awards.sequencer import Sequencer, StoreBehindLog, opened_log
from birge_awards.stores.memory import MemoryAwardsStore
from birge_common.testing.clock import ManualClock
from birge_common.testing.failpoints import FailPointError, FailPoints
from birge_common.transparency.leaf import leaf_from
from birge_common.transparency.log_file import LEAVES, LogFile
from birge_common.transparency.note import new_signer
from tests.support.async_eventually import async_eventually

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
SIGNER = new_signer("birge.test/awards")
STEPS = ("before_append", "after_append", "after_telling")


class _Away(Exception):
    """Stands for the driver's error."""


async def acts_of(store: MemoryAwardsStore, *names: str) -> None:
    for name in names:
        await store.keep(Change(said=(Said("cycle.begin", "m", name, {"is": ("a",)}),)), now=AT)


def sequencer(store: MemoryAwardsStore, written: LogFile, fail: str = "") -> Sequencer:
    points = FailPoints(fail, 1, "raise")
    return Sequencer(store, written, ManualClock(AT), away=_Away, fail_points=points)


def told(store: MemoryAwardsStore) -> list[int]:
    return [json.loads(row["value"])["data"]["size"] for row in store.outbox]


@pytest.fixture
def store() -> MemoryAwardsStore:
    return MemoryAwardsStore()


@pytest.fixture
def reopened(tmp_path: Path) -> Iterator[Callable[[], LogFile]]:
    """The log as the next process finds it."""
    opened: list[LogFile] = []

    def reopen() -> LogFile:
        if opened:
            opened.pop().close()
        opened.append(opened_log(tmp_path / "log", SIGNER))
        return opened[0]

    yield reopen
    opened[0].close()


def subjects(folder: Path) -> list[str]:
    lines = (folder / "log" / LEAVES).read_bytes().splitlines()
    return [leaf_from(line).subject for line in lines]


async def test_acts_are_appended_once_and_their_checkpoint_told(
    store: MemoryAwardsStore, reopened: Callable[[], LogFile], tmp_path: Path
) -> None:
    writing = sequencer(store, reopened())
    assert await writing.write() == 0
    await acts_of(store, "a", "b")
    assert [await writing.write(), await writing.write()] == [2, 0]
    await acts_of(store, "c")
    assert [await writing.write(), await writing.write()] == [1, 0]
    assert subjects(tmp_path) == ["a", "b", "c"]
    assert told(store) == [2, 3]


@pytest.mark.parametrize("step", STEPS)
async def test_a_crash_at_any_step_loses_and_doubles_nothing(
    store: MemoryAwardsStore, reopened: Callable[[], LogFile], tmp_path: Path, step: str
) -> None:
    await acts_of(store, "a", "b")
    with pytest.raises(FailPointError):
        await sequencer(store, reopened(), step).write()
    next_one = sequencer(store, reopened())
    await next_one.write()
    await acts_of(store, "c")
    await next_one.write()
    assert subjects(tmp_path) == ["a", "b", "c"]
    assert told(store) == [2, 3]


async def test_a_log_that_was_lost_is_written_again_to_the_same_leaves(
    store: MemoryAwardsStore, reopened: Callable[[], LogFile], tmp_path: Path
) -> None:
    await acts_of(store, "a", "b")
    await sequencer(store, reopened()).write()
    before = (tmp_path / "log" / LEAVES).read_bytes()
    (tmp_path / "log").rename(tmp_path / "lost")
    await sequencer(store, reopened()).write()
    assert (tmp_path / "log" / LEAVES).read_bytes() == before


async def test_a_store_older_than_the_log_stops_it_and_says_what_to_read(
    store: MemoryAwardsStore, reopened: Callable[[], LogFile], tmp_path: Path
) -> None:
    await acts_of(store, "a", "b")
    await sequencer(store, reopened()).write()
    restored = MemoryAwardsStore()
    await acts_of(restored, "a")
    for writing in (sequencer(restored, reopened()), sequencer(MemoryAwardsStore(), reopened())):
        with pytest.raises(StoreBehindLog, match=r"older copy\?.*docs/runbooks/log-of-acts\.md"):
            await writing.write()
    assert subjects(tmp_path) == ["a", "b"]


async def test_a_store_that_went_on_with_other_acts_stops_it_too(
    store: MemoryAwardsStore, reopened: Callable[[], LogFile], tmp_path: Path
) -> None:
    """By its numbers alone it looks as if it were ahead."""
    await acts_of(store, "a", "b")
    await sequencer(store, reopened()).write()
    restored = MemoryAwardsStore()
    await acts_of(restored, "a", "x", "y")
    with pytest.raises(StoreBehindLog, match="act 1 is another one"):
        await sequencer(restored, reopened()).write()
    assert subjects(tmp_path) == ["a", "b"]


async def test_a_gap_in_the_numbers_stops_it(
    store: MemoryAwardsStore, reopened: Callable[[], LogFile]
) -> None:
    await acts_of(store, "a", "b", "c")

    class Gappy(MemoryAwardsStore):
        async def acts(self, since: int, most: int) -> list:  # type: ignore[type-arg]
            return [one for one in await store.acts(since, most) if one.number != 1]

    with pytest.raises(StoreBehindLog, match="gap"):
        await sequencer(Gappy(), reopened()).write()


async def test_while_the_store_is_away_it_waits_and_then_goes_on(
    reopened: Callable[[], LogFile], tmp_path: Path
) -> None:
    class Away(MemoryAwardsStore):
        times = 2

        async def acts(self, since: int, most: int) -> list:  # type: ignore[type-arg]
            if self.times:
                self.times -= 1
                raise _Away
            return list(await super().acts(since, most))

    away = Away()
    await acts_of(away, "a")
    running = asyncio.create_task(sequencer(away, reopened()).run())
    await async_eventually(lambda: told(away), within_seconds=5)
    running.cancel()
    assert subjects(tmp_path) == ["a"]
