"""Findings of hours told more than once: `likely_double` of rule 30."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from birge_stack.oracle.findings import Finding
from birge_stack.oracle.spans import stated_span
from birge_stack.oracle.statements import Report
from birge_stack.oracle.territory import place_of

MOST_ABOVE_PCT = 5

_Saying = list[Report]


def doubles_among(reports: Iterable[Report], *, is_map_17: bool) -> Iterator[Finding]:
    """Copies of one period, and parts beside their whole, of one organisation and region."""
    of_organisation: defaultdict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        of_organisation[report.region, report.organisation_id].append(report)
    for (region, organisation_id), several in of_organisation.items():
        place = place_of(region, is_map_17=is_map_17)
        for period, copies in _copies(several):
            named = next((one.direction for one in copies if one.direction), "-")
            lowest, highest, key = copies[0], copies[-1], "|".join(map(name_of, copies))
            what = f"{organisation_id} in {named}"
            hours = (lowest.hours, highest.hours)
            yield Finding("likely_double", place, period, what, *hours, key)
        for whole, source, parts in _wholes(several):
            what, key = f"{organisation_id} in {whole.direction or '-'}", name_of(whole)
            figures = (parts, whole.hours, f"{key}|{source}")
            yield Finding("likely_double", place, whole.period, what, *figures)


def _copies(reports: Sequence[Report]) -> Iterator[tuple[str, Sequence[Report]]]:
    """Each period with reports that look like one, the lowest first."""
    for period in sorted({report.period for report in reports}):
        waiting = _sayings(report for report in reports if report.period == period)
        while waiting:
            first = waiting.pop(0)
            joined = [first]
            direction = first[0].direction
            for source in sorted({one[0].source for one in waiting} - {first[0].source}):
                nearest = next(
                    (
                        one
                        for one in waiting
                        if one[0].source == source
                        and (direction is None or one[0].direction in (None, direction))
                    ),
                    None,
                )
                if nearest is not None and _is_near(first[0].hours, nearest[0].hours):
                    waiting.remove(nearest)
                    joined.append(nearest)
                    direction = direction or nearest[0].direction
            copies = [report for one in joined for report in one]
            if len(copies) > 1:
                yield period, sorted(copies, key=_order)


def _sayings(reports: Iterable[Report]) -> list[_Saying]:
    """A source's reports that say the same in everything are one saying."""
    equal: defaultdict[Any, _Saying] = defaultdict(list)
    for report in sorted(reports, key=_order):
        equal[_content(report)].append(report)
    return sorted(equal.values(), key=lambda one: _order(one[0]))


def _content(report: Report) -> Any:
    if report.regularity == "continuous" and report.held_on is None:
        return name_of(report)
    return (
        *(report.source, report.direction, report.layer, report.format, report.hours),
        *(report.regularity, report.development, report.events, report.volunteers),
        *(report.held_on, report.district, report.project),
        *map(frozenset, (report.participants, report.volunteer_hours)),
        tuple(sorted(report.support)),
    )


def _wholes(reports: Sequence[Report]) -> Iterator[tuple[Report, str, Decimal]]:
    """Longer reports, each with a source that says nearly as much in shorter periods inside."""
    for whole in reports:
        outer = stated_span(whole.period)
        if outer is None or outer.first == outer.last:
            continue
        inside: defaultdict[str, list[Report]] = defaultdict(list)
        for report in reports:
            inner = stated_span(report.period)
            if inner is None or inner.last - inner.first >= outer.last - outer.first:
                continue
            if outer.holds(inner) and (
                whole.direction is None or report.direction in (None, whole.direction)
            ):
                inside[report.source].append(report)
        for source, parts in inside.items():
            if whole.direction is not None:
                parts = [part for part in parts if part.direction] or parts
            hours = sum((part.hours for part in parts), Decimal(0))
            is_enough = source != whole.source or len({part.period for part in parts}) > 1
            if is_enough and _is_near(hours, whole.hours):
                yield whole, source, hours


def _is_near(one: Decimal, other: Decimal) -> bool:
    return max(one, other) * 100 <= min(one, other) * (100 + MOST_ABOVE_PCT)


def _order(report: Report) -> tuple[Decimal, str]:
    return report.hours, name_of(report)


def name_of(report: Report) -> str:
    """Source and id of a report."""
    return f"{report.source}|{report.report_id}"
