"""How much of the work is steady: a shelter works every day and has no events."""

from birge_aggregator.domain.contribution import Counters
from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import hours_from, percentage
from birge_aggregator.domain.tables.answer import Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices

COLUMNS = ("region", "continuous", "one_off", "not_stated", "steady_pct")


def steady_work(figures: Figures, question: Question) -> Table:
    """Hours by regularity; the share is of what tells its regularity."""
    rows = [
        _row(region, counters)
        for region, counters in figures.layers_apart_or_together(question.region, question.layer)
        if named(counters, "direction")
    ]
    missing = missing_offices(figures, question.region)
    return Table(
        rows, missing, activity_caveats(figures, question.region, missing), columns=COLUMNS
    )


def _row(region: str, counters: Counters) -> Row:
    continuous = counters.get("regularity/continuous/hours", 0)
    one_off = counters.get("regularity/one_off/hours", 0)
    whole = sum(named(counters, "direction", "hours").values())
    return {
        "region": region,
        "continuous": hours_from(continuous),
        "one_off": hours_from(one_off),
        "not_stated": hours_from(whole - continuous - one_off),
        "steady_pct": percentage(continuous, continuous + one_off),
    }
