"""The live reports of one region and stated period, held against each other.

What sums cannot tell: who was seen, when reports were sent, which of them look like one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from sys import intern
from typing import NamedTuple

from birge_aggregator.domain.contribution import FRONT_OFFICE
from birge_aggregator.domain.doubles import Double, LongReport, Parts, doubles_of, parts_of
from birge_aggregator.domain.live_report import LiveReport
from birge_aggregator.domain.period import Window, window_from

DAYS_TO_BE_TIMELY = 15
"""Days after a month's end in which its reports are on time (the default of DHIS2)."""
COUNTED_ELSEWHERE_PCT = 95
"""A report of which so much is already counted elsewhere has said that it is a double."""
HUNDREDTHS_A_DAY = 24 * 100
ELSEWHERE, HELD_OUTSIDE = "hours counted elsewhere", "held_on outside the period"
HOURS_A_DAY, PARTICIPANTS = "hours for the volunteers", "participants for the volunteers"


class StatedFor(NamedTuple):
    """The period and region that a report names."""

    period: str
    region: str


class Implausible(NamedTuple):
    """What cannot be of one report; `expected` is the most it can be, hours in hundredths."""

    name: str
    what: str
    expected: int | None
    found: int | None
    is_hours: bool = False


@dataclass(frozen=True, slots=True)
class ReportSet:
    """What is known of the live reports of one period and region, beyond their sums.

    Mappings are by layer. `first_sent` counts the office's reports of version 1, `on_time` those
    of them sent in time: a corrected report does not tell any more when it was first sent.
    `latest_sent` is of all, in seconds since 1970. `parts` are sums by organisation, `long` the
    reports of a half-year or year, that such sums may say again; both without what is already
    counted elsewhere.
    """

    organisations: Mapping[str, frozenset[str]]
    volunteers: Mapping[str, frozenset[str]]
    volunteer_hundredths: Mapping[str, int]
    with_volunteers: Mapping[str, int]
    first_sent: int
    on_time: int
    latest_sent: int
    implausible: tuple[Implausible, ...]
    doubles: tuple[Double, ...]
    parts: Parts
    long: tuple[LongReport, ...]


def report_set_of(stated_for: StatedFor, reports: Iterable[LiveReport]) -> ReportSet:
    """The set of the live reports that name this period and region."""
    # Interned: the same organisations and volunteers are seen month after month.
    stated = window_from(stated_for.period)
    organisations: dict[str, set[str]] = {}
    volunteers: dict[str, set[str]] = {}
    hundredths: dict[str, int] = {}
    with_volunteers: dict[str, int] = {}
    comparable: dict[str, list[LiveReport]] = {}
    implausible: list[Implausible] = []
    first_sent = on_time = latest_sent = 0
    deadline = float("-inf") if stated is None else deadline_of(stated)
    most_a_volunteer = 0 if stated is None else HUNDREDTHS_A_DAY * days_of(stated)
    for report in reports:
        given = report.contribution
        latest_sent = max(latest_sent, given.sent)
        organisations.setdefault(given.layer, set()).add(intern(given.organisation))
        if given.volunteer_hours:
            layer = given.layer
            volunteers.setdefault(layer, set()).update(
                intern(who) for who, _ in given.volunteer_hours
            )
            of_volunteers = sum(hours for _, hours in given.volunteer_hours)
            hundredths[layer] = hundredths.get(layer, 0) + of_volunteers
            with_volunteers[layer] = with_volunteers.get(layer, 0) + 1
        if given.layer == FRONT_OFFICE and report.version == 1:
            first_sent += 1
            on_time += given.sent < deadline
        implausible += _implausible(report, most_a_volunteer)
        if 100 * given.already_counted < COUNTED_ELSEWHERE_PCT * given.hundredths:
            comparable.setdefault(intern(given.organisation), []).append(report)
    return ReportSet(
        {layer: frozenset(seen) for layer, seen in organisations.items()},
        {layer: frozenset(seen) for layer, seen in volunteers.items()},
        hundredths,
        with_volunteers,
        first_sent,
        on_time,
        latest_sent,
        tuple(sorted(implausible, key=lambda one: one[:2])),
        tuple(
            double
            for organisation, several in comparable.items()
            if len(several) > 1
            for double in doubles_of(organisation, several)
        ),
        parts_of(comparable),
        tuple(
            LongReport(
                one.name, organisation, one.contribution.direction, one.contribution.hundredths
            )
            for organisation, several in comparable.items()
            for one in several
        )
        if stated is not None and stated.months > 1
        else (),
    )


def _implausible(report: LiveReport, most_a_volunteer: int) -> Iterator[Implausible]:
    given, name = report.contribution, report.name
    if given.already_counted > given.hundredths:
        figures = (given.hundredths, given.already_counted)
        yield Implausible(name, ELSEWHERE, *figures, is_hours=True)
    if given.held_outside:
        yield Implausible(name, HELD_OUTSIDE, None, None)
    if given.volunteers is None:
        return
    most = most_a_volunteer * given.volunteers
    if given.hundredths > most:
        yield Implausible(name, HOURS_A_DAY, most, given.hundredths, is_hours=True)
    largest = max((number for _, number in given.participants), default=0)
    if largest > given.volunteers:
        yield Implausible(name, PARTICIPANTS, given.volunteers, largest)


def deadline_of(stated: Window) -> float:
    """The first second, since 1970, in which a report of the period is late."""
    year, month = divmod(stated.last_month + 1, 12)
    return datetime(year, month + 1, DAYS_TO_BE_TIMELY + 1, tzinfo=UTC).timestamp()


def days_of(stated: Window) -> int:
    """How many days the period has."""
    first = datetime(stated.first_month // 12, stated.first_month % 12 + 1, 1, tzinfo=UTC)
    year, month = divmod(stated.last_month + 1, 12)
    return (datetime(year, month + 1, 1, tzinfo=UTC) - first).days


class RememberedSets:
    """Sets made before, each for as long as nothing about its reports changes.

    A revision is the number of times that the pages of a period and region were written.
    """

    def __init__(self) -> None:
        self._sets: dict[StatedFor, tuple[int, ReportSet]] = {}

    def known(self, revisions: Mapping[StatedFor, int]) -> dict[StatedFor, ReportSet]:
        """The sets that are still good at these revisions."""
        return {
            stated_for: kept[1]
            for stated_for, revision in revisions.items()
            if (kept := self._sets.get(stated_for)) is not None and kept[0] == revision
        }

    def keep(self, made: Mapping[StatedFor, ReportSet], revisions: Mapping[StatedFor, int]) -> None:
        """Remember sets under the revisions that they were made from."""
        self._sets |= {one: (revisions[one], reports) for one, reports in made.items()}
