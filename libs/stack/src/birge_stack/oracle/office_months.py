"""What the front offices reported of each month of a year, and of which months they owe it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
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
    """The offices' months of one calendar year on one map; the country is no office."""

    expected: tuple[str, ...]
    due: Sequence[str]
    months: Mapping[str, Mapping[str, OfficeMonth]]

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


def office_year(reports: Iterable[Report], year: int, *, is_map_17: bool) -> OfficeYear:
    """Group the live reports of a year; months are due up to the last that any office reported."""
    months: defaultdict[str, defaultdict[str, OfficeMonth]] = defaultdict(
        lambda: defaultdict(OfficeMonth)
    )
    for report in reports:
        if report.layer != "front_office" or report.region == COUNTRY:
            continue
        span = stated_span(report.period)
        if span is not None and span.first == span.last and span.first // 12 == year:
            place = place_of(report.region, is_map_17=is_map_17)
            months[place][report.period].add(report)
    latest = max((month for found in months.values() for month in found), default="")
    calendar = [f"{year:04d}-{month:02d}" for month in range(1, 13)]
    return OfficeYear(
        expected=regions_expected(datetime(year, 1, 1, tzinfo=UTC).date(), is_map_17=is_map_17),
        due=[month for month in calendar if month <= latest],
        months={place: dict(found) for place, found in months.items()},
    )
