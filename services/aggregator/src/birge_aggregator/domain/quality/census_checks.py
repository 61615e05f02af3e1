"""Censuses held against their own sums, against other sources, and against those before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from birge_aggregator.domain.census import (
    AGES,
    FIGURES,
    GENDERS,
    OCCUPATIONS,
    Census,
    censuses_from,
    figure,
    path_of,
    snapshots,
)
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.period import (
    a_year_after,
    half_year_before,
    half_years_inside,
    stated_window,
)
from birge_aggregator.domain.quality.changes import change_finding
from birge_aggregator.domain.quality.details import detail
from birge_aggregator.domain.quality.finding import ERROR, WARNING, Finding, region_or_none
from birge_aggregator.domain.statements import CENSUS
from birge_aggregator.domain.territory import COUNTRY

EQUAL, AT_MOST = "=", "<="

_Before = Mapping[tuple[str, str, str], Census]


class Rule(NamedTuple):
    """Left side (a sum), operator and right side; `with_gaps` holds where a part is missing.

    Where the right side or all of the left is missing, there is nothing to hold.
    """

    what: str
    left: tuple[str, ...]
    operator: str
    right: str
    importance: str
    with_gaps: str


RULES: Sequence[Rule] = (
    Rule("volunteers.gender", GENDERS, EQUAL, "total", ERROR, AT_MOST),
    Rule("volunteers.age", AGES, EQUAL, "total", ERROR, AT_MOST),
    Rule("volunteers.occupation", OCCUPATIONS, EQUAL, "total", ERROR, AT_MOST),
)


def census_findings(figures: Figures) -> Iterator[Finding]:
    """Of every census of one calendar year, whether it is the one that counts or not."""
    censuses = censuses_from(figures.statements[CENSUS])
    halves = half_years_inside(figures.window)
    of_year = [census for census in censuses if census.period in halves]
    before = {(one.source, one.region, one.period): one for one in censuses}
    yield from _not_submitted(figures, censuses)
    for census in of_year:
        yield from _broken_rules(census, figures)
        yield from _said_before(census, figures, before)
    yield from _contradictions(of_year, figures)
    for half in halves:
        counting = snapshots(stated_window(half), censuses, figures.regions, figures.office_rank)
        asked = [(place, half, [one]) for place, one in counting.items() if place != COUNTRY]
        for place, period, behind in (*asked, (COUNTRY, half, list(counting.values()))):
            if change := change_finding(place, period, behind):
                yield change


def _not_submitted(figures: Figures, censuses: Sequence[Census]) -> Iterator[Finding]:
    """A half-year is due once any region has a census of it or of a later one, up to a year on."""
    submitted = {
        (figures.regions.place(one.region), one.period) for one in censuses if one.region != COUNTRY
    }
    halves = half_years_inside(figures.window)
    next_year = {a_year_after(half) for half in halves}
    latest = max((half for _, half in submitted if half in {*halves, *next_year}), default="")
    for half in halves:
        for region in figures.regions.expected_in(stated_window(half).first_month):
            if half <= latest and (region, half) not in submitted:
                about = ("completeness", ERROR, region, half, "census")
                yield Finding(*about, 1, 0, -1, detail("no_census"))


def _broken_rules(census: Census, figures: Figures) -> Iterator[Finding]:
    for rule in RULES:
        parts = [figure(census, name) for name in rule.left]
        given = [part for part in parts if part is not None]
        whole = figure(census, rule.right)
        if whole is None or not given:
            continue
        operator = rule.operator if len(given) == len(parts) else rule.with_gaps
        found = sum(given)
        if found == whole or (operator == AT_MOST and found < whole):
            continue
        yield Finding(
            "sum_of_parts",
            rule.importance,
            region_or_none(figures.regions.place(census.region)),
            census.period,
            rule.what,
            whole,
            found,
            found - whole,
            detail(
                "rule",
                rule=f"{' + '.join(map(path_of, rule.left))} {operator} {path_of(rule.right)}",
                gaps=len(parts) - len(given),
                parts=len(parts),
                source=census.source,
            ),
            key=census.source,
        )


def _said_before(census: Census, figures: Figures, before: _Before) -> Iterator[Finding]:
    """Nothing at all, or what the same office said half a year before."""
    stated = [figure(census, name) for name in FIGURES]
    region = region_or_none(figures.regions.place(census.region))
    given = [value for value in stated if value is not None]
    if not any(given):
        yield Finding(
            "empty",
            WARNING,
            region,
            census.period,
            "census",
            None,
            len(given),
            None,
            detail("empty_census", given=len(given), figures=len(stated), source=census.source),
            key=census.source,
        )
        return
    former = before.get((census.source, census.region, half_year_before(census.period)))
    if former is not None and [figure(former, name) for name in FIGURES] == stated:
        yield Finding(
            "repeated",
            WARNING,
            region,
            census.period,
            "census",
            None,
            figure(census, "total"),
            None,
            detail("repeated_census", before=former.period, source=census.source),
            key=census.source,
        )


def _contradictions(of_year: Sequence[Census], figures: Figures) -> Iterator[Finding]:
    """Two sources for one region and half-year: the registered office's counts."""
    of_place: dict[tuple[str, str], list[Census]] = {}
    for census in of_year:
        of_place.setdefault((census.region, census.period), []).append(census)
    for (region, period), several in sorted(of_place.items()):
        first, *others = sorted(several, key=figures.office_rank)
        stated = [figure(first, name) for name in FIGURES]
        for other in others:
            if [figure(other, name) for name in FIGURES] == stated:
                continue
            total, its_total = figure(first, "total"), figure(other, "total")
            yield Finding(
                "contradiction",
                WARNING,
                region_or_none(figures.regions.place(region)),
                period,
                "census",
                total,
                its_total,
                None if total is None or its_total is None else its_total - total,
                detail("second_census", counts=first.source, other=other.source),
                key=other.source,
            )
