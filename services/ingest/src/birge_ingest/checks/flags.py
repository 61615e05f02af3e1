"""What is accepted and should be looked at: figures beyond the usual, and periods long past."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from birge_common.periods import last_day
from birge_ingest.domain.value import Warned

# A hundredth of what the contract allows, and far above any report that was ever printed.
HOURS_USUAL_MAX = 1_000_000
COUNT_USUAL_MAX = 100_000
LATE_AFTER = timedelta(days=365)

_COUNTS = ("events", "volunteers")
# Tables of past years are published for as long as somebody needs them.
_NEVER_LATE = "reference"

_last_day = lru_cache(maxsize=8192)(last_day)


def flags_of(data: Mapping[str, Any], family: str, late_before: date) -> list[Warned]:
    """The flags of data that passed its contract; a period is late if it ended before the day."""
    found: list[Warned] = []
    if family == "activity":
        found += [Warned("above_soft_cap", pointer) for pointer in _beyond_the_usual(data)]
    name = "period" if "period" in data else "year"
    period = data.get(name)
    if period is not None and family != _NEVER_LATE and _last_day(str(period)) < late_before:
        found.append(Warned("late", f"/data/{name}"))
    return found


def _beyond_the_usual(data: Mapping[str, Any]) -> Iterator[str]:
    if (data.get("hours") or 0) > HOURS_USUAL_MAX:
        yield "/data/hours"
    for name in _COUNTS:
        if (data.get(name) or 0) > COUNT_USUAL_MAX:
            yield f"/data/{name}"
    for category, persons in (data.get("participants") or {}).items():
        if (persons or 0) > COUNT_USUAL_MAX:
            yield f"/data/participants/{category}"
