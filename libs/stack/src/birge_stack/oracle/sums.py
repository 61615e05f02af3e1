"""Sums of reports that remember whether anybody gave the figure at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from birge_stack.oracle.exact import given_sum
from birge_stack.oracle.statements import Report


@dataclass(slots=True)
class Sum:
    """Hours, events, engagements and participants of some reports, and how many they are."""

    reports: int = 0
    hours: Decimal = Decimal(0)
    already_counted: Decimal = Decimal(0)
    events: int | None = None
    volunteers: int | None = None
    participants: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add_report(self, report: Report) -> None:
        """Add one report."""
        self.reports += 1
        self.hours += report.hours
        self.already_counted += report.already_counted
        self.events = given_sum((self.events, report.events))
        self.volunteers = given_sum((self.volunteers, report.volunteers))
        for category, count in report.participants:
            self.participants[category] += count

    def add(self, other: "Sum") -> None:
        """Add another sum."""
        self.reports += other.reports
        self.hours += other.hours
        self.already_counted += other.already_counted
        self.events = given_sum((self.events, other.events))
        self.volunteers = given_sum((self.volunteers, other.volunteers))
        for category, count in other.participants.items():
            self.participants[category] += count


@dataclass(frozen=True, slots=True)
class Cell:
    """What reports are told apart by, and their sum."""

    region: str
    period: str
    layer: str
    direction: str | None
    format: str | None
    regularity: str | None
    development: bool
    support: tuple[str, ...]
    project: str | None
    sum: Sum


_Maybe = str | None
_Place = tuple[str, str, str, _Maybe, _Maybe, _Maybe, bool, tuple[str, ...], _Maybe]


def cells_of(reports: Iterable[Report]) -> list[Cell]:
    """The reports, added up where they differ in nothing that a table tells apart."""
    sums: defaultdict[_Place, Sum] = defaultdict(Sum)
    for report in reports:
        place: _Place = (
            report.region,
            report.period,
            report.layer,
            report.direction,
            report.format,
            report.regularity,
            report.development,
            report.support,
            report.project,
        )
        sums[place].add_report(report)
    return [Cell(*place, sum=total) for place, total in sums.items()]
