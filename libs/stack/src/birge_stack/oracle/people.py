"""Volunteers and organisations of live reports, by where, when and in which layer they were."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from birge_stack.oracle.spans import Span, stated_span
from birge_stack.oracle.statements import Report
from birge_stack.oracle.territory import COUNTRY, place_of


@dataclass(slots=True)
class People:
    """Different volunteers and organisations, and the reports that name volunteers."""

    volunteers: set[str] = field(default_factory=set)
    hours: Decimal = Decimal(0)
    reports: int = 0
    organisations: set[str] = field(default_factory=set)

    def add_report(self, report: Report) -> None:
        """Add one report."""
        self.organisations.add(report.organisation_id)
        if report.volunteer_hours:
            self.reports += 1
            for volunteer, hours in report.volunteer_hours:
                self.volunteers.add(volunteer)
                self.hours += hours

    def add(self, other: "People") -> None:
        """Add others; who is in both is one and the same."""
        self.volunteers |= other.volunteers
        self.hours += other.hours
        self.reports += other.reports
        self.organisations |= other.organisations


PeopleByPeriod = Mapping[tuple[str, str, str], People]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The people of one window on one map, by place and layer."""

    inside: Mapping[tuple[str, str], People]
    _added_up: dict[tuple[str, str | None], People] = field(default_factory=dict)

    def of(self, region: str, layer: str | None = None) -> People:
        """Those of a region or of the whole country; added up once."""
        if (region, layer) not in self._added_up:
            found = People()
            for (place, of_layer), people in self.inside.items():
                if region in (COUNTRY, place) and layer in (None, of_layer):
                    found.add(people)
            self._added_up[region, layer] = found
        return self._added_up[region, layer]

    def rows_for(self, region: str) -> tuple[str, ...]:
        """The country and each region with any report, or the one asked for."""
        regions = sorted({place for place, _ in self.inside} - {COUNTRY})
        return (COUNTRY, *regions) if region == COUNTRY else (region,)


def people_by_period(reports: Iterable[Report]) -> PeopleByPeriod:
    """The people of all reports by stated region, period and layer."""
    found: defaultdict[tuple[str, str, str], People] = defaultdict(People)
    for report in reports:
        found[report.region, report.period, report.layer].add_report(report)
    return found


def people_view(people: PeopleByPeriod, window: Span, *, is_map_17: bool) -> PeopleView:
    """The people of reports that the window holds."""
    inside: defaultdict[tuple[str, str], People] = defaultdict(People)
    for (region, period, layer), those in people.items():
        span = stated_span(period)
        if span is not None and window.holds(span):
            inside[place_of(region, is_map_17=is_map_17), layer].add(those)
    return PeopleView(inside)
