"""Which directions carry a region's activity (● over a quarter) and which hardly show (× < 5 %)."""

from collections.abc import Sequence
from fractions import Fraction

from birge_aggregator.domain.contribution import FRONT_OFFICE
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.numbers import percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = ("region", "direction", "share_pct", "mark")


def mark(part: int | Fraction, whole: int) -> str:
    """`●` strictly over 25 %, `×` strictly under 5 %, from exact values."""
    if 4 * part > whole:
        return "●"
    return "×" if 20 * part < whole else ""


def representedness(
    figures: Figures, question: Question, *, all_directions: Sequence[str]
) -> Table:
    """Every direction of every region with any front-office activity, by hours or by events."""
    rows: list[Row] = []
    for region, layer, counters in figures.rows_of(question.region):
        if layer != FRONT_OFFICE or region == COUNTRY:
            continue
        parts = {
            name: counters.get(f"direction/{name}/{question.basis}", 0)
            for name in sorted(all_directions)
        }
        whole = sum(parts.values())
        if whole > 0:
            rows += [
                {
                    "region": region,
                    "direction": name,
                    "share_pct": percentage(part, whole),
                    "mark": mark(part, whole),
                }
                for name, part in parts.items()
            ]
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )
