"""One calendar year on one map: its offices' months, and everything found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from birge_stack.oracle.findings import Finding
from birge_stack.oracle.live import Live
from birge_stack.oracle.office_months import OfficeYear, office_year
from birge_stack.oracle.quality_activity import findings_of_offices, findings_of_reports
from birge_stack.oracle.quality_censuses import (
    findings_of_censuses,
    missing_censuses,
    stated_censuses,
    unexplained_changes,
)
from birge_stack.oracle.quality_printed import findings_of_printed
from birge_stack.oracle.spans import span_of, stated_span


@dataclass(frozen=True, slots=True)
class QualityYear:
    """What submissions are read from, and the findings."""

    offices: OfficeYear
    findings: Sequence[Finding]


def quality_year(live: Live, year: int, *, is_map_17: bool) -> QualityYear:
    """Look through everything that lies inside the year."""
    reports = live.reports_of(year)
    offices = office_year(year, live.reports_of, is_map_17=is_map_17)
    findings = [
        *findings_of_offices(offices),
        *findings_of_reports(reports, is_map_17=is_map_17),
        *_of_censuses(live, year, is_map_17=is_map_17),
        *_of_printed(live, year, is_map_17=is_map_17),
    ]
    return QualityYear(offices, findings)


def _of_censuses(live: Live, year: int, *, is_map_17: bool) -> Iterator[Finding]:
    stated, half_years = stated_censuses(live.stated("census")), span_of(f"{year:04d}").half_years
    yield from missing_censuses(stated, year, is_map_17=is_map_17)
    yield from findings_of_censuses(stated, live.registrations, half_years, is_map_17=is_map_17)
    for half_year in half_years:
        snapshots = live.census_view(half_year, is_map_17=is_map_17).snapshots
        yield from unexplained_changes(half_year, snapshots)


def _of_printed(live: Live, year: int, *, is_map_17: bool) -> Iterator[Finding]:
    inside = []
    for source, data in live.stated("reference"):
        span = stated_span(str(data["period"]))
        if data["table"] == "printed_total" and span and span.first // 12 == year:
            inside.append((source, data))
    yield from findings_of_printed(
        inside, lambda period: live.own_figures(period, is_map_17=is_map_17)
    )
