"""Keeps every part running from `up` to Ctrl-C: starts, watches, restarts, stops, and tells."""

import threading
import time
import traceback
from collections.abc import Callable, Sequence

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.part import Part
from birge_stack.process import PartProcess
from birge_stack.state import PartRecord, PartState, ProcessMark

BACK_OFF_FIRST_SECONDS = 0.5
BACK_OFF_LAST_SECONDS = 10.0
CALM_SECONDS = 30.0
NEEDS_PAUSE_SECONDS = 0.1
LAST_PROBE_SECONDS = 5.0


class Keeper:
    """Keeps one part running, in a thread of its own."""

    def __init__(
        self,
        part: Part,
        home: Home,
        *,
        stopping: threading.Event,
        changed: Callable[["Keeper"], None],
    ) -> None:
        self.process = PartProcess(part, home.log_of(part.name))
        self.state = PartState.STOPPED
        self.restarts = 0
        self.failure = ""
        self.was_ready = threading.Event()
        self._stopping = stopping
        self._changed = changed
        self._spawning = threading.Lock()
        self._mark: ProcessMark | None = None

    @property
    def part(self) -> Part:
        """The part that is kept."""
        return self.process.part

    @property
    def record(self) -> PartRecord:
        """How the part stands now."""
        return PartRecord(
            name=self.part.name,
            url=self.part.url,
            is_service=self.part.is_service,
            state=self.state,
            process=self._mark,
            restarts=self.restarts,
        )

    def keep(self, needed: Sequence["Keeper"]) -> None:
        """Start the part once what it needs was ready, then restart it whenever it ends.

        A part that does not get ready the first time is a failure of the whole start; later on it
        is tried again for ever, less and less often.
        """
        try:
            while not all(keeper.was_ready.is_set() for keeper in needed):
                if self._stopping.wait(NEEDS_PAUSE_SECONDS):
                    return
            self._enter(PartState.STARTING)
            self._start()
            self._restart_for_ever()
        except StackError as error:
            self._fail(str(error))
        except Exception:  # the edge of a thread: its error must reach the person, not vanish
            self._fail(traceback.format_exc())

    def stop(self) -> None:
        """End the part for good; `stopping` must be set before."""
        with self._spawning:
            self.process.stop()
        self._mark = None
        self._enter(PartState.STOPPED)

    def signal_stop(self) -> None:
        """Ask the part to end without waiting for it."""
        with self._spawning:
            self.process.signal_stop()

    def _start(self) -> None:
        self.process.part.prepare()
        with self._spawning:
            if self._stopping.is_set():
                return
            self.process.spawn()
            self._mark = ProcessMark.of(self.process.pid) if self.process.pid else None
        self._changed(self)
        self.process.wait_ready(given_up=self._stopping.is_set)
        if not self._stopping.is_set():
            self.was_ready.set()
            self._enter(PartState.READY)

    def _restart_for_ever(self) -> None:
        back_off_seconds = BACK_OFF_FIRST_SECONDS
        while True:
            ready_at = time.monotonic()
            self.process.wait()
            if time.monotonic() - ready_at > CALM_SECONDS:
                back_off_seconds = BACK_OFF_FIRST_SECONDS
            self.restarts += not self._stopping.is_set()
            self._enter(PartState.RESTARTING)
            if self._stopping.wait(back_off_seconds):
                return
            back_off_seconds = min(2 * back_off_seconds, BACK_OFF_LAST_SECONDS)
            self._try_again()

    def _try_again(self) -> None:
        try:
            self._start()
        except (StackError, OSError) as error:
            self.failure = str(error)
            self._changed(self)
            # One that runs but never answered would otherwise be waited for without end.
            self.process.kill()

    def _enter(self, state: PartState) -> None:
        if self._stopping.is_set() and state is not PartState.STOPPED:
            return
        self.state = state
        self._changed(self)

    def _fail(self, what: str) -> None:
        self.failure = what
        self._enter(PartState.STOPPED)


class Supervisor:
    """All parts of one home; they die with this process, however it ends."""

    def __init__(
        self, parts: Sequence[Part], home: Home, changed: Callable[["Supervisor"], None]
    ) -> None:
        self._stopping = threading.Event()
        self._report = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._tell = changed
        self.keepers = tuple(
            Keeper(part, home, stopping=self._stopping, changed=self._on_change) for part in parts
        )

    @property
    def records(self) -> tuple[PartRecord, ...]:
        """How every part stands now."""
        return tuple(keeper.record for keeper in self.keepers)

    @property
    def is_ready(self) -> bool:
        """Whether every part answers."""
        return all(keeper.state is PartState.READY for keeper in self.keepers)

    @property
    def was_ready(self) -> bool:
        """Whether every part has answered since the start."""
        return all(keeper.was_ready.is_set() for keeper in self.keepers)

    @property
    def failure(self) -> str:
        """Why the start failed, or nothing."""
        failed = [k.failure for k in self.keepers if k.failure and not k.was_ready.is_set()]
        return failed[0] if failed else ""

    def start(self) -> None:
        """Start every part as soon as what it needs is ready, and return at once."""
        by_name = {keeper.part.name: keeper for keeper in self.keepers}
        for keeper in self.keepers:
            needed = [by_name[name] for name in keeper.part.needs if name in by_name]
            self._threads.append(threading.Thread(target=keeper.keep, args=(needed,), daemon=True))
        for thread in self._threads:
            thread.start()

    def run(self, asked_to_stop: threading.Event) -> None:
        """Keep everything running until asked to stop; raise if the start fails."""
        self.start()
        try:
            while not asked_to_stop.wait(0.1):
                if self.failure:
                    raise StackError(self.failure)
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop services together, then components in the reverse order of their start."""
        self._stopping.set()
        services = [keeper for keeper in self.keepers if keeper.part.is_service]
        for keeper in services:
            keeper.signal_stop()
        for keeper in reversed(self.keepers):
            keeper.stop()
        # One that is still asking its part would otherwise tell of it after the last word.
        for thread in self._threads:
            thread.join(LAST_PROBE_SECONDS)

    def _on_change(self, _: Keeper) -> None:
        with self._report:
            self._tell(self)
