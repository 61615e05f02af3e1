"""A supervisor in the background: started, waited for, and stopped from another process."""

import math
import subprocess
import sys
import time

import psutil

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.process import last_lines
from birge_stack.state import PartState, StackState, State, kill_leftovers, read_state
from birge_stack.supervision import Announce

PAUSE_SECONDS = 0.1
STOP_WITHIN_SECONDS = 90.0
# As long as a part has to get ready at its start (`Part.ready_within_seconds`).
BACK_WITHIN_SECONDS = 90.0


def start_detached(
    home: Home,
    *,
    sample_ratio: float,
    announce: Announce,
    back_within_seconds: float = BACK_WITHIN_SECONDS,
) -> State:
    """Return once every part is ready; raise with the reason when the start fails.

    A stack that is up already, or just coming up, is waited for and left as it is. Where a part
    of it is away, it gets the time that a part has to start.
    """
    if read_state(home).is_alive:
        announce(f"the stack of {home.root} is already up")
        return _wait_until_ready(home, None, announce, back_within_seconds)
    home.logs.mkdir(parents=True, exist_ok=True)
    with home.log_of("supervisor").open("ab") as log:
        supervisor = subprocess.Popen(
            (sys.executable, "-m", "birge_stack", "up", "--sample-ratio", str(sample_ratio)),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return _wait_until_ready(home, supervisor, announce, back_within_seconds)


def stop_supervisor(home: Home) -> bool:
    """Stop the stack of a home cleanly; False when none ran. Nothing of it is left afterwards."""
    state = read_state(home)
    supervisor = state.supervisor.process() if state.supervisor else None
    if supervisor is not None:
        supervisor.terminate()
        try:
            supervisor.wait(STOP_WITHIN_SECONDS)
        except psutil.TimeoutExpired:
            supervisor.kill()
    kill_leftovers(read_state(home))
    return supervisor is not None


def require_up(home: Home) -> State:
    """The state of a stack that is up, or an error that says how to bring it up."""
    state = read_state(home)
    if not state.is_alive or state.state in (StackState.STARTING, StackState.STOPPED):
        raise StackError("the stack is not up: birge up --detach")
    return state


def _wait_until_ready(
    home: Home,
    supervisor: "subprocess.Popen[bytes] | None",
    announce: Announce,
    back_within_seconds: float,
) -> State:
    said, back_by = "", math.inf
    while True:
        # Asked before the file is read: what an ended supervisor wrote last is then surely there.
        has_ended = supervisor is not None and supervisor.poll() is not None
        state = read_state(home)
        if state.is_alive and state.state is StackState.READY:
            return state
        if supervisor is not None and has_ended:
            raise StackError(_reason(home, state, supervisor))
        if supervisor is None and not state.is_alive:
            raise StackError(state.failure or "the stack was stopped before it was ready")
        if state.is_alive and state.note not in ("", said):
            said = state.note
            announce(said)
        if state.is_alive and state.state is StackState.DEGRADED:
            back_by = min(back_by, time.monotonic() + back_within_seconds)
            if time.monotonic() >= back_by:
                raise StackError(_who_is_away(home, state, back_within_seconds))
        time.sleep(PAUSE_SECONDS)


def _who_is_away(home: Home, state: State, seconds: float) -> str:
    """Which parts of a stack that is up did not come back, and where to read why."""
    away = [record.name for record in state.parts if record.state is not PartState.READY]
    logs = ", ".join(str(home.log_of(name)) for name in away)
    return f"not ready again in {seconds:g} s: {', '.join(away)}. The stack stays up; see {logs}"


def _reason(home: Home, state: State, supervisor: "subprocess.Popen[bytes]") -> str:
    """Why the supervisor ended: its own word, else the end of its log."""
    if state.supervisor and state.supervisor.pid == supervisor.pid and state.failure:
        return state.failure
    log = home.log_of("supervisor")
    return f"the stack did not come up. Last lines of {log}:\n{last_lines(log)}"
