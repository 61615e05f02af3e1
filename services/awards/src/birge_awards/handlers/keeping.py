"""Load, decide, keep; and once more where somebody else was quicker."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from birge_awards.ports import AwardsStore, Change, Stale

ATTEMPTS = 8

Result = TypeVar("Result")


async def kept(
    store: AwardsStore, decide: Callable[[], Awaitable[tuple[Change, Result]]], *, now: datetime
) -> Result:
    """What `decide` gives, once its change is kept; it loads anew on every attempt.

    Raises Stale where others change the same thing again and again.
    """
    for attempt in range(ATTEMPTS):
        change, result = await decide()
        try:
            await store.keep(change, now=now)
            return result
        except Stale:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")
