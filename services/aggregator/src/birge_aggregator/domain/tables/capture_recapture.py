"""How many organisations there may be, from how many of them two layers see in common.

An estimate of the uncounted, beside the count: never instead of it.
"""

import math
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import NamedTuple

from birge_aggregator.domain.contribution import LAYERS
from birge_aggregator.domain.figures import Figures
from birge_aggregator.domain.tables.answer import Missing, Question, Row, Table
from birge_aggregator.domain.tables.caveats import caveat
from birge_aggregator.domain.tables.coverage import estimate_of
from birge_aggregator.domain.territory import COUNTRY

LEAST_IN_BOTH = 7
"""With fewer in both samples the estimate is biased (Robson and Regier, 1964)."""
Z_95 = 1.96

COLUMNS = (
    "region",
    "unit",
    "first_layer",
    "second_layer",
    "first",
    "second",
    "both",
    "seen",
    "estimate",
    "low",
    "high",
    "expert",
    "coverage_low",
    "coverage_high",
)


class Interval(NamedTuple):
    """An estimate with its 95 % interval."""

    estimate: float
    low: float
    high: float


def capture_recapture(figures: Figures, question: Question) -> Table:
    """A row for each two layers that both see organisations of a region."""
    seen: dict[str, dict[str, set[str]]] = {}
    for stated_for, reports in figures.report_sets.items():
        for region in {figures.regions.place(stated_for.region), COUNTRY}:
            for layer, organisations in reports.organisations.items():
                seen.setdefault(region, {}).setdefault(layer, set()).update(organisations)
    rows = [
        row
        for region, by_layer in sorted(seen.items())
        if question.region in (COUNTRY, region)
        for row in _rows(figures, region, by_layer)
    ]
    too_few = {row["region"]: None for row in rows if row["estimate"] is None}
    missing = [Missing(region, "estimate", "too_few_in_both") for region in too_few]
    return Table(rows, missing, [caveat("capture_recapture")], columns=COLUMNS)


def _rows(figures: Figures, region: str, by_layer: Mapping[str, set[str]]) -> Iterator[Row]:
    expert = estimate_of(figures, "organisations", region)
    census = figures.censuses.get(region)
    stated = (census.coverage if census else None) or {}
    for first, second in combinations(LAYERS, 2):
        one, other = by_layer.get(first, set()), by_layer.get(second, set())
        if not one or not other:
            continue
        both = len(one & other)
        interval = chapman(len(one), len(other), both)
        yield {
            "region": region,
            "unit": "organisation",
            "first_layer": first,
            "second_layer": second,
            "first": len(one),
            "second": len(other),
            "both": both,
            "seen": len(one) + len(other) - both,
            "estimate": interval and _one_decimal(interval.estimate),
            "low": interval and _one_decimal(interval.low),
            "high": interval and _one_decimal(interval.high),
            "expert": expert.value if expert else None,
            "coverage_low": stated.get("low_pct"),
            "coverage_high": stated.get("high_pct"),
        }


def chapman(first: int, second: int, both: int) -> Interval | None:
    """How many there are, if each sample is random and independent of the other.

    (n₁ + 1)(n₂ + 1) ÷ (m + 1) − 1 (Chapman 1951), with Seber's variance and the log-normal
    interval of Chao (1987), which never falls below what was seen. None with too few in both.
    """
    if both < LEAST_IN_BOTH:
        return None
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    seen = first + second - both
    unseen = estimate - seen
    if unseen <= 0:
        return Interval(estimate, estimate, estimate)
    variance = ((first + 1) * (second + 1) * (first - both) * (second - both)) / (
        (both + 1) ** 2 * (both + 2)
    )
    factor = math.exp(Z_95 * math.sqrt(math.log(1 + variance / unseen**2)))
    return Interval(estimate, seen + unseen / factor, seen + unseen * factor)


def _one_decimal(value: float) -> float:
    return float(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP))
