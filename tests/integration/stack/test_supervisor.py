"""The supervisor on small programs of its own: restarts, failures, order, and no one left over."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.part import NotReady, Part
from birge_stack.ports import free_port
from birge_stack.process import PartProcess
from birge_stack.state import PartRecord, PartState
from birge_stack.supervisor import Supervisor
from birge_stack.web import probe_http
from tests.support.eventually import eventually

pytestmark = pytest.mark.integration

SERVER = Path(__file__).with_name("small_service.py")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path / "downloads")


def service(name: str, *behaviour: str) -> Part:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    return Part(
        name=name,
        argv=(sys.executable, "-S", str(SERVER), str(port), *behaviour),
        url=url,
        probe=lambda: probe_http(f"{url}/health/ready"),
        is_service=True,
        ready_within_seconds=20,
        stop_within_seconds=2,
    )


@contextmanager
def running(supervisor: Supervisor) -> Iterator[None]:
    supervisor.start()
    try:
        eventually(lambda: supervisor.is_ready, within_seconds=20)
        yield
    finally:
        supervisor.stop()


def silent(_: Supervisor) -> None:
    """Tell nobody."""


def pid_of(record: PartRecord) -> int:
    assert record.process
    return record.process.pid


def answers(part: Part) -> bool:
    try:
        part.probe()
    except NotReady:
        return False
    return True


def test_a_part_that_dies_is_restarted_and_the_others_go_on(home: Home) -> None:
    supervisor = Supervisor([service("one"), service("two")], home, silent)
    with running(supervisor):
        one, two = supervisor.records
        os.kill(pid_of(one), signal.SIGKILL)
        eventually(lambda: supervisor.records[0].restarts == 1, within_seconds=5)
        eventually(lambda: supervisor.is_ready, within_seconds=10)

        after = supervisor.records
        assert pid_of(after[0]) != pid_of(one)
        assert after[1] == two
        assert answers(supervisor.keepers[0].part)


def test_a_part_that_keeps_dying_is_restarted_less_and_less_often(home: Home) -> None:
    states: list[tuple[float, PartState]] = []

    def note(supervisor: Supervisor) -> None:
        states.append((time.monotonic(), supervisor.records[0].state))

    supervisor = Supervisor([service("one", "ready-then-die")], home, note)
    supervisor.start()
    try:
        eventually(lambda: supervisor.records[0].restarts >= 3, within_seconds=30)
    finally:
        supervisor.stop()

    pauses = [
        later - earlier
        for (earlier, before), (later, after) in pairwise(states)
        if before is PartState.RESTARTING and after is PartState.RESTARTING
    ]
    assert pauses[:2] == sorted(pauses[:2])
    assert pauses[0] >= 0.5
    assert pauses[1] >= 1.0


def test_a_start_that_fails_names_the_log_and_shows_its_end(home: Home) -> None:
    supervisor = Supervisor([service("one"), service("two", "die-at-start")], home, silent)

    with pytest.raises(StackError) as failure:
        supervisor.run(threading.Event())

    assert "two ended before it was ready" in str(failure.value)
    assert str(home.log_of("two")) in str(failure.value)
    assert "this program dies at its start" in str(failure.value)
    assert not any(answers(keeper.part) for keeper in supervisor.keepers)


def test_a_part_that_never_answers_fails_the_start_at_its_deadline(home: Home) -> None:
    never = replace(service("one", "never-ready"), ready_within_seconds=1)

    with pytest.raises(StackError, match=r"one not ready in 1 s: .* answered 503"):
        Supervisor([never], home, silent).run(threading.Event())


def test_a_part_starts_after_what_it_needs_and_stops_before_it(home: Home) -> None:
    told: list[tuple[PartState, PartState]] = []
    component = replace(service("component"), is_service=False)
    dependent = replace(service("dependent"), needs=("component",))
    supervisor = Supervisor(
        [component, dependent],
        home,
        lambda s: told.append((s.records[0].state, s.records[1].state)),
    )
    with running(supervisor):
        pass

    assert all(first is PartState.READY for first, second in told if second is PartState.STARTING)
    stopping = told[told.index((PartState.READY, PartState.READY)) :]
    assert (PartState.READY, PartState.STOPPED) in stopping
    assert (PartState.STOPPED, PartState.READY) not in stopping


def test_a_part_that_ignores_the_stop_is_killed_in_time(home: Home) -> None:
    supervisor = Supervisor([service("one", "ignore-stop")], home, silent)
    with running(supervisor):
        pid = pid_of(supervisor.records[0])
        began_at = time.monotonic()
    assert 2 <= time.monotonic() - began_at < 8
    assert not psutil.pid_exists(pid)


def test_stopping_while_parts_are_still_starting_leaves_none(home: Home) -> None:
    parts = [service("one", "never-ready"), service("two"), service("three", "die-at-start")]
    asked_to_stop = threading.Event()
    asked_to_stop.set()
    supervisor = Supervisor(parts, home, silent)

    supervisor.run(asked_to_stop)

    assert not any(keeper.process.is_running for keeper in supervisor.keepers)
    assert {record.state for record in supervisor.records} == {PartState.STOPPED}


def test_a_part_dies_with_its_killed_supervisor(home: Home) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from birge_stack.process import PartProcess; from birge_stack.part import Part\n"
        "argv = (sys.executable, '-S', sys.argv[1], sys.argv[2], 'ignore-stop')\n"
        "part = Part(name='one', argv=argv, url='', probe=lambda: None)\n"
        "process = PartProcess(part, Path(sys.argv[3])); process.spawn()\n"
        "print(process.pid, flush=True); process.wait()\n"
    )
    arguments = (str(SERVER), str(free_port()), str(home.log_of("one")))
    with subprocess.Popen(
        (sys.executable, "-c", code, *arguments), stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        parent.wait()
    child.wait(timeout=5)
    assert not child.is_running()


def test_a_part_survives_the_thread_that_started_it(home: Home) -> None:
    process = PartProcess(service("one"), home.log_of("one"))
    starter = threading.Thread(target=process.start)
    starter.start()
    starter.join()
    try:
        with pytest.raises(AssertionError):
            eventually(lambda: not process.is_running, within_seconds=0.5)
    finally:
        process.stop()


def test_a_killed_part_can_be_started_again_and_a_paused_one_resumed(home: Home) -> None:
    process = PartProcess(service("one"), home.log_of("one"))
    process.start()
    try:
        process.kill()
        assert not process.is_running
        process.start()
        process.pause()
        assert not answers_within(process.part, seconds=0.3)
        process.resume()
        eventually(lambda: answers(process.part), within_seconds=5)
    finally:
        process.stop()


def answers_within(part: Part, *, seconds: float) -> bool:
    found: list[bool] = []
    asking = threading.Thread(target=lambda: found.append(answers(part)), daemon=True)
    asking.start()
    asking.join(seconds)
    return bool(found and found[0])


def test_a_log_grown_large_is_put_aside(home: Home, request: pytest.FixtureRequest) -> None:
    process = PartProcess(service("one"), home.log_of("one"))
    home.logs.mkdir()
    with process.log.open("wb") as log:
        log.truncate(21 * 1024 * 1024)
    process.start()
    request.addfinalizer(process.stop)

    assert process.log.stat().st_size < 1024 * 1024
    assert process.log.with_suffix(".log.1").exists()
