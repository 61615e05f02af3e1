"""Censuses held against their own sums, against other sources, and against the year before."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from birge_aggregator.domain.census import (
    AGES,
    GENDERS,
    OCCUPATIONS,
    Census,
    Snapshot,
    censuses_from,
    figure,
    path_of,
)
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.finding import ERROR, WARNING, Finding
from birge_aggregator.domain.statements import CENSUS
from birge_aggregator.domain.territory import COUNTRY

EQUAL, AT_MOST = "=", "<="
CHANGE_PCT = 10
"""A change of more than this on the year before asks for its reason (the report's own rule)."""


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
    """Of every census stated inside the window, whether it is the one that counts or not."""
    inside = [
        census
        for census in censuses_from(figures.statements[CENSUS])
        if (period := window_from(census.period)) is not None and figures.window.contains(period)
    ]
    for census in inside:
        yield from broken_rules(census, figures)
    yield from _contradictions(inside, figures)
    for snapshot in figures.censuses.values():
        if (found := unexplained_change(snapshot)) is not None:
            yield found


def broken_rules(census: Census, figures: Figures) -> Iterator[Finding]:
    """The rules that a census does not hold."""
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
            figures.regions.place(census.region),
            census.period,
            rule.what,
            whole,
            found,
            found - whole,
            f"{' + '.join(map(path_of, rule.left))} {operator} {path_of(rule.right)}; "
            f"{len(parts) - len(given)} of {len(parts)} parts not provided; {census.source}",
        )


def _contradictions(inside: Sequence[Census], figures: Figures) -> Iterator[Finding]:
    """Two sources for one region and half-year: the registered office's counts."""
    of_place: dict[tuple[str, str], list[Census]] = {}
    for census in inside:
        of_place.setdefault((census.region, census.period), []).append(census)
    for (region, period), several in sorted(of_place.items()):
        if len(several) < 2:
            continue
        first, *others = sorted(several, key=figures.office_rank)
        for other in others:
            if other.figures == first.figures:
                continue
            total, stated = figure(first, "total"), figure(other, "total")
            yield Finding(
                "contradiction",
                WARNING,
                figures.regions.place(region),
                period,
                "census",
                total,
                stated,
                None if total is None or stated is None else stated - total,
                f"{first.source} counts; {other.source} states otherwise",
            )


def unexplained_change(snapshot: Snapshot) -> Finding | None:
    """A change on the year before that is large and for which the office gave no reason."""
    total, before = snapshot["total"], snapshot.previous_total
    if total is None or not before or snapshot.method_note or snapshot.region == COUNTRY:
        return None
    if 100 * abs(total - before) <= CHANGE_PCT * before:
        return None
    return Finding(
        "change_without_reason",
        WARNING,
        snapshot.region,
        snapshot.period,
        path_of("total"),
        before,
        total,
        total - before,
        f"more than {CHANGE_PCT} % on the year before, and no note on the method",
    )
