"""Offices' months and single reports: what is missing, late, empty, repeated or out of line."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import hours_from, to_hundredths
from birge_aggregator.domain.quality.finding import ERROR, WARNING, Finding, region_or_none
from birge_aggregator.domain.quality.office_months import (
    LEAST_ON_TIME_PCT,
    OfficeMonth,
    due_months,
    month_before,
    office_months,
)

LEAST_MONTHS = 6
THRESHOLD = Fraction(7, 2)
"""|modified z| above 3.5 is an outlier (Iglewicz and Hoaglin, How to Detect Outliers, 1993)."""
NORMAL_QUARTILE = Fraction(6745, 10_000)
"""The median absolute deviation of a normal distribution is 0.6745 of its standard deviation."""


def activity_findings(figures: Figures) -> Iterator[Finding]:
    """Of one calendar year: the offices' months, then single reports of every layer."""
    months = office_months(figures)
    for region in figures.regions.expected:
        for month in due_months(figures, months):
            if month not in months.get(region, {}):
                yield _silent(region, month)
    for region, own in months.items():
        for month, submission in own.items():
            yield from _of_month(region, month, submission, own.get(month_before(month)))
        yield from _outliers(region, own)
    yield from _single_reports(figures)


def _silent(region: str, month: str) -> Finding:
    detail = "the office reported nothing, though this month or a later one is reported elsewhere"
    return Finding("completeness", ERROR, region, month, "reports of the office", 1, 0, -1, detail)


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
            f"less than {LEAST_ON_TIME_PCT} % sent by the 15th of the next month",
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
            "all of its hours are already counted elsewhere",
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
            f"the same figures in every direction as in {month_before(month)}",
        )


def _outliers(region: str, own: Mapping[str, OfficeMonth]) -> Iterator[Finding]:
    if len(own) < LEAST_MONTHS:
        return
    for month, submission in own.items():
        hundredths = submission.hundredths
        others = [other.hundredths for name, other in own.items() if name != month]
        middle, z = modified_z(hundredths, others)
        if z is not None and abs(z) > THRESHOLD:
            yield Finding(
                "outlier",
                WARNING,
                region,
                month,
                "hours of the office",
                to_hundredths(middle / 100),
                hours_from(hundredths),
                to_hundredths((hundredths - middle) / 100),
                f"modified z-score {float(z):.1f} against the region's other months",
            )


def _single_reports(figures: Figures) -> Iterator[Finding]:
    for (period, stated_region), reports in sorted(figures.report_sets.items()):
        region = region_or_none(figures.regions.place(stated_region))
        for name, hundredths, most in reports.implausible:
            yield Finding(
                "outlier",
                ERROR,
                region,
                period,
                "hours for the volunteers",
                hours_from(most),
                hours_from(hundredths),
                hours_from(hundredths - most),
                f"more than 24 hours a day for each of its volunteers; {_readable(name)}",
                key=name,
            )
        for organisation, direction, names, (lower, higher) in reports.doubles:
            yield Finding(
                "likely_double",
                WARNING,
                region,
                period,
                f"{organisation} in {direction or '-'}",
                hours_from(lower),
                hours_from(higher),
                hours_from(higher - lower),
                f"{' and '.join(map(_readable, names))} look like the same hours; "
                "already_counted in one of them would say so",
                key="|".join(names),
            )


def _readable(name: str) -> str:
    source, report_id = name.split("|", 1)
    return f"report {report_id} of {source}"


def modified_z(value: int, others: Sequence[int]) -> tuple[Fraction, Fraction | None]:
    """Median of the others, and 0.6745 × (value − median) ÷ their median absolute deviation.

    None where the others do not vary at all.
    """
    middle = median(others)
    deviation = median([abs(other - middle) for other in others])
    if not deviation:
        return middle, None
    return middle, NORMAL_QUARTILE * (value - middle) / deviation


def median(values: Sequence[int | Fraction]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half]) / 2
