"""Which census counts for a region and window, and its figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from birge_stack.oracle.exact import given_sum
from birge_stack.oracle.spans import Span, year_before
from birge_stack.oracle.territory import place_of

TOTAL = ("volunteers", "total")
GENDERS = ("men", "women")
AGES = ("under_18", "from_18_to_29", "from_30_to_pension", "pension")
OCCUPATIONS = ("school_pupil", "student", "neet", "employed", "unemployed", "retired")
ORGANISATIONS = ("ngos", "initiative_groups")
VOLUNTEER_PATHS: tuple[tuple[str, ...], ...] = (
    TOTAL,
    *(("volunteers", "gender", name) for name in GENDERS),
    *(("volunteers", "age", name) for name in AGES),
    *(("volunteers", "occupation", name) for name in OCCUPATIONS),
)
ORGANISATION_PATHS = tuple(("organisations", name) for name in ORGANISATIONS)
ALL_PATHS = (*VOLUNTEER_PATHS, *ORGANISATION_PATHS)

Census = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Registration:
    """A key of a partner: which sources it may use, and for which regions."""

    sources: frozenset[str]
    regions: frozenset[str] | None
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The census of a place on the map for a half-year; None is what nobody gave."""

    period: str
    figures: Mapping[tuple[str, ...], int | None]
    coverage: Mapping[str, Any] | None
    previous: int | None
    method_note: str | None

    def __getitem__(self, path: tuple[str, ...]) -> int | None:
        return self.figures[path]


def office_rank(
    registrations: Iterable[Registration], source: str, region: str
) -> tuple[int, float, float, str]:
    """Sorts the sources of one region's census: the smallest is the region's own office."""
    ranks = [
        (
            0 if key.regions is not None and region in key.regions else 1,
            float("inf") if key.regions is None else float(len(key.regions)),
            key.registered_at.timestamp(),
            source,
        )
        for key in registrations
        if source in key.sources
    ]
    return min(ranks, default=(2, float("inf"), float("inf"), source))


def snapshots_of(
    censuses: Iterable[tuple[str, Census]],
    registrations: Iterable[Registration],
    span: Span,
    *,
    is_map_17: bool,
) -> dict[str, Snapshot]:
    """By place on the map, the last half-year inside the window that any census tells of."""
    keys = list(registrations)
    offered: defaultdict[tuple[str, str], list[tuple[str, Census]]] = defaultdict(list)
    for source, census in censuses:
        offered[str(census.get("region")), str(census.get("period"))].append((source, census))
    placed: defaultdict[tuple[str, str], list[Census]] = defaultdict(list)
    for (region, period), several in sorted(offered.items(), key=lambda item: item[0]):
        _, chosen = min(several, key=lambda item: office_rank(keys, item[0], region))
        placed[place_of(region, is_map_17=is_map_17), period].append(chosen)
    found = {}
    for place in sorted({place for place, _ in placed}):
        told = [half for half in span.half_years if (place, half) in placed]
        if told:
            before = placed.get((place, year_before(told[0])), [])
            found[place] = _snapshot(told[0], placed[place, told[0]], before)
    return found


def _snapshot(period: str, parts: list[Census], before: list[Census]) -> Snapshot:
    return Snapshot(
        period,
        {path: given_sum(figure(part, path) for part in parts) for path in ALL_PATHS},
        parts[0].get("coverage") if len(parts) == 1 else None,
        given_sum(figure(part, TOTAL) for part in before),
        next((note for part in parts if (note := _method_note(part))), None),
    )


def _method_note(census: Census) -> str | None:
    note = census.get("method_note")
    return note if note and any(map(str.isalpha, note)) else None


def figure(census: Census, path: tuple[str, ...]) -> int | None:
    """One figure of a census; None where it or anything above it was not given."""
    value: Any = census
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value if isinstance(value, int) else None
