"""Reports of one organisation that look like the same hours, told twice or more often."""

from array import array
from collections import deque
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from birge_aggregator.domain.live_report import LiveReport

NEAR_PCT = 5
"""Hours of two sources that differ by no more than this look like the same hours."""

CONTINUOUS = "continuous"

_Queues = dict[str, dict[str | None, deque[int]]]
_Said = list[LiveReport]


class Double(NamedTuple):
    """All copies that look like the same hours, going up; the hours are of the first and last."""

    organisation: str
    direction: str | None
    names: tuple[str, ...]
    hundredths: tuple[int, int]


class Part(NamedTuple):
    """What one report says of an organisation in one direction."""

    source: str
    direction: str | None
    hundredths: int


class Parts(NamedTuple):
    """The parts of one place in three columns: a year has a million, nearly all never asked for."""

    organisations: tuple[str, ...]
    said_by: tuple[tuple[str, str | None], ...]
    hundredths: "array[int]"

    def of(self, organisations: Container[str]) -> Iterator[tuple[str, Part]]:
        """Those of some organisations."""
        for organisation, who, hundredths in zip(*self, strict=True):
            if organisation in organisations:
                yield organisation, Part(*who, hundredths)


class LongReport(NamedTuple):
    """A report that states a half-year or a year at once."""

    name: str
    organisation: str
    direction: str | None
    hundredths: int


def doubles_of(organisation: str, reports: Sequence[LiveReport]) -> Iterator[Double]:
    """Of one period and region: each report is in one double at most.

    One source says the same twice where all that it says is equal. Going up by hours, what is left
    is joined by the next of every other source, in the sources' order, whose hours
    are near and whose direction is the same; where one names no direction it may be any.
    """
    ordered = sorted([report.contribution.hundredths for report in reports])
    # Nearly all organisations stop here: the next above the lowest copy would be near it too.
    if not any(100 * (more - less) <= NEAR_PCT * less for less, more in pairwise(ordered)):
        return
    said = _said_at_once(reports)
    if len({report.source for (report, *_) in said}) == 1:
        for one in said:
            if len(one) > 1:
                yield _double(organisation, [one])
        return
    said.sort(key=lambda one: (one[0].contribution.hundredths, one[0].name))
    queues: _Queues = {}
    for index, (report, *_) in enumerate(said):
        of_source = queues.setdefault(report.source, {})
        of_source.setdefault(report.contribution.direction, deque()).append(index)
    for index, (lowest, *_) in enumerate(said):
        own = queues[lowest.source][lowest.contribution.direction]
        if not own or own[0] != index:
            continue
        own.popleft()
        copies = [said[index], *_near(lowest, said, queues)]
        if sum(map(len, copies)) > 1:
            yield _double(organisation, copies)


def _said_at_once(reports: Sequence[LiveReport]) -> list[_Said]:
    """Equal reports of one source together, each time by name."""
    alike: dict[Hashable, _Said] = {}
    for report in reports:
        given = report.contribution
        key = (report.source, given.direction, given.layer, given.hundredths)
        alike.setdefault(key, []).append(report)
    said = []
    for several in alike.values():
        if len(several) == 1:
            said.append(several)
            continue
        equal: dict[Hashable, _Said] = {}
        for report in several:
            equal.setdefault(_said_by(report), []).append(report)
        said += [sorted(one, key=lambda report: report.name) for one in equal.values()]
    return said


def _said_by(report: LiveReport) -> Hashable:
    """What a report is known by: all that it says, but when it was sent and what it left out.

    A shelter's days are alike: of steady work without a day nothing tells two days from two
    copies, and nobody is accused.
    """
    given = report.contribution
    if given.regularity == CONTINUOUS and given.held_on is None:
        return report.name
    said = given._replace(
        sent=0,
        already_counted=0,
        excluded=(),
        participants=tuple(sorted(given.participants)),
        support=tuple(sorted(given.support)),
        volunteer_hours=tuple(sorted(given.volunteer_hours)),
    )
    return report.source, said


def _near(lowest: LiveReport, said: Sequence[_Said], queues: _Queues) -> Iterator[_Said]:
    """The next free one of each other source; the first direction that is named holds for all."""
    given = lowest.contribution
    direction = given.direction
    for source in sorted(queues):
        if source == lowest.source:
            continue
        of_source = queues[source]
        names = of_source if direction is None else (direction, None)
        free = [queue for name in names if (queue := of_source.get(name))]
        if not free:
            continue
        nearest = min(free, key=lambda queue: queue[0])
        found = said[nearest[0]][0].contribution
        if 100 * (found.hundredths - given.hundredths) <= NEAR_PCT * given.hundredths:
            direction = direction or found.direction
            yield said[nearest.popleft()]


def _double(organisation: str, copies: Sequence[_Said]) -> Double:
    reports = sorted(
        (report for one in copies for report in one),
        key=lambda report: (report.contribution.hundredths, report.name),
    )
    hundredths = (reports[0].contribution.hundredths, reports[-1].contribution.hundredths)
    named = {report.contribution.direction for report in reports} - {None}
    direction = next(iter(named), None)
    return Double(organisation, direction, tuple(one.name for one in reports), hundredths)


def parts_of(comparable: Mapping[str, Sequence[LiveReport]]) -> Parts:
    """What each report of each organisation says, as a part of longer ones."""
    who: dict[tuple[str, str | None], tuple[str, str | None]] = {}
    reports = [report for several in comparable.values() for report in several]
    said_by = [(report.name.split("|", 1)[0], report.contribution.direction) for report in reports]
    return Parts(
        tuple([name for name, several in comparable.items() for _ in several]),
        tuple([who.setdefault(one, one) for one in said_by]),
        array("q", [report.contribution.hundredths for report in reports]),
    )


def is_near(one: int, other: int) -> bool:
    """Whether the higher is no more than the allowed share above the lower."""
    lower, higher = sorted((one, other))
    return 100 * (higher - lower) <= NEAR_PCT * lower
