"""What the front offices reported of each month of a year, and of which months they owe it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from birge_stack.oracle.spans import stated_span
from birge_stack.oracle.statements import Report
from birge_stack.oracle.sums import Sum
from birge_stack.oracle.territory import COUNTRY, place_of, regions_expected

LEAST_ON_TIME_PCT = 80


@dataclass(slots=True)
class OfficeMonth:
    """The office's reports of one month."""

    by_direction: defaultdict[str | None, Sum] = field(default_factory=lambda: defaultdict(Sum))
    first_versions: int = 0
    on_time: int = 0

    def add(self, report: Report) -> None:
        """Add one report; a correction says nothing of when the month was first reported."""
        self.by_direction[report.direction].add_report(report)
        if report.version == 1:
            self.first_versions += 1
            self.on_time += report.sent_at < _closes_at(report.period)

    @property
    def hours(self) -> Decimal:
        """All hours."""
        return sum((total.hours for total in self.by_direction.values()), Decimal(0))

    @property
    def is_late(self) -> bool:
        """Whether too few of the first reports came by the fifteenth of the next month."""
        return self.on_time * 100 < LEAST_ON_TIME_PCT * self.first_versions

    @property
    def is_empty(self) -> bool:
        """Whether all hours are counted elsewhere already."""
        sums = self.by_direction.values()
        return sum((total.already_counted for total in sums), Decimal(0)) >= self.hours

    def repeats(self, earlier: "OfficeMonth") -> bool:
        """Whether every direction has the same figures as in an earlier month."""
        return self._figures() == earlier._figures()

    def _figures(self) -> dict[str | None, tuple[int, Decimal, int | None, int | None]]:
        return {
            direction: (total.reports, total.hours, total.events, total.volunteers)
            for direction, total in self.by_direction.items()
        }


@lru_cache(maxsize=4096)
def _closes_at(month: str) -> datetime:
    """The first instant at which a report of the month is late."""
    year, following = int(month[:4]), int(month[5:]) + 1
    return datetime(year + (following > 12), (following - 1) % 12 + 1, 16, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OfficeYear:
    """The offices' months of one calendar year on one map; the country is no office.

    `due` are the months that are owed with the places that owe them, `held` the places' months
    that lie in a longer statement, `before` the hours of the months of the year before.
    """

    due: Mapping[str, Sequence[str]]
    months: Mapping[str, Mapping[str, OfficeMonth]]
    held: Collection[tuple[str, str]]
    before: Mapping[str, Mapping[str, Decimal]]

    def of(self, place: str, month: str) -> OfficeMonth | None:
        """What the office of a place reported of a month, if anything."""
        return self.months.get(place, {}).get(month)

    def is_repeated(self, place: str, month: str) -> bool:
        """Whether a month says again what the month before it in this year said."""
        own, earlier = self.of(place, month), self.of(place, _month_before(month))
        return own is not None and earlier is not None and own.repeats(earlier)


def _month_before(month: str) -> str:
    """The month before in the same year; January has none, and month 0 has no reports."""
    return f"{month[:4]}-{int(month[5:]) - 1:02d}"


def office_year(
    year: int, reports_of: Callable[[int], Iterable[Report]], *, is_map_17: bool
) -> OfficeYear:
    """Group the live reports of a year, and look at the year before and the one after it."""
    months = _months_of(reports_of(year), is_map_17=is_map_17)
    earlier = _months_of(reports_of(year - 1), is_map_17=is_map_17)
    later = _months_of(reports_of(year + 1), is_map_17=is_map_17)
    latest = max(
        (name for of in (months, later) for own in of.values() for name in own), default=""
    )
    newest = max(
        (report.sent_at for one in (year, year + 1) for report in reports_of(one)), default=None
    )
    due = {}
    for number in range(1, 13):
        name = f"{year:04d}-{number:02d}"
        if newest is not None and name <= latest and _closes_at(name) <= newest:
            due[name] = regions_expected(date(year, number, 1), is_map_17=is_map_17)
    return OfficeYear(
        due=due,
        months=months,
        held={
            (place_of(report.region, is_map_17=is_map_17), f"{at // 12:04d}-{at % 12 + 1:02d}")
            for report in reports_of(year)
            if report.layer == "front_office" and (span := stated_span(report.period))
            if span.last > span.first
            for at in range(span.first, span.last + 1)
        },
        before={
            place: {name: own.hours for name, own in found.items()}
            for place, found in earlier.items()
        },
    )


def _months_of(reports: Iterable[Report], *, is_map_17: bool) -> dict[str, dict[str, OfficeMonth]]:
    months: defaultdict[str, defaultdict[str, OfficeMonth]] = defaultdict(
        lambda: defaultdict(OfficeMonth)
    )
    for report in reports:
        if report.layer != "front_office" or report.region == COUNTRY:
            continue
        span = stated_span(report.period)
        if span is not None and span.first == span.last:
            place = place_of(report.region, is_map_17=is_map_17)
            months[place][report.period].add(report)
    return {place: dict(found) for place, found in months.items()}
