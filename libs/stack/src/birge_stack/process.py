"""One part as an operating-system process: started, waited for, stopped, and never left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from birge_stack.errors import StackError
from birge_stack.part import NotReady, Part

PR_SET_PDEATHSIG = 1
PROBE_PAUSE_SECONDS = 0.1
LOG_TAIL_LINES = 15
LOG_BYTES_MAX = 20 * 1024 * 1024
# Linux ties a child's death signal to the *thread* that started it, so that a thread which lives
# as long as this process starts them all; a short-lived one would take its children with it.
_launcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="birge-launcher")


def last_lines(path: Path, count: int = LOG_TAIL_LINES) -> str:
    """The end of a log, for an error message."""
    if not path.exists():
        return "(no log)"
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64 * 1024))
        lines = file.read().decode("utf-8", "replace").splitlines()
    return "\n".join(lines[-count:])


class PartProcess:
    """The process of one part; it may be started again after it ended."""

    def __init__(self, part: Part, log: Path) -> None:
        self.part = part
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id, or None before the first start."""
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Prepare and start the process, and return once it answers its real request."""
        self.part.prepare()
        self.spawn()
        self.wait_ready()

    def spawn(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C does not reach it."""
        self._make_room_for_log()
        with self.log.open("ab") as log:
            self._process = _launcher.submit(
                subprocess.Popen,
                self.part.argv,
                env={**os.environ, **self.part.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent(),
            ).result()

    def wait_ready(self, *, given_up: Callable[[], bool] = lambda: False) -> None:
        """Return when the part answers; raise with the end of its log when it does not."""
        deadline_at = time.monotonic() + self.part.ready_within_seconds
        while not given_up():
            try:
                self.part.probe()
                self.part.when_ready()
            except NotReady as answer:
                reason = str(answer)
            else:
                return
            if not self.is_running:
                raise self._failure(f"{self.part.name} ended before it was ready")
            if time.monotonic() > deadline_at:
                seconds = self.part.ready_within_seconds
                raise self._failure(f"{self.part.name} not ready in {seconds:g} s: {reason}")
            time.sleep(PROBE_PAUSE_SECONDS)

    def wait(self) -> int:
        """Block until the process ends and return its exit status."""
        return self._process.wait() if self._process else 0

    def signal_stop(self) -> None:
        """Ask the process to end cleanly, without waiting."""
        self._signal(signal.SIGTERM)

    def stop(self) -> None:
        """End the process cleanly within its time, or by force after it."""
        self.signal_stop()
        if self._process is None:
            return
        try:
            self._process.wait(self.part.stop_within_seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self._signal(signal.SIGKILL)
        self.wait()

    def pause(self) -> None:
        """Stop the process in its tracks (SIGSTOP)."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused process go on (SIGCONT)."""
        self._signal(signal.SIGCONT)

    def _make_room_for_log(self) -> None:
        """Put a log that has grown large aside, in place of the one put aside before it."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def _failure(self, what: str) -> StackError:
        return StackError(f"{what}. Last lines of {self.log}:\n{last_lines(self.log)}")


def _die_with_parent() -> Callable[[], None] | None:
    """A hook for the child that ends it when this process is killed, where the system can."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_for_signal() -> None:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:
            os._exit(1)

    return ask_for_signal
