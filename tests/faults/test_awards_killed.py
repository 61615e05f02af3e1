"""The awards' worker is killed at every step; the next one loses and doubles nothing."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.awards_process import AwardsProcess
from tests.support.eventually import eventually
from tests.support.ingest_process import IngestProcess
from tests.support.stack import EmbeddedStack
from tests.support.topics import TOPIC_NAMES, recreate_topics

pytestmark = pytest.mark.faults

KILLED, GAVE_UP = -9, 70
# How often at most a step is passed before the fault falls on it.
STEPS = {
    "before_keep": 20,
    "before_commit": 20,
    "after_keep": 20,
    "before_append": 2,
    "after_append": 2,
    "after_telling": 2,
    "before_position": 2,
    "after_position": 2,
}


@pytest.fixture(scope="module")
def door(
    servers: EmbeddedStack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IngestProcess]:
    """One door for all tests, before topics that nobody has written to."""
    recreate_topics(servers.kafka_bootstrap, TOPIC_NAMES)
    log = tmp_path_factory.mktemp("door") / "door.log"
    with IngestProcess(servers, "awards_door", log) as running:
        yield running


@pytest.fixture
def awards(servers: EmbeddedStack, door: IngestProcess, tmp_path: Path) -> Iterator[AwardsProcess]:
    process = AwardsProcess(servers, door, tmp_path)
    process.opens_nominations()
    yield process
    process.ends()


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_is_followed_without_loss(
    awards: AwardsProcess, seed: int, step: str
) -> None:
    nth = random.Random(f"{seed}{step}").randint(1, STEPS[step])
    awards.spawns(f"{step}:{nth}:kill")
    awards.sends_a_story(0, 9)
    eventually(
        lambda: awards.kept() or not awards.is_running, within_seconds=30, what="the first batch"
    )
    awards.sends_a_story(9, 12)
    assert awards.wait_ended(within_seconds=30) == KILLED
    awards.spawns()
    awards.sends_a_story(21, 3)
    awards.wait_done()
    awards.assert_whole()


def test_a_bug_before_the_positions_move_ends_the_worker_and_skips_nothing(
    awards: AwardsProcess,
) -> None:
    awards.spawns("before_position:1:raise")
    awards.sends_a_story(0, 6)
    assert awards.wait_ended(within_seconds=30) == GAVE_UP
    awards.spawns()
    awards.wait_done()
    awards.assert_whole()


def test_killed_again_and_again_it_comes_through(awards: AwardsProcess, seed: int) -> None:
    chance = random.Random(seed)
    awards.sends_a_story(0, 30)
    for _ in range(6):
        step = chance.choice(sorted(STEPS))
        awards.spawns(f"{step}:{chance.randint(1, STEPS[step])}:kill")
        eventually(
            lambda: not awards.is_running or awards.kept() == awards.expected(),
            within_seconds=30,
            what="a kill, or the end of the work",
        )
        awards.ends()
    awards.spawns()
    awards.wait_done()
    awards.assert_whole()
