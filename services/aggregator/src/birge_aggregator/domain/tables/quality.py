"""Everything in a window that does not fit, the gravest first."""

from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.quality.activity_checks import activity_findings
from birge_aggregator.domain.quality.census_checks import census_findings
from birge_aggregator.domain.quality.finding import ERROR
from birge_aggregator.domain.quality.printed_checks import printed_findings
from birge_aggregator.domain.tables.answer import Question, Table
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "check",
    "importance",
    "region",
    "period",
    "what",
    "expected",
    "found",
    "difference",
    "state",
    "detail",
)


def quality(figures: Figures, question: Question) -> Table:
    """Findings about the country have no region; outliers stand by their effect on the total."""
    found = [*printed_findings(figures), *census_findings(figures), *activity_findings(figures)]
    asked = [one for one in found if question.region in (COUNTRY, one.region)]
    asked.sort(key=lambda one: (one.importance != ERROR, one.check))
    return Table([one.row() for one in asked], columns=COLUMNS)
