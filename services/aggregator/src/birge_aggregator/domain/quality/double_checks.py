"""Hours that look as if they were told twice: by copies of a report, or by parts and the whole."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from birge_aggregator.domain.doubles import LongReport, Part, is_near
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import hours_from
from birge_aggregator.domain.period import stated_window, window_from
from birge_aggregator.domain.quality.details import Detail, detail
from birge_aggregator.domain.quality.finding import WARNING, Finding, readable, region_or_none
from birge_aggregator.domain.report_sets import ReportSet, StatedFor

LEAST_PERIODS = 2
"""Of so many periods a source's own parts must be, to be held against its longer report."""

_Stated = Sequence[tuple[StatedFor, ReportSet]]
_Parts = Sequence[tuple[str, Part]]


def double_findings(figures: Figures) -> Iterator[Finding]:
    """Of one calendar year, in the regions as they were stated."""
    stated = sorted(figures.report_sets.items())
    for (period, stated_region), reports in stated:
        region = region_or_none(figures.regions.place(stated_region))
        for organisation, direction, names, (lower, higher) in reports.doubles:
            told = detail("copies", names=", ".join(map(readable, names)))
            what = f"{organisation} in {direction or '-'}"
            yield _double(region, period, what, (lower, higher), told, "|".join(names))
    of_region = sorted(stated, key=lambda one: one[0].region)
    for stated_region, several in groupby(of_region, key=lambda one: one[0].region):
        region = region_or_none(figures.regions.place(stated_region))
        yield from _wholes_of_parts(region, list(several))


def _wholes_of_parts(region: str | None, stated: _Stated) -> Iterator[Finding]:
    """Each half-yearly or yearly report against what one source says of shorter periods in it."""
    wholes = [(period, whole) for (period, _), reports in stated for whole in reports.long]
    wanted = {whole.organisation for _, whole in wholes}
    said: dict[str, list[tuple[str, Part]]] = {}
    for (period, _), reports in stated if wanted else ():
        for organisation, part in reports.parts.of(wanted):
            said.setdefault(organisation, []).append((period, part))
    for period, whole in wholes:
        for source, parts in _parts_of(whole, period, said.get(whole.organisation, ())).items():
            hundredths = sum(part.hundredths for _, part in parts)
            periods = len({name for name, _ in parts})
            # Whoever reports both a month and a half-year knows what is in which.
            least = LEAST_PERIODS if whole.name.startswith(f"{source}|") else 1
            if periods < least or not is_near(hundredths, whole.hundredths):
                continue
            name = readable(whole.name)
            told = detail("whole_of_parts", name=name, periods=periods, source=source)
            what = f"{whole.organisation} in {whole.direction or '-'}"
            figures = (hundredths, whole.hundredths)
            yield _double(region, period, what, figures, told, f"{whole.name}|{source}")


def _parts_of(whole: LongReport, period: str, said: _Parts) -> Mapping[str, _Parts]:
    """By source, what it says of shorter periods inside, with the name of each.

    Of the direction that the whole names; where a source has none of it, what names no direction.
    """
    outer = stated_window(period)
    found: dict[str, list[tuple[str, Part]]] = {}
    for name, part in said:
        inner = window_from(name)
        if inner is None or inner.months >= outer.months or not outer.contains(inner):
            continue
        if whole.direction is None or part.direction in (None, whole.direction):
            found.setdefault(part.source, []).append((name, part))
    return {source: _of_direction(whole, parts) for source, parts in sorted(found.items())}


def _of_direction(whole: LongReport, parts: _Parts) -> _Parts:
    if whole.direction is None:
        return parts
    return [one for one in parts if one[1].direction] or parts


def _double(
    region: str | None,
    period: str,
    what: str,
    hundredths: tuple[int, int],
    told: Detail,
    key: str,
) -> Finding:
    expected, found = hundredths
    return Finding(
        "likely_double",
        WARNING,
        region,
        period,
        what,
        hours_from(expected),
        hours_from(found),
        hours_from(found - expected),
        told,
        key=key,
    )
