"""Everything in a window that does not fit, the gravest first."""

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.quality.activity_checks import activity_findings
from birge_aggregator.domain.quality.census_checks import census_findings
from birge_aggregator.domain.quality.details import explained
from birge_aggregator.domain.quality.explanations import Explanations
from birge_aggregator.domain.quality.finding import Finding
from birge_aggregator.domain.quality.printed_checks import printed_findings
from birge_aggregator.domain.statements import EXPLANATION
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "finding",
    "check",
    "importance",
    "region",
    "period",
    "what",
    "expected",
    "found",
    "difference",
    "state",
    "reason",
    "explained_by",
    "detail.kk",
    "detail.ru",
    "detail.en",
)


def quality(figures: Figures, question: Question) -> Table:
    """Findings about the country have no region; those of one check stand by their effect."""
    explanations = Explanations(figures.statements[EXPLANATION], figures.explainers)
    found = [
        one
        for one in findings(figures)
        if question.region in (COUNTRY, one.region)
        and (period := window_from(one.period)) is not None
        and figures.window.contains(period)
    ]
    found.sort(key=lambda one: one.rank)
    return Table([_row(one, explanations) for one in found], columns=COLUMNS)


def findings(figures: Figures) -> list[Finding]:
    """Of the calendar years that the window touches: a finding does not depend on the window."""
    return [
        one
        for year in figures.years
        for check in (printed_findings, census_findings, activity_findings)
        for one in check(year)
    ]


def _row(finding: Finding, explanations: Explanations) -> Row:
    standing = explanations.standing_of(finding)
    told = explained(finding.detail, standing.text) if standing.text else finding.detail
    return {
        "finding": finding.id,
        "check": finding.check,
        "importance": finding.importance,
        "region": finding.region,
        "period": finding.period,
        "what": finding.what,
        "expected": finding.expected,
        "found": finding.found,
        "difference": finding.difference,
        "state": standing.state,
        "reason": standing.reason,
        "explained_by": standing.explained_by,
        "detail": told,
    }
