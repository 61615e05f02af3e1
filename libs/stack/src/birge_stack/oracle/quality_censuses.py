"""Findings of censuses: missing, empty, repeated, wrongly added up, at odds, or suddenly other."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from birge_stack.oracle.censuses import (
    AGES,
    ALL_PATHS,
    GENDERS,
    OCCUPATIONS,
    TOTAL,
    Census,
    Registration,
    Snapshot,
    figure,
    office_rank,
)
from birge_stack.oracle.findings import ERROR, Finding
from birge_stack.oracle.spans import half_before
from birge_stack.oracle.territory import COUNTRY, place_of, regions_expected

BREAKDOWNS: Mapping[str, Sequence[str]] = {
    "gender": GENDERS,
    "age": AGES,
    "occupation": OCCUPATIONS,
}
MOST_CHANGE_PCT = 10
CensusKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class StatedCensus:
    """What one source says of a region and half-year."""

    source: str
    region: str
    period: str
    figures: Mapping[tuple[str, ...], int | None]

    @property
    def total(self) -> int | None:
        """The volunteers in all."""
        return self.figures[TOTAL]

    @property
    def has_anything(self) -> bool:
        """Whether any figure is above 0."""
        return any(value is not None and value > 0 for value in self.figures.values())


def stated_censuses(stated: Sequence[tuple[str, Census]]) -> dict[CensusKey, StatedCensus]:
    """Every live census by source, region and half-year."""
    found = {}
    for source, census in stated:
        region, period = str(census.get("region")), str(census.get("period"))
        figures = {path: figure(census, path) for path in ALL_PATHS}
        found[source, region, period] = StatedCensus(source, region, period, figures)
    return found


def findings_of_censuses(
    stated: Mapping[CensusKey, StatedCensus],
    keys: Collection[Registration],
    half_years: Collection[str],
    *,
    is_map_17: bool,
) -> Iterator[Finding]:
    """What single censuses say wrongly, and where those of two sources differ."""
    offered: defaultdict[tuple[str, str], list[StatedCensus]] = defaultdict(list)
    for census in stated.values():
        if census.period not in half_years:
            continue
        offered[census.region, census.period].append(census)
        place = place_of(census.region, is_map_17=is_map_17)
        yield from _of_one(census, place)
        earlier = stated.get((census.source, census.region, half_before(census.period)))
        if earlier and census.has_anything and census.figures == earlier.figures:
            total, source = census.total, census.source
            yield Finding("repeated", place, census.period, "census", None, total, source)
    for (region, period), several in offered.items():
        place = place_of(region, is_map_17=is_map_17)
        counts, *others = sorted(several, key=lambda one: office_rank(keys, one.source, region))
        for other in others:
            if other.figures != counts.figures:
                totals = (counts.total, other.total)
                yield Finding("contradiction", place, period, "census", *totals, other.source)


def _of_one(census: StatedCensus, place: str) -> Iterator[Finding]:
    if not census.has_anything:
        given = sum(value is not None for value in census.figures.values())
        yield Finding("empty", place, census.period, "census", None, given, census.source)
    for name, codes in BREAKDOWNS.items():
        parts = [census.figures["volunteers", name, code] for code in codes]
        given_parts = [part for part in parts if part is not None]
        if census.total is None or not given_parts:
            continue
        found = sum(given_parts)
        if found > census.total or (found < census.total and len(given_parts) == len(parts)):
            what = f"volunteers.{name}"
            figures = (census.total, found, census.source)
            yield Finding("sum_of_parts", place, census.period, what, *figures, ERROR)


def missing_censuses(
    stated: Mapping[CensusKey, StatedCensus], year: int, *, is_map_17: bool
) -> Iterator[Finding]:
    """Half-years up to the last that any region told of, the next year's included."""
    told = {
        (place_of(region, is_map_17=is_map_17), period)
        for _, region, period in stated
        if region != COUNTRY
    }
    near = (f"{year:04d}-", f"{year + 1:04d}-")
    latest = max((period for _, period in told if period.startswith(near)), default="")
    for half, month in ((1, 1), (2, 7)):
        period = f"{year:04d}-H{half}"
        if period <= latest:
            for place in regions_expected(date(year, month, 1), is_map_17=is_map_17):
                if (place, period) not in told:
                    yield Finding("completeness", place, period, "census", 1, 0, importance=ERROR)


def unexplained_changes(half_year: str, snapshots: Mapping[str, Snapshot]) -> Iterator[Finding]:
    """Totals that differ much from last year's, where the census does not say why."""
    befores, totals = [], []
    for place, snapshot in snapshots.items():
        total, before = snapshot[TOTAL], snapshot.previous
        if total is None or before is None:
            continue
        befores.append(before)
        totals.append(total)
        if place != COUNTRY and snapshot.method_note is None:
            yield from changed(place, half_year, before, total)
    if len(totals) > 1:
        yield from changed(COUNTRY, half_year, sum(befores), sum(totals))


def changed(place: str, half_year: str, before: int, total: int) -> Iterator[Finding]:
    """The finding of one place's two totals, if they differ much."""
    if before and abs(total - before) * 100 > before * MOST_CHANGE_PCT:
        yield Finding("change_without_reason", place, half_year, "volunteers.total", before, total)
