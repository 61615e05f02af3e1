"""What volunteers' hours would have cost as paid work, by two methods, and in full-time posts.

Replacement cost at the region's average wage, and at the wage of the economic activity that does
the same (the ILO's Manual on the Measurement of Volunteer Work, 2011, chapter 5). Both stand on
hours net of what other reports have counted already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from birge_aggregator.domain.contribution import LAYERS, Counters
from birge_aggregator.domain.figures import Figures, named
from birge_aggregator.domain.numbers import hours_from, to_hundredths
from birge_aggregator.domain.references import Reference, best_first, rows_best_first
from birge_aggregator.domain.tables.answer import Caveat, Missing, Question, Row, Table
from birge_aggregator.domain.tables.caveats import activity_caveats, caveat
from birge_aggregator.domain.tables.gaps import missing_offices
from birge_aggregator.domain.territory import COUNTRY

COLUMNS = (
    "region",
    "method",
    "hours",
    "tenge_per_hour",
    "tenge",
    "fte",
    "wage_source",
    "wage_region",
    "wage_period",
)
ACTIVITY, REGIONAL = "activity_wage", "regional_wage"


@dataclass(frozen=True)
class Wage:
    """A monthly wage in tenge, and the statement that says so."""

    tenge_per_month: Fraction
    said_in: Reference
    region: str | None = None


@dataclass
class Valued:
    """Hours of one row, what they are worth at a month's wages, and the wages used.

    `month_wages` is hours × tenge a month: it becomes tenge once working time is known.
    """

    hundredths: int = 0
    month_wages: Fraction | None = Fraction(0)
    wages: list[Wage] = field(default_factory=list)

    def add(self, hundredths: int, wage: Wage | None) -> None:
        """Value some hours; without a wage the worth of the whole is unknown, not smaller."""
        self.hundredths += hundredths
        if not hundredths:
            return
        if wage is None or self.month_wages is None:
            self.month_wages = None
            return
        self.month_wages += Fraction(hundredths, 100) * wage.tenge_per_month
        self.wages.append(wage)

    def add_all(self, other: "Valued") -> None:
        """Add another row's."""
        self.hundredths += other.hundredths
        self.wages += other.wages
        if self.month_wages is None or other.month_wages is None:
            self.month_wages = None
        else:
            self.month_wages += other.month_wages


_Asked = Mapping[str, Mapping[str, Valued]]


def economy(figures: Figures, question: Question) -> Table:
    """Two rows for each region, and two for the country, which adds all regions up."""
    layers = LAYERS if question.layer is None else (question.layer,)
    books = _Books(figures)
    of_regions = {
        region: {method: books.valued(region, counters, method) for method in (ACTIVITY, REGIONAL)}
        for region, counters in _counted(figures, layers).items()
    }
    rows: list[Row] = []
    if question.region == COUNTRY and of_regions:
        rows += [
            _row(figures, COUNTRY, m, _sum(of_regions, m), books) for m in (ACTIVITY, REGIONAL)
        ]
    rows += [
        _row(figures, region, method, valued, books)
        for region, by_method in sorted(of_regions.items())
        if region != COUNTRY and question.region in (COUNTRY, region)
        for method, valued in by_method.items()
    ]
    missing = missing_offices(figures, question.region)
    caveats = [*activity_caveats(figures, question.region, missing), caveat("net_basis")]
    asked = {
        region: by_method
        for region, by_method in of_regions.items()
        if question.region in (COUNTRY, region)
    }
    return Table(
        rows,
        [*missing, *_missing(asked, books)],
        [*caveats, *_national_wage(asked)],
        basis=_basis(figures, layers, books, asked),
        columns=COLUMNS,
    )


class _Books:
    """The wages and the working time that serve a window."""

    def __init__(self, figures: Figures) -> None:
        self._of_region: dict[str, Wage] = {}
        self._of_direction: dict[str, Wage] = {}
        references, window = figures.references, figures.window
        for said_in, row in rows_best_first(references, "wages_by_region", window):
            wage = Wage(_exact(row["tenge_per_month"]), said_in, row["region"])
            self._of_region.setdefault(row["region"], wage)
        for said_in, row in rows_best_first(references, "wages_by_activity", window):
            wage = Wage(_exact(row["tenge_per_month"]), said_in)
            for direction in row["directions"]:
                self._of_direction.setdefault(direction, wage)
        working = next(rows_best_first(references, "working_time", window), None)
        self.working_time = None if working is None else working[0]
        self.hours_per_year = None if working is None else _exact(working[1]["hours_per_year"])

    def valued(self, region: str, net: Mapping[str, int], method: str) -> Valued:
        """A region's net hours by direction at the wages of a method."""
        national = self._of_region.get(COUNTRY)
        of_region = self._of_region.get(region, national)
        valued = Valued()
        for direction, hundredths in net.items():
            if method == REGIONAL:
                valued.add(hundredths, of_region)
            else:
                valued.add(hundredths, self._of_direction.get(direction, national))
        return valued


