"""What grant projects did by their activity reports, and what they stated of indicators."""

from collections.abc import Mapping
from typing import Any

from birge_aggregator.domain.contribution import project_from
from birge_aggregator.domain.figures import Figures, given, named
from birge_aggregator.domain.numbers import hours_from
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.statements import INDICATOR, Stated
from birge_aggregator.domain.tables.answer import Missing, Question, Row, Table, code_order
from birge_aggregator.domain.tables.caveats import caveat
from birge_aggregator.domain.territory import COUNTRY

STATUSES = ("provided", "not_provided", "refused", "unreachable")
COLUMNS = ("project", "direction", "hours", "events", "volunteers", *STATUSES)


def grants(figures: Figures, question: Question) -> Table:
    """A row for each project and direction: hours come from reports, never from indicators.

    A project that only stated indicators, or refused to, has a row without figures. Indicators
    know no region, so a region's answer has none.
    """
    indicators = _indicators(figures) if question.region == COUNTRY else {}
    rows = [
        *_reported(figures, question, indicators),
    ]
    reported = {row["project"] for row in rows}
    rows += [
        _row(project, None, None, indicators, question)
        for project in indicators
        if project not in reported
    ]
    rows.sort(key=lambda row: (row["project"], code_order(row["direction"])))
    missing = [
        Missing(COUNTRY, f"{project}/{one.data['indicator']}", one.data["status"])
        for project, stated in sorted(indicators.items())
        for one in sorted(stated, key=lambda one: (one.data["indicator"], one.source))
        if one.data["status"] != "provided"
    ]
    return Table(rows, missing, [caveat("coverage")], columns=COLUMNS)


def _indicators(figures: Figures) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = {}
    for stated in figures.statements[INDICATOR]:
        period = window_from(stated.data["period"])
        if period is not None and figures.window.contains(period):
            found.setdefault(stated.data["project"], []).append(stated)
    return found


def _reported(
    figures: Figures, question: Question, indicators: Mapping[str, list[Stated]]
) -> list[Row]:
    counted = dict(figures.layers_apart_or_together(question.region, question.layer))
    counters = counted.get(question.region, {})
    rows = []
    for name, own in named(counters, "project", "hours").items():
        group = f"project/{name}"
        project, direction = project_from(name)
        figures_of = {
            "hours": hours_from(own),
            "events": given(counters, group, "events"),
            "volunteers": given(counters, group, "people"),
        }
        rows.append(_row(project, direction, figures_of, indicators, question))
    return rows


def _row(
    project: str,
    direction: str | None,
    reported: Mapping[str, Any] | None,
    indicators: Mapping[str, list[Stated]],
    question: Question,
) -> Row:
    stated = [one.data["status"] for one in indicators.get(project, ())]
    return {
        "project": project,
        "direction": direction,
        **(reported or dict.fromkeys(("hours", "events", "volunteers"))),
        **{
            status: stated.count(status) if question.region == COUNTRY else None
            for status in STATUSES
        },
    }
