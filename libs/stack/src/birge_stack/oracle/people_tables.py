"""Steady work, different volunteers, and how many organisations nobody counted: rules 33 to 35."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from birge_stack.oracle.exact import number, percent, rounded
from birge_stack.oracle.people import PeopleView
from birge_stack.oracle.sums import Sum
from birge_stack.oracle.territory import COUNTRY
from birge_stack.oracle.views import View, summed_by

Row = dict[str, Any]
LAYER_PAIRS = (
    ("front_office", "grant"),
    ("front_office", "independent"),
    ("grant", "independent"),
)
LEAST_IN_BOTH = 7
Z_OF_95_PCT = Decimal("1.96")


def steady_work(view: View, region: str, layer: str | None) -> list[Row]:
    """Hours of steady work and of single actions, one row a region."""
    rows = []
    for place in view.rows_for(region):
        sums = summed_by(view.of(place, layer), lambda cell: cell.regularity)
        if not sums:
            continue
        continuous, one_off, not_stated = (
            sums.get(kind, Sum()).hours for kind in ("continuous", "one_off", None)
        )
        rows.append(
            {
                "region": place,
                "continuous": number(continuous),
                "one_off": number(one_off),
                "not_stated": number(not_stated),
                "steady_pct": percent(continuous, continuous + one_off),
            }
        )
    return rows


def distinct_volunteers(view: PeopleView, region: str, layer: str | None) -> list[Row]:
    """Each volunteer once a row, however many reports and regions name them."""
    rows = []
    for place in view.rows_for(region):
        people = view.of(place, layer)
        if people.reports:
            rows.append(
                {
                    "region": place,
                    "volunteers": len(people.volunteers),
                    "hours": number(people.hours),
                    "reports": people.reports,
                }
            )
    return rows


def capture_recapture(
    view: PeopleView,
    region: str,
    estimates: Mapping[str, Mapping[str, Any]],
    coverage: Sequence[Row],
) -> dict[str, list[Row]]:
    """Organisations that two layers tell of, and how many neither does."""
    covered = {row["region"]: row for row in coverage}
    rows, missing = [], []
    for place in view.rows_for(region):
        of_place = [_of_pair(view, place, pair) for pair in LAYER_PAIRS]
        what = "organisations" if place == COUNTRY else f"organisations/{place}"
        expert = estimates.get(what, {}).get("value")
        beside = {
            "expert": None if expert is None else number(expert),
            "coverage_low": covered.get(place, {}).get("low"),
            "coverage_high": covered.get(place, {}).get("high"),
        }
        found = [{"region": place, **row, **beside} for row in of_place if row is not None]
        if any(row["estimate"] is None for row in found):
            missing.append({"region": place, "what": "estimate", "reason": "too_few_in_both"})
        rows += found
    return {"rows": rows, "missing": missing}


def _of_pair(view: PeopleView, place: str, pair: tuple[str, str]) -> Row | None:
    first, second = (view.of(place, layer).organisations for layer in pair)
    if not first or not second:
        return None
    both = len(first & second)
    return {
        "unit": "organisation",
        "first_layer": pair[0],
        "second_layer": pair[1],
        "first": len(first),
        "second": len(second),
        "both": both,
        "seen": len(first | second),
        **estimate(len(first), len(second), both),
    }


def estimate(first: int, second: int, both: int) -> Row:
    """Chapman's estimate with Chao's interval; three nulls where too few are in both."""
    if both < LEAST_IN_BOTH:
        return {"estimate": None, "low": None, "high": None}
    whole = Fraction((first + 1) * (second + 1), both + 1) - 1
    seen = first + second - both
    unseen = whole - seen
    low = high = whole
    if unseen > 0:
        numerator = (first + 1) * (second + 1) * (first - both) * (second - both)
        variance = Fraction(numerator, (both + 1) ** 2 * (both + 2))
        factor = _chao_factor(1 + variance / unseen**2)
        low, high = seen + unseen / factor, seen + unseen * factor
    figures = {"estimate": whole, "low": low, "high": high}
    return {name: rounded(value, 1) for name, value in figures.items()}


def _chao_factor(ratio: Fraction) -> Fraction:
    """Far more digits than are shown, so that the last one shown is right."""
    with localcontext(prec=50):
        logarithm = (Decimal(ratio.numerator) / Decimal(ratio.denominator)).ln()
        return Fraction((Z_OF_95_PCT * logarithm.sqrt()).exp())
