"""A supervisor's life in one home: alone there, told to stop by a signal, described in a file."""

import fcntl
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.parts import all_parts, download_all
from birge_stack.ports import refuse_taken_ports
from birge_stack.settings import Ports
from birge_stack.state import (
    PartState,
    ProcessMark,
    StackState,
    State,
    kill_leftovers,
    read_state,
    write_state,
)
from birge_stack.supervisor import Supervisor

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Announce = Callable[[str], None]


class AlreadyUp(StackError):
    """Another supervisor keeps this home; `birge down` stops it."""


class StopAsked(Exception):
    """A stop was asked for while nothing ran yet."""


class Reporter:
    """Says each change once: to the person, and whole in the state file."""

    def __init__(self, home: Home, announce: Announce) -> None:
        self._home = home
        self._announce = announce
        self._mark = ProcessMark.of(os.getpid())
        self._seen: Mapping[str, PartState] = {}
        self._note = ""
        self._state = State(supervisor=self._mark, state=StackState.STARTING)
        write_state(home, self._state)

    def note(self, line: str) -> None:
        """Say what goes on before there are parts."""
        self._announce(line)
        self._keep(self._state.model_copy(update={"note": line}))

    def changed(self, supervisor: Supervisor) -> None:
        """Take over how all parts stand now."""
        records = supervisor.records
        for record in records:
            if self._seen.get(record.name, PartState.STOPPED) is not record.state:
                self._announce(f"{record.name:<18}{record.state:<11}{record.url}")
        became_ready = supervisor.is_ready and self._state.state is StackState.STARTING
        self._seen = {record.name: record.state for record in records}
        overall = _overall(supervisor)
        self._keep(self._state.model_copy(update={"parts": records, "state": overall, "note": ""}))
        if became_ready:
            self._announce("everything is ready")

    def ended(self, failure: str = "") -> None:
        """Say for good that nothing runs any more, and why if it was not wanted."""
        parts = tuple(
            record.model_copy(update={"state": PartState.STOPPED, "process": None})
            for record in self._state.parts
        )
        self._keep(State(supervisor=self._mark, failure=failure, parts=parts))

    def _keep(self, state: State) -> None:
        self._state = state
        write_state(self._home, state)


def supervise(home: Home, ports: Ports, *, sample_ratio: float, announce: Announce) -> None:
    """Bring everything up and keep it up until a signal; raise if it does not come up."""
    with sole_supervisor(home), stop_on_signal() as asked_to_stop:
        kill_leftovers(read_state(home))
        reporter = Reporter(home, announce)
        try:
            _run(home, ports, sample_ratio, reporter, asked_to_stop)
        except StopAsked:
            reporter.ended()
        except BaseException as error:
            reporter.ended(str(error) or type(error).__name__)
            raise
        else:
            reporter.ended()


def _run(
    home: Home,
    ports: Ports,
    sample_ratio: float,
    reporter: Reporter,
    asked_to_stop: threading.Event,
) -> None:
    def progress(line: str) -> None:
        reporter.note(line)
        if asked_to_stop.is_set():
            raise StopAsked

    refuse_taken_ports(ports.by_part())
    download_all(home, progress)
    parts = all_parts(home, ports, sample_ratio=sample_ratio)
    Supervisor(parts, home, reporter.changed).run(asked_to_stop)


@contextmanager
def sole_supervisor(home: Home) -> Iterator[None]:
    """Hold the home's lock, which the system lets go of when this process ends in any way."""
    home.run.mkdir(parents=True, exist_ok=True)
    with home.lock_file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyUp(f"the stack of {home.root} is already up") from error
        yield


@contextmanager
def stop_on_signal() -> Iterator[threading.Event]:
    """An event that Ctrl-C, `down` and a closed terminal set instead of ending the process."""
    asked_to_stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    # What is ignored was ignored on purpose: `nohup` does so to outlive a terminal.
    heeded = [number for number in STOP_SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, on_signal) for number in heeded}
    try:
        yield asked_to_stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _overall(supervisor: Supervisor) -> StackState:
    if supervisor.is_ready:
        return StackState.READY
    return StackState.DEGRADED if supervisor.was_ready else StackState.STARTING
