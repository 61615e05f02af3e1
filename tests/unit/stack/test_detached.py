"""`up --detach` returns when everything is ready, and says which part is away when it is not."""

import dataclasses
import os
from pathlib import Path

import pytest

from birge_stack.detached import BACK_WITHIN_SECONDS, start_detached
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.part import Part
from birge_stack.state import (
    PartRecord,
    PartState,
    ProcessMark,
    StackState,
    State,
    read_state,
    write_state,
)

KAFKA = PartRecord(name="kafka", url="127.0.0.1:1", state=PartState.READY)
INGEST = PartRecord(name="ingest", url="http://127.0.0.1:2", state=PartState.RESTARTING)
# This process stands for a supervisor that runs.
DEGRADED = State(
    supervisor=ProcessMark.of(os.getpid()),
    state=StackState.DEGRADED,
    note="ingest is away",
    parts=(KAFKA, INGEST),
)
READY = DEGRADED.model_copy(update={"state": StackState.READY, "note": ""})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path / "downloads")


def ignore(_: str) -> None:
    pass


def test_a_stack_that_is_up_is_left_as_it_is(home: Home) -> None:
    write_state(home, READY)

    assert start_detached(home, sample_ratio=1, announce=ignore) == READY
    assert read_state(home) == READY


def test_a_part_that_is_away_is_waited_for(home: Home) -> None:
    write_state(home, DEGRADED)
    said: list[str] = []

    def come_back(line: str) -> None:
        said.append(line)
        if line == DEGRADED.note:
            write_state(home, READY)

    assert start_detached(home, sample_ratio=1, announce=come_back) == READY
    assert said[-1] == DEGRADED.note


def test_a_part_that_stays_away_is_named(home: Home) -> None:
    write_state(home, DEGRADED)

    with pytest.raises(StackError, match=r"0 s: ingest\. .*/ingest\.log") as refused:
        start_detached(home, sample_ratio=1, announce=ignore, back_within_seconds=0)
    assert "kafka" not in str(refused.value)


def test_a_part_has_as_long_to_come_back_as_to_start() -> None:
    fields = {field.name: field.default for field in dataclasses.fields(Part)}
    assert fields["ready_within_seconds"] == BACK_WITHIN_SECONDS
