"""Which census counts for a region and a window, and its figures as plain integers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from birge_aggregator.domain.period import Window, a_year_before, half_years_inside
from birge_aggregator.domain.statements import Stated
from birge_aggregator.domain.territory import RegionMap

GENDERS = ("men", "women")
AGES = ("under_18", "from_18_to_29", "from_30_to_pension", "pension")
OCCUPATIONS = ("school_pupil", "student", "neet", "employed", "unemployed", "retired")
ORGANISATIONS = ("ngos", "initiative_groups")

_PATHS = {
    "total": ("volunteers", "total"),
    **{name: ("volunteers", "gender", name) for name in GENDERS},
    **{name: ("volunteers", "age", name) for name in AGES},
    **{name: ("volunteers", "occupation", name) for name in OCCUPATIONS},
    **{name: ("organisations", name) for name in ORGANISATIONS},
}
FIGURES = tuple(_PATHS)
"""Every figure that a census is asked for."""


@dataclass(frozen=True)
class Census:
    """One office's half-year snapshot in force; `figures` as they were sent."""

    region: str
    period: str
    source: str
    figures: Mapping[str, Any]


OfficeRank = Callable[[Census], tuple[Any, ...]]


def censuses_from(stated: Sequence[Stated]) -> list[Census]:
    """The censuses among the statements in force."""
    return [Census(one.data["region"], one.data["period"], one.source, one.data) for one in stated]


@dataclass(frozen=True)
class Snapshot:
    """A region's census of one half-year; a figure that was not provided is None."""

    region: str
    period: str
    figures: Mapping[str, int | None]
    coverage: Mapping[str, Any] | None
    method_note: str | None
    previous_total: int | None

    def __getitem__(self, name: str) -> int | None:
        return self.figures[name]

    def without_note(self) -> "Snapshot":
        """The same figures, with nothing said of the method."""
        return replace(self, method_note=None)


def path_of(name: str) -> str:
    """Where the census holds a figure: `organisations.ngos`."""
    return ".".join(_PATHS[name])


def snapshots(
    window: Window, censuses: Sequence[Census], regions: RegionMap, rank: OfficeRank
) -> dict[str, Snapshot]:
    """By region, the last half-year inside the window; of two sources the lower rank's.

    What is stated for the country counts there, beside the regions', and in no region.

    The previous total is that of the same half a year before, whoever gave it.
    """
    halves = half_years_inside(window)
    wanted = {*halves, *map(a_year_before, halves)}
    chosen: dict[tuple[str, str], Census] = {}
    for census in sorted(censuses, key=rank, reverse=True):
        if census.period in wanted:
            chosen[census.region, census.period] = census
    by_place: dict[tuple[str, str], list[Census]] = {}
    for (region, period), census in sorted(chosen.items()):
        by_place.setdefault((regions.place(region), period), []).append(census)
    places = sorted({place for place, period in by_place if period in halves})
    found = {}
    for place in places:
        period = next(half for half in halves if (place, half) in by_place)
        before = by_place.get((place, a_year_before(period)), [])
        found[place] = _snapshot(place, period, by_place[place, period], before)
    return found


def _snapshot(
    region: str, period: str, parts: Sequence[Census], before: Sequence[Census]
) -> Snapshot:
    """The sum of the censuses that lie in one region of the map; usually there is one."""
    figures = {name: _sum(figure(part, name) for part in parts) for name in _PATHS}
    return Snapshot(
        region,
        period,
        figures,
        coverage=parts[0].figures.get("coverage") if len(parts) == 1 else None,
        method_note=next(filter(None, map(_method_note, parts)), None),
        previous_total=_sum(figure(part, "total") for part in before),
    )


def _method_note(census: Census) -> str | None:
    """What the office says of its method; a dash or a number in its place says nothing."""
    note = census.figures.get("method_note")
    return note if note is not None and any(map(str.isalpha, note)) else None


def figure(census: Census, name: str) -> int | None:
    """One figure of a census; None where it, or what it stands in, was not provided."""
    value: Any = census.figures
    for step in _PATHS[name]:
        value = None if value is None else value.get(step)
    return None if value is None else int(value)


def _sum(values: Any) -> int | None:
    provided = [value for value in values if value is not None]
    return sum(provided) if provided else None
