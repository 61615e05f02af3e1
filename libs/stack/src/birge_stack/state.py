"""What the supervisor tells others about its parts: one small file, replaced whole each time."""

import os
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

from birge_stack.home import Home

# A pid is taken again by the system in time, the same pid at the same second is the same process.
SAME_START_SECONDS = 2.0


class PartState(StrEnum):
    """What a part does now."""

    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    STOPPED = "stopped"


class StackState(StrEnum):
    """What all parts do together; degraded means up, but a part of it is away."""

    STARTING = "starting"
    READY = "ready"
    DEGRADED = "degraded"
    STOPPED = "stopped"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class ProcessMark(_Record):
    """One process, told apart from a later one that got its number."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "ProcessMark | None":
        """The mark of a running process, or None when there is none of this number."""
        try:
            return cls(pid=pid, started=psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return None

    def process(self) -> psutil.Process | None:
        """The marked process if it still runs."""
        try:
            found = psutil.Process(self.pid)
            is_same = abs(found.create_time() - self.started) < SAME_START_SECONDS
            return found if is_same and found.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


class PartRecord(_Record):
    """One part as it was last seen."""

    name: str
    url: str
    is_service: bool = False
    state: PartState = PartState.STOPPED
    process: ProcessMark | None = None
    restarts: int = 0


class State(_Record):
    """The stack as its supervisor last described it; `note` is its latest word to a person."""

    supervisor: ProcessMark | None = None
    state: StackState = StackState.STOPPED
    note: str = ""
    failure: str = ""
    parts: tuple[PartRecord, ...] = ()

    @property
    def is_alive(self) -> bool:
        """Whether the supervisor that wrote this still runs."""
        return self.supervisor is not None and self.supervisor.process() is not None


def write_state(home: Home, state: State) -> None:
    """Replace the file whole, so that a reader never sees half of it."""
    home.run.mkdir(parents=True, exist_ok=True)
    draft = home.run / ".state.json"
    draft.write_text(state.model_dump_json(indent=2), "utf-8")
    os.replace(draft, home.state_file)


def read_state(home: Home) -> State:
    """What the file says; no file, or one that is not ours, says that nothing runs."""
    try:
        return State.model_validate_json(home.state_file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return State()


def kill_leftovers(state: State, *, within_seconds: float = 10.0) -> None:
    """End the parts that outlived a killed supervisor, and no other process."""
    marks = [record.process for record in state.parts if record.process]
    lingering = [found for mark in marks if (found := mark.process())]
    for process in lingering:
        process.kill()
    psutil.wait_procs(lingering, timeout=within_seconds)


def status_document(state: State, expected: Iterable[PartRecord]) -> dict[str, Any]:
    """The answer of `status --json`: every part that belongs to the stack, running or not."""
    alive = state.is_alive
    seen = {record.name: record for record in state.parts} if alive else {}
    records = {record.name: record for record in expected} | seen
    shown = {
        record.name: {"state": str(record.state), "url": record.url, "restarts": record.restarts}
        for record in records.values()
    }
    return {
        "state": str(state.state if alive else StackState.STOPPED),
        "services": {n: each for n, each in shown.items() if records[n].is_service},
        "parts": {n: each for n, each in shown.items() if not records[n].is_service},
    }
