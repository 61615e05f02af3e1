"""Named points in the code at which a test lets the process die, stop, fail or be cancelled."""

import asyncio
import os
import signal
from dataclasses import dataclass, field

ENVIRONMENT = "BIRGE_FAIL"
KINDS = ("kill", "stop", "raise", "cancel")


class FailPointError(Exception):
    """Raised by a fail point of kind `raise`."""


@dataclass
class FailPoints:
    """At the `nth` time that `step` is reached, `kind` happens; without a step nothing ever does.

    Steps are counted in this process, so a fault falls on progress and not on time.
    """

    step: str = ""
    nth: int = 0
    kind: str = ""
    _reached: int = field(default=0, init=False)

    @classmethod
    def from_environment(cls) -> "FailPoints":
        """`BIRGE_FAIL=<step>:<n>:<kind>`, for example `before_commit:3:kill`."""
        text = os.environ.get(ENVIRONMENT, "")
        if not text:
            return cls()
        step, nth, kind = text.split(":")
        if kind not in KINDS:
            raise SystemExit(f"{ENVIRONMENT}: the kinds are {', '.join(KINDS)}.")
        return cls(step, int(nth), kind)

    def reach(self, step: str) -> None:
        """Say that the code is at `step`."""
        if step != self.step:
            return
        self._reached += 1
        if self._reached == self.nth:
            self._happen()

    def _happen(self) -> None:
        if self.kind == "raise":
            raise FailPointError(self.step)
        if self.kind == "cancel":
            raise asyncio.CancelledError(self.step)
        os.kill(os.getpid(), signal.SIGKILL if self.kind == "kill" else signal.SIGSTOP)
