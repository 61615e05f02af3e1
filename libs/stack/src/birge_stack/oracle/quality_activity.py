"""Findings of activity reports: what is missing, late, empty, repeated, out of line or twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from birge_stack.oracle.doubles import doubles_among, name_of
from birge_stack.oracle.findings import ERROR, WARNING, Figure, Finding
from birge_stack.oracle.office_months import OfficeYear
from birge_stack.oracle.spans import stated_span
from birge_stack.oracle.statements import Report
from birge_stack.oracle.territory import place_of

LEAST_MONTHS = 6
FARTHEST_SCORE = Fraction("3.5")
TO_STANDARD_DEVIATIONS = Fraction("0.6745")
MEAN_TO_STANDARD_DEVIATION = Fraction("1.253314")
COUNTED_ELSEWHERE_PCT = 95


def findings_of_offices(offices: OfficeYear) -> Iterator[Finding]:
    """Everything that the offices' months of a year give reason to ask."""
    for month, places in offices.due.items():
        for place in places:
            if offices.of(place, month) is None and (place, month) not in offices.held:
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
        hours = {month: Fraction(own.hours) for month, own in months.items()}
        known = {month: Fraction(own) for month, own in offices.before.get(place, {}).items()}
        yield from _out_of_line(place, hours, {**known, **hours})


def _out_of_line(
    place: str, hours: Mapping[str, Fraction], known: Mapping[str, Fraction]
) -> Iterator[Finding]:
    """Months far from the region's own twelve months before, by the modified z-score."""
    for month, own in hours.items():
        at = int(month[:4]) * 12 + int(month[5:]) - 1
        names = [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(at - 12, at)]
        past = [known[name] for name in names if name in known]
        if len(past) >= LEAST_MONTHS and _is_out_of_line(own, past):
            yield Finding("outlier", place, month, "hours of the office", median(past), own)


def _is_out_of_line(own: Fraction, past: Sequence[Fraction]) -> bool:
    middle = median(past)
    away = [abs(value - middle) for value in past]
    if spread := median(away):
        return TO_STANDARD_DEVIATIONS * abs(own - middle) > FARTHEST_SCORE * spread
    if mean := sum(away, Fraction(0)) / len(away):
        return abs(own - middle) > FARTHEST_SCORE * MEAN_TO_STANDARD_DEVIATION * mean
    return own > 2 * middle or 2 * own < middle


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def findings_of_reports(reports: Iterable[Report], *, is_map_17: bool) -> Iterator[Finding]:
    """More hours than the volunteers' days have, and work that two sources report."""
    countable = []
    for report in reports:
        span = stated_span(report.period)
        if span is None:
            continue
        place = place_of(report.region, is_map_17=is_map_17)
        for what, expected, found, importance in _of_one(report, span.days):
            key = name_of(report)
            yield Finding("outlier", place, report.period, what, expected, found, key, importance)
        if report.already_counted * 100 < COUNTED_ELSEWHERE_PCT * report.hours:
            countable.append(report)
    yield from doubles_among(countable, is_map_17=is_map_17)


def _of_one(report: Report, days: int) -> Iterator[tuple[str, Figure | None, Figure | None, str]]:
    """What cannot be of one report: the most it could be, and what it says."""
    if report.already_counted > report.hours:
        yield "hours counted elsewhere", report.hours, report.already_counted, ERROR
    if report.is_held_outside:
        yield "held_on outside the period", None, None, WARNING
    if report.volunteers is None:
        return
    if report.hours > 24 * days * report.volunteers:
        yield "hours for the volunteers", 24 * days * report.volunteers, report.hours, ERROR
    largest = max((number for _, number in report.participants), default=0)
    if largest > report.volunteers:
        yield "participants for the volunteers", report.volunteers, largest, WARNING
