"""What a headline check is: a figure of ours, the printed one, and whether they may differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

Answer = Mapping[str, Any]
Figure = int | float | str | None


class Kind(StrEnum):
    """Where the figure that ours is held against comes from."""

    PRINTED = "printed"
    MODELLED = "modelled"
    CONTRADICTION = "contradiction"
    FOUND = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One figure of a table's answer beside what the report printed.

    `decimals` is how finely the report rounded, `tolerance` what is left to its own rounding.
    A contradiction prints what does not follow from its own parts: ours must be `follows`, and
    so must what our own rules found, beside which nothing is printed.
    """

    family: str
    label: str
    table: str
    read: Callable[[Answer], Figure]
    printed: Figure = None
    query: Mapping[str, str] = field(default_factory=dict)
    decimals: int | None = None
    tolerance: float = 0
    kind: Kind = Kind.PRINTED
    follows: Figure = None
    note: str = ""

    def holds(self, ours: Figure) -> bool:
        """Whether ours is what it must be."""
        if self.kind is Kind.MODELLED:
            return ours is not None
        due = self.printed if self.kind is Kind.PRINTED else self.follows
        if isinstance(ours, int | float) and isinstance(due, int | float):
            return abs(self.rounded(ours) - Decimal(str(due))) <= Decimal(str(self.tolerance))
        return ours == due

    def difference(self, ours: Figure) -> Decimal | None:
        """Ours, rounded as printed, less the printed figure; None where there is no such thing."""
        if isinstance(ours, int | float) and isinstance(self.printed, int | float):
            return self.rounded(ours) - Decimal(str(self.printed))
        return None

    def rounded(self, ours: float) -> Decimal:
        """Ours, rounded half up to the printed decimals."""
        exact = Decimal(str(ours))
        if self.decimals is None:
            return exact
        return exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)


def row_of(answer: Answer, **where: str | None) -> Mapping[str, Any]:
    """The one row with these values; an empty one where there is none."""
    rows = [
        row
        for row in answer["rows"]
        if all(row.get(column) == value for column, value in where.items())
    ]
    return rows[0] if len(rows) == 1 else {}


def cell(*path: str, **where: str | None) -> Callable[[Answer], Figure]:
    """Reads one figure of one row."""

    def read(answer: Answer) -> Figure:
        value: Any = row_of(answer, **where)
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value if isinstance(value, int | float | str) else None

    return read


def total(name: str) -> Callable[[Answer], Figure]:
    """Reads one of the totals of the hours."""

    def read(answer: Answer) -> Figure:
        value = answer["totals"].get(name)
        return value if isinstance(value, int | float) else None

    return read


def summed(column: str, **where: str) -> Callable[[Answer], Figure]:
    """Adds up a column over the rows with these values; None where no row has it."""

    def read(answer: Answer) -> Figure:
        found = [
            row[column]
            for row in answer["rows"]
            if row[column] is not None and all(row[name] == value for name, value in where.items())
        ]
        return sum(found) if found else None

    return read
