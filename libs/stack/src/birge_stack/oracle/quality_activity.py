"""Findings of activity reports: what is missing, late, empty, repeated, out of line or twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from birge_stack.oracle.findings import ERROR, Finding
from birge_stack.oracle.office_months import OfficeYear
from birge_stack.oracle.spans import stated_span
from birge_stack.oracle.statements import Report
from birge_stack.oracle.territory import place_of

LEAST_MONTHS = 6
FARTHEST_SCORE = Fraction("3.5")
TO_STANDARD_DEVIATIONS = Fraction("0.6745")
MOST_ABOVE_PCT = 5


def findings_of_offices(offices: OfficeYear) -> Iterator[Finding]:
    """Everything that the offices' months of a year give reason to ask."""
    for place in offices.expected:
        for month in offices.due:
            if offices.of(place, month) is None:
                yield Finding(
                    "completeness", place, month, "reports of the office", 1, 0, importance=ERROR
                )
    for place, months in offices.months.items():
        for month, own in months.items():
            if own.is_late:
                expected, found = own.first_versions, own.on_time
                yield Finding("timeliness", place, month, "reports on time", expected, found)
            if own.is_empty:
                yield Finding("empty", place, month, "hours of the office", own.hours, 0)
            if offices.is_repeated(place, month):
                what = "reports of the office"
                yield Finding("repeated", place, month, what, None, own.hours)
        yield from _out_of_line(
            place, {month: Fraction(own.hours) for month, own in months.items()}
        )


def _out_of_line(place: str, hours: dict[str, Fraction]) -> Iterator[Finding]:
    """Months far from the region's other months, by the modified z-score."""
    if len(hours) < LEAST_MONTHS:
        return
    for month, own in hours.items():
        others = [value for other, value in hours.items() if other != month]
        middle = median(others)
        spread = median([abs(value - middle) for value in others])
        if TO_STANDARD_DEVIATIONS * abs(own - middle) > FARTHEST_SCORE * spread > 0:
            yield Finding("outlier", place, month, "hours of the office", middle, own)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def findings_of_reports(reports: Iterable[Report], *, is_map_17: bool) -> Iterator[Finding]:
    """More hours than the volunteers' days have, and work that two sources report."""
    alike: defaultdict[tuple[str, str, str, str], list[Report]] = defaultdict(list)
    for report in reports:
        span = stated_span(report.period)
        if span is None:
            continue
        if report.volunteers is not None and report.hours > 24 * span.days * report.volunteers:
            yield Finding(
                "outlier",
                place_of(report.region, is_map_17=is_map_17),
                report.period,
                "hours for the volunteers",
                24 * span.days * report.volunteers,
                report.hours,
                _key(report),
                ERROR,
            )
        if not report.already_counted:
            direction = report.direction or "-"
            alike[report.region, report.period, direction, report.organisation_id].append(report)
    for (region, period, direction, organisation_id), several in alike.items():
        place, what = place_of(region, is_map_17=is_map_17), f"{organisation_id} in {direction}"
        for lower, higher in _pairs(several):
            key = f"{_key(lower)}|{_key(higher)}"
            yield Finding("likely_double", place, period, what, lower.hours, higher.hours, key)


def _pairs(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Going up by hours, each report with the next of another source that is hardly larger."""
    if len({report.source for report in reports}) < 2:
        return
    waiting = sorted(reports, key=lambda report: (report.hours, _key(report)))
    while waiting:
        lower = waiting.pop(0)
        for at, higher in enumerate(waiting):
            if higher.hours * 100 > lower.hours * (100 + MOST_ABOVE_PCT):
                break
            if higher.source != lower.source:
                yield lower, waiting.pop(at)
                break


def _key(report: Report) -> str:
    return f"{report.source}|{report.report_id}"
