"""Volunteers by reference, each counted once: not the sum of engagements, which counts visits."""

from collections.abc import Sequence

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import hours_from
from birge_aggregator.domain.report_sets import ReportSet
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats, caveat
from birge_aggregator.domain.tables.gaps import missing_offices
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = ("region", "volunteers", "hours", "reports")


def distinct_volunteers(figures: Figures, question: Question) -> Table:
    """Of reports that name their volunteers; the country counts one of several regions once."""
    by_region: dict[str, list[ReportSet]] = {}
    for stated_for, reports in sorted(figures.report_sets.items()):
        region = figures.regions.place(stated_for.region)
        for name in {region, COUNTRY}:
            if question.region in (COUNTRY, name):
                by_region.setdefault(name, []).append(reports)
    rows = [
        row
        for region, several in sorted(by_region.items())
        if (row := _row(region, several, question.layer))["reports"]
    ]
    missing = missing_offices(figures, question.region)
    caveats = activity_caveats(figures, question.region, missing)
    return Table(rows, missing, [caveat("named_volunteers"), *caveats], columns=COLUMNS)


def _row(region: str, several: Sequence[ReportSet], layer: str | None) -> Row:
    layers = [
        (reports, name)
        for reports in several
        for name in reports.with_volunteers
        if layer in (None, name)
    ]
    return {
        "region": region,
        "volunteers": len(set().union(*(reports.volunteers[name] for reports, name in layers))),
        "hours": hours_from(sum(reports.volunteer_hundredths[name] for reports, name in layers)),
        "reports": sum(reports.with_volunteers[name] for reports, name in layers),
    }
