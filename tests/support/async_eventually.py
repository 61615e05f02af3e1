"""Waiting inside an event loop for what must become true, with a limit."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.eventually import PAUSE_SECONDS


async def async_eventually(
    look: Callable[[], Awaitable[Any] | Any], *, within_seconds: float
) -> None:
    """Return once `look` gives something true; an AssertionError where it takes too long."""
    give_up_at = time.monotonic() + within_seconds
    while True:
        found = look()
        if await found if inspect.isawaitable(found) else found:
            return
        assert time.monotonic() < give_up_at, f"it did not happen in {within_seconds:g} s"
        await asyncio.sleep(PAUSE_SECONDS)
