"""What a reader of frames finds: a row or a part of one, and the cell that it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from birge_aggregator.domain.disclosure.cell import Cell, Figure, Shown, Size
from birge_aggregator.domain.publication.frozen import Frame

SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class Line:
    """Figures that stand together in a frame, under `path`.

    `own` are columns that tell of `cell` alone, `derived` those that tell of other cells too;
    `hours` and `persons` name the columns that say how much there is. Columns inside others are
    written `age.under_18`.
    """

    path: tuple[str | int, ...]
    region: str
    what: str
    cell: Cell
    own: tuple[str, ...]
    derived: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    hours: str | None = None
    persons: str | None = None

    def figures(self) -> Iterator[Figure]:
        """Each of its numbers, with all cells that have to be public for it."""
        for column in self.own:
            yield Figure(self._to(column), (self.cell,), self.region, self.what)
        for column, cells in self.derived.items():
            yield Figure(self._to(column), (self.cell, *cells), self.region, self.what)

    def tell(self, shown: Shown, frame: Frame) -> None:
        """Note how much the frame shows of the cell, or that it hides it."""
        hours, persons = self._value(frame, self.hours), self._value(frame, self.persons)
        if hours is None and persons is None and self._is_listed(frame):
            shown.closed.add(self.cell)
        else:
            shown.note(self.cell, Size(round((hours or 0) * 100), persons))

    def _to(self, column: str) -> tuple[str | int, ...]:
        return (*self.path, *column.split("."))

    def _value(self, frame: Frame, column: str | None) -> Any:
        return None if column is None else value_at(frame, self._to(column))

    def _is_listed(self, frame: Frame) -> bool:
        return any(
            (one["region"], one["what"], one["reason"]) == (self.region, self.what, SUPPRESSED)
            for one in frame["missing"]
        )


def value_at(frame: Frame, path: tuple[str | int, ...]) -> Any:
    """What stands there; None where nothing can, as in a group that was not given."""
    value: Any = frame
    for step in path:
        value = None if value is None else value[step]
    return value
