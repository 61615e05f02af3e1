"""A group of people whose figures are hidden or shown together, wherever they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from birge_aggregator.domain.territory import COUNTRY

ALL = "*"
OWN = "KZ/own"
"""In the place of a region: what is stated for the country alone and lies in none."""

SUCCESSORS: Mapping[str, str] = {"KZ-63": "KZ-10", "KZ-19": "KZ-33", "KZ-35": "KZ-62"}
"""The region that was formed inside each of these on 8 June 2022; the map of 17 has no such."""

_REDRAWN = frozenset(SUCCESSORS.keys() | set(SUCCESSORS.values()))

ACTIVITY, PAGE, FORMAT, REGULARITY = "activity", "page", "format", "regularity"
DEVELOPMENT, PARTICIPANTS, PROJECT, NAMED = "development", "participants", "project", "named"
CENSUS, INQUIRY, OTHER = "census", "inquiry", "other"


class Cell(NamedTuple):
    """`name` is a direction (empty for none), a format, a census group; `*` is all of them.

    `is_17` only where the older map counts another group of people than the newer one does.
    """

    kind: str
    window: str
    region: str
    layer: str = ALL
    name: str = ALL
    is_17: bool = False


def cell_on(
    map_17: bool, kind: str, window: str, region: str, layer: str = ALL, name: str = ALL
) -> Cell:
    """The cell of a figure, the same for both maps where they agree."""
    differs = region in _REDRAWN or (kind == CENSUS and region == COUNTRY)
    return Cell(kind, window, region, layer, name, is_17=map_17 and differs)


@dataclass(frozen=True)
class Size:
    """How much there is in a cell: hundredths of hours, and persons (None: nobody said)."""

    hundredths: int = 0
    persons: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether there is nobody and nothing in it."""
        return not self.hundredths and not self.persons


class Figure(NamedTuple):
    """A number of a frame by its path, and the cells that it tells something of.

    It is shown where all of them are. `what` names it in the frame's `missing`.
    """

    path: tuple[str | int, ...]
    cells: tuple[Cell, ...]
    region: str
    what: str


@dataclass
class Shown:
    """What the frames of an edition show of each cell; `closed` are cells that a frame hides."""

    sizes: dict[Cell, Size] = field(default_factory=dict)
    closed: set[Cell] = field(default_factory=set)
    sums: list[tuple[Cell, tuple[Cell, ...]]] = field(default_factory=list)

    def note(self, cell: Cell, size: Size) -> None:
        """A second frame adds what the first did not tell."""
        known = self.sizes.get(cell, Size())
        persons = known.persons if size.persons is None else size.persons
        self.sizes[cell] = Size(size.hundredths or known.hundredths, persons)
