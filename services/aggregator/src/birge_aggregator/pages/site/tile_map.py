"""A map of equal tiles: each region one square, near its place, no larger than any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from birge_common.regions import REGIONS
from birge_common.web.pages.words import Words

TILE = 100
"""The side of a tile in the drawing's own units."""
_GAP = 4

_OF_20 = (
    (None, None, None, "KZ-59", None, None, None),
    ("KZ-27", None, "KZ-39", "KZ-11", "KZ-55", None, None),
    ("KZ-23", "KZ-15", "KZ-62", "KZ-71", "KZ-35", "KZ-10", "KZ-63"),
    ("KZ-47", None, "KZ-43", "KZ-61", "KZ-31", "KZ-19", "KZ-33"),
    (None, None, None, "KZ-79", None, "KZ-75", None),
)
_OF_17 = (
    (None, None, "KZ-59", None, None),
    ("KZ-27", "KZ-39", "KZ-11", "KZ-55", None),
    ("KZ-23", "KZ-15", "KZ-71", "KZ-35", "KZ-63"),
    ("KZ-47", "KZ-43", "KZ-61", "KZ-31", "KZ-19"),
    (None, None, "KZ-79", None, "KZ-75"),
)
_ENDINGS = (" облысы", " қаласы", " область", " Region")
_BEGINNINGS = ("область ", "город ")


@dataclass(frozen=True)
class Tile:
    """A region's square: where it stands, what it is called, and what its colour says.

    `kind` is the number of its class in the legend, from 1; 0 where there is no figure. `sign` is
    the class's letter, so that nothing is said by colour alone.
    """

    region: str
    name: str
    lines: tuple[str, ...]
    x: int
    y: int
    kind: int
    sign: str
    said: str
    address: str

    @property
    def side(self) -> int:
        """The square's side without the gap to its neighbours."""
        return TILE - _GAP


def places(*, map_17: bool) -> Mapping[str, tuple[int, int]]:
    """Each region's column and row."""
    grid: Sequence[Sequence[str | None]] = _OF_17 if map_17 else _OF_20
    return {
        code: (x, y) for y, row in enumerate(grid) for x, code in enumerate(row) if code is not None
    }


def size(*, map_17: bool) -> tuple[int, int]:
    """The drawing's width and height in its own units."""
    grid: Sequence[Sequence[str | None]] = _OF_17 if map_17 else _OF_20
    return len(grid[0]) * TILE, len(grid) * TILE


def lines_of(words: Words, region: str) -> tuple[str, ...]:
    """A region's name as it fits a tile: without "region", one line for each part.

    A region that shares its name with a city keeps the word, so that no two tiles are alike.
    """
    name = words.region(region)
    short = _short(name)
    cities = {_short(words.of(one.names)) for one in REGIONS.values() if one.kind == "city"}
    keeps = short in cities and REGIONS[region].kind != "city"
    return tuple((name if keeps else short).replace("-", "- ").split())


def _short(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    for beginning in _BEGINNINGS:
        name = name.removeprefix(beginning)
    return name