def _exact(number: Any) -> Fraction:
    return Fraction(str(number))


def _counted(figures: Figures, layers: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Net hundredths of hours by direction; the country's are those stated for no region."""
    found: dict[str, dict[str, int]] = {}
    for (region, layer), counters in figures.by_region_and_layer.items():
        by_direction = _net(counters)
        if layer in layers and by_direction:
            own = found.setdefault(region, {})
            for direction, hundredths in by_direction.items():
                own[direction] = own.get(direction, 0) + hundredths
    return found


def _net(counters: Counters) -> dict[str, int]:
    gross, already = (named(counters, "direction", measure) for measure in ("hours", "already"))
    return {direction: own - already[direction] for direction, own in gross.items()}


def _sum(of_regions: Mapping[str, Mapping[str, Valued]], method: str) -> Valued:
    whole = Valued()
    for by_method in of_regions.values():
        whole.add_all(by_method[method])
    return whole


def _row(figures: Figures, region: str, method: str, valued: Valued, books: _Books) -> Row:
    hours, year = Fraction(valued.hundredths, 100), books.hours_per_year
    tenge = None if valued.month_wages is None or year is None else valued.month_wages * 12 / year
    publishers = sorted({wage.said_in.publisher for wage in valued.wages})
    own = valued.wages[0] if valued.wages and method == REGIONAL and region != COUNTRY else None
    return {
        "region": region,
        "method": method,
        "hours": hours_from(valued.hundredths),
        "tenge_per_hour": None if tenge is None or not hours else to_hundredths(tenge / hours),
        "tenge": None if tenge is None else to_hundredths(tenge),
        "fte": None if year is None else to_hundredths(fte(hours, year, figures.window.months)),
        "wage_source": "; ".join(publishers) or None,
        "wage_region": own.region if own else None,
        "wage_period": own.said_in.period.name if own else None,
    }


def fte(hours: Fraction, hours_per_year: Fraction, months: int = 12) -> Fraction:
    """How many full-time posts work as long: hours by a post's working time in so many months."""
    return hours * 12 / (hours_per_year * months)


def _missing(asked: _Asked, books: _Books) -> list[Missing]:
    found = []
    if books.working_time is None:
        found.append(Missing(COUNTRY, "working_time", "not_provided"))
    found += [
        Missing(region, "wages", "not_provided")
        for region, by_method in sorted(asked.items())
        if any(valued.month_wages is None for valued in by_method.values())
    ]
    return found


def _national_wage(asked: _Asked) -> list[Caveat]:
    """The regions that were valued at the national wage for want of another."""
    codes = {REGIONAL: "national_wage", ACTIVITY: "national_wage_of_activities"}
    return [
        caveat(code, regions)
        for method, code in codes.items()
        if (regions := _at_national_wage(asked, method))
    ]


def _at_national_wage(asked: _Asked, method: str) -> list[str]:
    return sorted(
        region
        for region, by_method in asked.items()
        if region != COUNTRY and any(wage.region == COUNTRY for wage in by_method[method].wages)
    )


def _basis(figures: Figures, layers: tuple[str, ...], books: _Books, asked: _Asked) -> Row:
    """What the figures stand on: every statement of wages and working time that was used."""
    used = {
        _name_of(wage.said_in)
        for by_method in asked.values()
        for valued in by_method.values()
        for wage in valued.wages
    }
    if books.working_time is not None and asked:
        used.add(_name_of(books.working_time))
    served = [
        one
        for table in ("wages_by_activity", "wages_by_region", "working_time")
        for one in best_first(figures.references, table, figures.window)
        if _name_of(one) in used
    ]
    return {
        "layers": list(layers),
        "net_of_already_counted": True,
        "months": figures.window.months,
        "hours_per_year": None if books.hours_per_year is None else float(books.hours_per_year),
        "at_national_wage": {
            method: _at_national_wage(asked, method) for method in (ACTIVITY, REGIONAL)
        },
        "sources": [
            {
                "table": one.table,
                "period": one.period.name,
                "publisher": one.publisher,
                "source": one.source,
                "url": one.url,
            }
            for one in served
        ],
    }


def _name_of(reference: Reference) -> tuple[str, str, str]:
    return reference.table, reference.period.name, reference.source
