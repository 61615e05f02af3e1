"""Offices' months: which are missing, and which are out of line with the region's others."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from birge_aggregator.domain.contribution import FRONT_OFFICE
from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import hours_from, to_hundredths
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.finding import ERROR, WARNING, Finding
from birge_aggregator.domain.territory import COUNTRY

LEAST_MONTHS = 6
THRESHOLD = Fraction(7, 2)
"""|modified z| above 3.5 is an outlier (Iglewicz and Hoaglin, How to Detect Outliers, 1993)."""
NORMAL_QUARTILE = Fraction(6745, 10_000)
"""The median absolute deviation of a normal distribution is 0.6745 of its standard deviation."""


def activity_findings(figures: Figures) -> Iterator[Finding]:
    """Silent months of each office, then single months out of line with the region's others."""
    months = monthly_hours(figures)
    yield from _incomplete(figures, months)
    yield from sorted(_outliers(months), key=lambda one: -abs(one.difference or 0))


def monthly_hours(figures: Figures) -> Mapping[str, Mapping[str, int]]:
    """{region: {month: hundredths of hours}} of the front offices' reports that live."""
    found: dict[str, dict[str, int]] = {}
    for page, counters in figures.inside.items():
        stated = window_from(page.period)
        by_direction = named(counters, "direction", "hours")
        if page.layer != FRONT_OFFICE or stated is None or stated.months > 1 or not by_direction:
            continue
        months = found.setdefault(page.region, {})
        months[page.period] = months.get(page.period, 0) + sum(by_direction.values())
    return found


def _incomplete(figures: Figures, months: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    """A month is due once any office has reported it or a later one of the window."""
    reported = {month for own in months.values() for month in own}
    if not reported:
        return
    last = window_from(max(reported))
    assert last is not None
    due = last.last_month - figures.window.first_month + 1
    for region in figures.regions.expected:
        sent = len(months.get(region, {}))
        if sent < due:
            yield Finding(
                "completeness",
                ERROR if not sent else WARNING,
                region,
                figures.window.name,
                "months with reports of the office",
                due,
                sent,
                sent - due,
                f"{figures.window.months} months in the window, {due} of them due",
            )


def _outliers(months: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    for region, own in sorted(months.items()):
        if region == COUNTRY or len(own) < LEAST_MONTHS:
            continue
        for month, hundredths in sorted(own.items()):
            others = [value for name, value in own.items() if name != month]
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
