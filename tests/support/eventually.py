"""Waiting for what must become true, with a limit, so that no test ever sleeps and hopes."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PAUSE_SECONDS = 0.05


def eventually(
    look: Callable[[], Found],
    *,
    within_seconds: float,
    what: str = "the condition",
    unless: Callable[[], str | None] = lambda: None,
) -> Found:
    """The first true value that `look` returns; an AssertionError where it takes too long.

    `unless` may give a reason for which it can never become true, and ends the waiting at once.
    """
    give_up_at = time.monotonic() + within_seconds
    while True:
        found = look()
        if found:
            return found
        if reason := unless():
            raise AssertionError(f"{what} can no longer happen: {reason}")
        if time.monotonic() > give_up_at:
            raise AssertionError(f"{what} did not happen in {within_seconds:g} s: saw {found!r}")
        time.sleep(PAUSE_SECONDS)
