"""What an office does for volunteers, and in how many months reports mention it."""

from collections.abc import Mapping, Sequence

from birge_aggregator.domain.contribution import FRONT_OFFICE, Counters
from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import percentage
from birge_aggregator.domain.period import window_from
from birge_aggregator.domain.references import best_first
from birge_aggregator.domain.tables.answer import Missing, Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats
from birge_aggregator.domain.tables.gaps import missing_offices
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "region",
    "support",
    "reports",
    "months_mentioned",
    "months",
    "mentioned_pct",
    "class",
)
NEVER = "none"

Thresholds = Sequence[tuple[float, str]]


def support(figures: Figures, question: Question) -> Table:
    """For each region any kind of support, then each kind; a country's average says nothing.

    Of the office's own reports unless another layer is asked for: it is its support. The classes'
    thresholds are reference data; a month alone has no frequency.
    """
    layer = question.layer or FRONT_OFFICE
    thresholds = thresholds_of(figures)
    rows: list[Row] = []
    counted = figures.layers_apart_or_together(question.region, layer)
    months = mentioned_months(figures, layer)
    for region, counters in counted:
        if region == COUNTRY or not named(counters, "direction"):
            continue
        mentioned = months.get(region, {})
        anything = set().union(*mentioned.values())
        rows.append(_row(figures, region, None, None, anything, thresholds))
        rows += [
            _row(figures, region, kind, reports, mentioned.get(kind, set()), thresholds)
            for kind, reports in sorted(named(counters, "support").items())
        ]
    missing = missing_offices(figures, question.region)
    activity = activity_caveats(figures, question.region, missing)
    if thresholds is None:
        missing.append(Missing(COUNTRY, "support_thresholds", "not_provided"))
    if figures.window.months == 1:
        missing.append(Missing(COUNTRY, "class", "half_yearly"))
    return Table(rows, missing, activity, columns=COLUMNS)


def _row(
    figures: Figures,
    region: str,
    kind: str | None,
    reports: int | None,
    mentioned: set[str],
    thresholds: Thresholds | None,
) -> Row:
    months = figures.window.months
    return {
        "region": region,
        "support": kind,
        "reports": reports,
        "months_mentioned": len(mentioned),
        "months": months,
        "mentioned_pct": percentage(len(mentioned), months),
        "class": None
        if thresholds is None or months == 1
        else frequency(len(mentioned), months, thresholds),
    }


def frequency(mentioned: int, months: int, thresholds: Thresholds) -> str | None:
    """The highest class whose share of months is reached; without a mention `none`."""
    if not mentioned:
        return NEVER
    reached = [(least, name) for least, name in thresholds if 100 * mentioned >= least * months]
    return max(reached)[1] if reached else None


def thresholds_of(figures: Figures) -> Thresholds | None:
    """(least share of months in per cent, class) of the statement that serves the window best."""
    found = best_first(figures.references, "support_thresholds", figures.window)
    if not found:
        return None
    return [(row["at_least_pct_of_months"], row["class"]) for row in found[0].rows]


def mentioned_months(figures: Figures, layer: str) -> Mapping[str, Mapping[str, set[str]]]:
    """{region: {kind: months}}; what is stated for a longer period belongs to no month."""
    found: dict[str, dict[str, set[str]]] = {}
    for page, counters in figures.inside.items():
        stated = window_from(page.period)
        if stated is None or stated.months > 1 or layer != page.layer:
            continue
        for kind in _kinds(counters):
            found.setdefault(page.region, {}).setdefault(kind, set()).add(page.period)
    return found


def _kinds(counters: Counters) -> list[str]:
    return [kind for kind, reports in named(counters, "support").items() if reports]
