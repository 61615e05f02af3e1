"""How often an office's support is mentioned, in line with the printed class of its region."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Classes by the share of months in which support is mentioned: our reading of the report's words,
# published as reference data, so that whoever counts uses the same thresholds.
AT_LEAST_PCT_OF_MONTHS: Mapping[str, int] = {
    "regular": 75,
    "mentions": 40,
    "occasional": 15,
    "single": 8,
    "none": 0,
}


@dataclass(frozen=True, slots=True)
class _Mentions:
    months: int
    per_hundred_reports: int


_PLANNED: Mapping[str, _Mentions] = {
    "regular": _Mentions(months=11, per_hundred_reports=30),
    "mentions": _Mentions(months=6, per_hundred_reports=10),
    "occasional": _Mentions(months=3, per_hundred_reports=1),
    "single": _Mentions(months=1, per_hundred_reports=0),
    "none": _Mentions(months=0, per_hundred_reports=0),
}


def supported_places(months: Sequence[str], frequency: str, rng: random.Random) -> frozenset[int]:
    """Which of a region's reports (given by their months) mention the office's support."""
    planned = _PLANNED[frequency]
    places_by_month: defaultdict[str, list[int]] = defaultdict(list)
    for place, month in enumerate(months):
        places_by_month[month].append(place)
    chosen = rng.sample(sorted(places_by_month), min(planned.months, len(places_by_month)))
    return frozenset(
        place
        for month in chosen
        for place in rng.sample(
            places_by_month[month],
            max(1, len(places_by_month[month]) * planned.per_hundred_reports // 100),
        )
    )
