"""Offices' months and single reports: what is missing, late, empty, repeated or out of line."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import hours_from, to_hundredths
from birge_aggregator.domain.period import stated_window
from birge_aggregator.domain.quality.details import Detail, detail
from birge_aggregator.domain.quality.double_checks import double_findings
from birge_aggregator.domain.quality.finding import (
    ERROR,
    WARNING,
    Figure,
    Finding,
    readable,
    region_or_none,
)
from birge_aggregator.domain.quality.office_months import (
    LEAST_ON_TIME_PCT,
    OfficeMonth,
    due_months,
    held_by_longer_statements,
    month_before,
    month_name,
    office_months,
)

LEAST_MONTHS = 6
THRESHOLD = Fraction(7, 2)
"""|modified z| above 3.5 is an outlier (Iglewicz and Hoaglin, How to Detect Outliers, 1993)."""
MONTHS_BEFORE = 12
NORMAL_MEAN = Fraction(1_253_314, 1_000_000)
"""The mean absolute deviation of a normal distribution, times this, is its standard deviation."""
NORMAL_QUARTILE = Fraction(6745, 10_000)
"""The median absolute deviation of a normal distribution is 0.6745 of its standard deviation."""


def activity_findings(figures: Figures) -> Iterator[Finding]:
    """Of one calendar year: the offices' months, then single reports of every layer."""
    months = office_months(figures)
    before = office_months(figures.preceding) if figures.preceding else {}
    held = held_by_longer_statements(figures)
    for month in due_months(figures, months):
        for region in figures.regions.expected_in(stated_window(month).first_month):
            if month not in months.get(region, {}) and (region, month) not in held:
                yield _silent(region, month)
    for region, own in months.items():
        for month, submission in own.items():
            yield from _of_month(region, month, submission, own.get(month_before(month)))
        past = {**before.get(region, {}), **own}
        yield from _outliers(region, own, {name: one.hundredths for name, one in past.items()})
    yield from _single_reports(figures)
    yield from double_findings(figures)


def _silent(region: str, month: str) -> Finding:
    about = ("completeness", ERROR, region, month, "reports of the office")
    return Finding(*about, 1, 0, -1, detail("silent"))


def _of_month(
    region: str, month: str, submission: OfficeMonth, before: OfficeMonth | None
) -> Iterator[Finding]:
    first, on_time = submission.first_sent, submission.on_time
    hours = hours_from(submission.hundredths)
    if submission.is_late:
        yield Finding(
            "timeliness",
            WARNING,
            region,
            month,
            "reports on time",
            first,
            on_time,
            on_time - first,
            detail("late", least=LEAST_ON_TIME_PCT),
        )
    if submission.is_empty:
        yield Finding(
            "empty",
            WARNING,
            region,
            month,
            "hours of the office",
            hours,
            0,
            -hours,
            detail("empty_month"),
        )
    if submission.repeats(before):
        yield Finding(
            "repeated",
            WARNING,
            region,
            month,
            "reports of the office",
            None,
            hours,
            None,
            detail("repeated_month", before=month_before(month)),
        )


def _outliers(
    region: str, own: Mapping[str, OfficeMonth], known: Mapping[str, int]
) -> Iterator[Finding]:
    """Each month against the region's own twelve months before it."""
    for month, submission in own.items():
        number, hundredths = stated_window(month).first_month, submission.hundredths
        names = map(month_name, range(number - MONTHS_BEFORE, number))
        past = [known[name] for name in names if name in known]
        if len(past) >= LEAST_MONTHS and (why := out_of_line(hundredths, past)):
            middle = median(past)
            yield Finding(
                "outlier",
                WARNING,
                region,
                month,
                "hours of the office",
                to_hundredths(middle / 100),
                hours_from(hundredths),
                to_hundredths((hundredths - middle) / 100),
                why,
            )


def _single_reports(figures: Figures) -> Iterator[Finding]:
    for (period, stated_region), reports in sorted(figures.report_sets.items()):
        region = region_or_none(figures.regions.place(stated_region))
        for name, what, expected, found, is_hours in reports.implausible:
            yield Finding(
                "outlier",
                ERROR if is_hours else WARNING,
                region,
                period,
                what,
                _shown(expected, is_hours),
                _shown(found, is_hours),
                None if expected is None or found is None else _shown(found - expected, is_hours),
                detail("report", name=readable(name)),
                key=name,
            )


def _shown(value: int | None, is_hours: bool) -> Figure:
    return hours_from(value) if is_hours and value is not None else value


def out_of_line(value: int, past: Sequence[int]) -> Detail | None:
    """Why a value is out of line with the past ones, or None where it is not.

    0.6745 × |value − median| ÷ MAD, where that is 0 |value − median| ÷ (1.253314 × mean absolute
    deviation) (Iglewicz and Hoaglin); after months that are all alike, twice or half as much.
    """
    middle = median(past)
    distances = [abs(one - middle) for one in past]
    distance, spread = abs(value - middle), median(distances)
    if spread:
        score = NORMAL_QUARTILE * distance / spread
    elif mean := Fraction(sum(distances)) / len(distances):
        score = distance / (NORMAL_MEAN * mean)
    else:
        is_near = middle <= 2 * value and value <= 2 * middle
        return None if is_near else detail("outlier_of_equal", months=len(past))
    if score <= THRESHOLD:
        return None
    return detail("outlier", score=float(score), months=len(past))


def median(values: Sequence[int | Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half]) / 2
