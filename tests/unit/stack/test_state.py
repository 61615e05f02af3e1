"""The state file never misleads: torn, stale or foreign, it says that nothing runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from birge_stack.home import Home
from birge_stack.parts import expected_records
from birge_stack.settings import Ports
from birge_stack.state import (
    PartRecord,
    PartState,
    ProcessMark,
    StackState,
    State,
    kill_leftovers,
    read_state,
    status_document,
    write_state,
)

KAFKA = PartRecord(name="kafka", url="127.0.0.1:1", state=PartState.READY, restarts=2)
INGEST = PartRecord(name="ingest", url="http://127.0.0.1:2", is_service=True)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path / "downloads")


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def mark_of(pid: int) -> ProcessMark:
    mark = ProcessMark.of(pid)
    assert mark
    return mark


def test_what_is_written_is_read(home: Home) -> None:
    state = State(supervisor=mark_of(os.getpid()), state=StackState.READY, parts=(KAFKA, INGEST))
    write_state(home, state)

    assert read_state(home) == state
    assert [path.name for path in home.run.iterdir()] == ["state.json"]


@pytest.mark.parametrize("content", [b"", b'{"parts": [{"na', b"[]", b"\xff\xfe"])
def test_no_file_or_a_broken_one_says_that_nothing_runs(home: Home, content: bytes) -> None:
    assert not read_state(home).is_alive
    home.run.mkdir()
    home.state_file.write_bytes(content)
    assert read_state(home) == State()


def test_a_number_taken_by_a_later_process_is_not_the_same_process() -> None:
    mine = mark_of(os.getpid())
    earlier = mine.model_copy(update={"started": mine.started - 60})

    assert mine.process() is not None
    assert earlier.process() is None
    assert not State(supervisor=earlier).is_alive


def test_leftovers_are_killed_only_where_number_and_start_match(
    sleeper: "subprocess.Popen[bytes]",
) -> None:
    mark = mark_of(sleeper.pid)
    reused = mark.model_copy(update={"started": mark.started - 60})

    kill_leftovers(State(parts=(KAFKA.model_copy(update={"process": reused}),)))
    assert sleeper.poll() is None

    kill_leftovers(State(parts=(KAFKA.model_copy(update={"process": mark}),)))
    assert mark.process() is None


def test_status_names_every_part_where_nothing_ever_ran() -> None:
    document = status_document(State(), expected_records(Ports()))

    assert document["state"] == "stopped"
    assert set(document["services"]) == {
        "ingest",
        "aggregator",
        "aggregator-worker",
        "aggregator-quality",
        "aggregator-publisher",
        "awards",
        "awards-worker",
    }
    assert set(document["parts"]) == {"kafka", "mongo", "zipkin", "otlp"}
    assert document["services"]["ingest"] == {
        "state": "stopped",
        "url": "http://127.0.0.1:8101",
        "restarts": 0,
    }
    assert document["parts"]["kafka"]["url"] == "127.0.0.1:19092"
    assert document["parts"]["mongo"]["url"].startswith("mongodb://127.0.0.1:27117/")


def test_status_shows_what_the_living_supervisor_last_said() -> None:
    state = State(supervisor=mark_of(os.getpid()), state=StackState.DEGRADED, parts=(KAFKA,))
    document = status_document(state, expected_records(Ports()))

    assert document["state"] == "degraded"
    assert document["parts"]["kafka"] == {"state": "ready", "url": "127.0.0.1:1", "restarts": 2}
    assert document["parts"]["zipkin"]["state"] == "stopped"


def test_status_believes_no_word_of_a_dead_supervisor() -> None:
    dead = mark_of(os.getpid()).model_copy(update={"started": 1.0})
    state = State(supervisor=dead, state=StackState.READY, parts=(KAFKA,))

    document = status_document(state, expected_records(Ports()))

    assert document["state"] == "stopped"
    assert document["parts"]["kafka"]["state"] == "stopped"
