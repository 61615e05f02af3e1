"""Fixtures of the awards' integration tests: the door in front of the worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.awards_process import AwardsProcess
from tests.support.ingest_process import IngestProcess
from tests.support.stack import EmbeddedStack
from tests.support.topics import TOPIC_NAMES, recreate_topics


@pytest.fixture(scope="module")
def door(stack: EmbeddedStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IngestProcess]:
    """One door for a module, before topics that nobody has written to."""
    recreate_topics(stack.kafka_bootstrap, TOPIC_NAMES)
    log = tmp_path_factory.mktemp("door") / "door.log"
    with IngestProcess(stack, "awards_door", log) as running:
        yield running


@pytest.fixture
def awards(stack: EmbeddedStack, door: IngestProcess, tmp_path: Path) -> Iterator[AwardsProcess]:
    """A database, a log of acts and a source of one test."""
    process = AwardsProcess(stack, door, tmp_path)
    process.opens_nominations()
    yield process
    process.ends()
