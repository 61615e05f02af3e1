"""What the hours would have cost as paid work: rule 25."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from birge_stack.oracle.exact import number, rounded
from birge_stack.oracle.references import Reference, rows_of
from birge_stack.oracle.spans import Span
from birge_stack.oracle.territory import COUNTRY
from birge_stack.oracle.views import View

Row = dict[str, Any]
METHODS = ("activity_wage", "regional_wage")


class Books:
    """Wages and working time that serve a window."""

    def __init__(
        self,
        by_region: Sequence[Reference],
        by_activity: Sequence[Reference],
        working_time: Sequence[Reference],
    ) -> None:
        self.by_region: dict[str, tuple[Fraction, Reference]] = {}
        for reference, row in rows_of(by_region):
            if row["region"] not in self.by_region:
                self.by_region[row["region"]] = (Fraction(row["tenge_per_month"]), reference)
        self.by_direction: dict[str, tuple[Fraction, Reference]] = {}
        for reference, row in rows_of(by_activity):
            for direction in row["directions"]:
                if direction not in self.by_direction:
                    self.by_direction[direction] = (Fraction(row["tenge_per_month"]), reference)
        rows = [row for _, row in rows_of(working_time)]
        self.year = Fraction(rows[0]["hours_per_year"]) if rows else None

    def wage(
        self, method: str, region: str, direction: str | None
    ) -> tuple[Fraction, Reference] | None:
        """The monthly wage of an hour of this region and direction."""
        national = self.by_region.get(COUNTRY)
        if method == "regional_wage":
            return self.by_region.get(region, national)
        return self.by_direction.get(direction or "", national)


def economy(
    view: View, window: Span, region: str, layer: str | None, books: Books
) -> dict[str, list[Row]]:
    """Two rows for each region and for the country, and what they lack."""
    places = [place for place in view.rows_for(region) if view.of(place, layer)]
    rows = [
        _row(view, window, place, layer, method, books) for place in places for method in METHODS
    ]
    missing = []
    if books.year is None:
        missing.append({"region": COUNTRY, "what": "working_time", "reason": "not_provided"})
    asked = {cell.region for cell in view.of(region, layer)}
    for place in sorted(asked):
        if any(_worth(view, place, layer, method, books)[0] is None for method in METHODS):
            missing.append({"region": place, "what": "wages", "reason": "not_provided"})
    return {"rows": rows, "missing": missing}


def _worth(
    view: View, own_region: str, layer: str | None, method: str, books: Books
) -> tuple[Fraction | None, list[Reference]]:
    """Hours × monthly wages of what is stated of this very region, and the statements used."""
    net: dict[str | None, Decimal] = {}
    for cell in view.inside:
        if cell.region == own_region and layer in (None, cell.layer):
            own = net.get(cell.direction, Decimal(0))
            net[cell.direction] = own + cell.sum.hours - cell.sum.already_counted
    worth: Fraction | None = Fraction(0)
    used = []
    for direction, hours in net.items():
        if hours == 0:
            continue
        wage = books.wage(method, own_region, direction)
        if wage is None or worth is None:
            worth = None
            continue
        worth += Fraction(hours) * wage[0]
        used.append(wage[1])
    return worth, used


def _row(view: View, window: Span, place: str, layer: str | None, method: str, books: Books) -> Row:
    cells = view.of(place, layer)
    hours = sum((cell.sum.hours - cell.sum.already_counted for cell in cells), Decimal(0))
    worth: Fraction | None = Fraction(0)
    used: list[Reference] = []
    for own_region in sorted({cell.region for cell in cells}):
        part, references = _worth(view, own_region, layer, method, books)
        used += references
        worth = None if worth is None or part is None else worth + part
    tenge = None if worth is None or books.year is None else worth * 12 / books.year
    months = window.last - window.first + 1
    is_named = method == "regional_wage" and place != COUNTRY and bool(used)
    return {
        "region": place,
        "method": method,
        "hours": number(hours),
        "tenge_per_hour": rounded(tenge / Fraction(hours), 2)
        if tenge is not None and hours
        else None,
        "tenge": None if tenge is None else rounded(tenge, 2),
        "fte": None
        if books.year is None
        else rounded(Fraction(hours) * 12 / (books.year * months), 2),
        "wage_source": "; ".join(sorted({one.publisher for one in used})) or None,
        "wage_region": (place if place in books.by_region else COUNTRY) if is_named else None,
        "wage_period": used[0].period if is_named else None,
    }
