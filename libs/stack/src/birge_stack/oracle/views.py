"""The reports of one window on one map: what lies inside it, and what only reaches into it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from birge_stack.oracle.spans import Span, stated_span
from birge_stack.oracle.sums import Cell, Sum
from birge_stack.oracle.territory import COUNTRY, place_of, regions_expected

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class View:
    """Cells on the map asked for; `expected` are the regions whose reports are awaited."""

    inside: Sequence[Cell]
    across: Sequence[Cell]
    expected: tuple[str, ...]

    def of(self, region: str, layer: str | None = None) -> list[Cell]:
        """The cells of a region, or of the whole country with its own statements."""
        return [
            cell
            for cell in self.inside
            if region in (COUNTRY, cell.region) and layer in (None, cell.layer)
        ]

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that reported anything; the country is none of them."""
        return tuple(sorted({cell.region for cell in self.inside} - {COUNTRY}))

    def rows_for(self, region: str) -> tuple[str, ...]:
        """The regions that get rows: each and the country, or the one asked for."""
        return (COUNTRY, *self.regions) if region == COUNTRY else (region,)


def view_of(cells: Iterable[Cell], span: Span, *, is_map_17: bool) -> View:
    """Sort the cells by whether the window holds their stated period."""
    inside, across = [], []
    for cell in cells:
        stated = stated_span(cell.period)
        if stated is None:
            continue
        placed = replace(cell, region=place_of(cell.region, is_map_17=is_map_17))
        if span.holds(stated):
            inside.append(placed)
        elif span.touches(stated):
            across.append(placed)
    return View(inside, across, regions_expected(span.first_day, is_map_17=is_map_17))


def summed_by(cells: Iterable[Cell], key: Callable[[Cell], Key]) -> dict[Key, Sum]:
    """The cells' sums, grouped."""
    sums: defaultdict[Key, Sum] = defaultdict(Sum)
    for cell in cells:
        sums[key(cell)].add(cell.sum)
    return dict(sums)


def null_last(code: str | None) -> tuple[bool, str]:
    """Sorts codes by themselves and puts null behind them."""
    return (code is None, code or "")
