"""All cells of an edition with their sizes, and all relations in which they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from birge_aggregator.domain.disclosure.cell import (
    ACTIVITY,
    ALL,
    CENSUS,
    NAMED,
    OTHER,
    OWN,
    PAGE,
    Cell,
    Shown,
    Size,
)
from birge_aggregator.domain.disclosure.relations import (
    SUMMED_OVER_REGIONS,
    Sum,
    sums_of,
    window_parts,
)
from birge_aggregator.domain.territory import COUNTRY

Relation = Mapping[Cell, int]
"""Coefficients of cells that add up to zero: of a whole 1, of its parts −1."""


@dataclass
class System:
    """`sizes` of all cells that are known, `relations` between those that are not nothing."""

    sizes: dict[Cell, Size] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)


def system_of(shown: Shown) -> System:
    """What frames show, what follows from it, and how it hangs together.

    Where a whole is more than its parts the rest is a cell too, though no frame shows it: of a
    year what was stated for no half of it, of volunteers those whose age nobody gave.
    """
    system = System(dict(shown.sizes))
    _add_totals(system.sizes, shown.closed)
    _add_windows(system.sizes, shown.closed)
    _add_own(system.sizes, shown.closed)
    sums = [*sums_of({*system.sizes, *shown.closed}), *(Sum((w,), p) for w, p in shown.sums)]
    for number, one in enumerate(sums):
        relation = _relation(number, one, system.sizes, shown.closed)
        if len(relation) > 1:
            system.relations.append(relation)
    return system


def _relation(number: int, one: Sum, sizes: dict[Cell, Size], closed: set[Cell]) -> dict[Cell, int]:
    """Where something is hidden already the rest cannot be told: then it is taken for nothing."""
    relation = dict.fromkeys(one.wholes, 1) | dict.fromkeys(one.parts, -1)
    if not closed & relation.keys():
        rest = _difference(one.wholes, one.parts, sizes)
        if not rest.is_nothing:
            cell = one.wholes[0]._replace(kind=OTHER, name=str(number))
            sizes[cell] = rest
            relation[cell] = -1
    return {
        cell: sign
        for cell, sign in relation.items()
        if cell in closed or not sizes.get(cell, Size()).is_nothing
    }


def _difference(wholes: Sequence[Cell], parts: Sequence[Cell], sizes: Mapping[Cell, Size]) -> Size:
    """What the wholes have beside the parts; persons only where all tell them and they add up."""
    more, less = _summed(wholes, sizes), _summed(parts, sizes)
    hundredths = more.hundredths - less.hundredths
    # One person can be named in two parts.
    if wholes[0].kind == NAMED or more.persons is None or less.persons is None:
        return Size(hundredths)
    return Size(hundredths, more.persons - less.persons)


def _summed(cells: Iterable[Cell], sizes: Mapping[Cell, Size]) -> Size:
    """The persons are None where a part does not tell them."""
    several = [size for cell in cells if not (size := sizes.get(cell, Size())).is_nothing]
    persons = [size.persons for size in several]
    known = None if None in persons else sum(number or 0 for number in persons)
    return Size(sum(size.hundredths for size in several), known)


def _add_totals(sizes: dict[Cell, Size], closed: set[Cell]) -> None:
    """Of a region's layer over all directions, and of a region."""
    parts: dict[Cell, list[Cell]] = {}
    for cell in {*sizes, *closed}:
        if cell.kind == ACTIVITY and ALL not in (cell.layer, cell.name):
            parts.setdefault(cell._replace(name=ALL), []).append(cell)
            parts.setdefault(cell._replace(name=ALL, layer=ALL), []).append(cell)
    for whole, cells in parts.items():
        if not closed.intersection((whole, *cells)):
            sizes[whole] = _summed(cells, sizes)


def _add_windows(sizes: dict[Cell, Size], closed: set[Cell]) -> None:
    """What a year has beside its halves, and twelve months beside their last half."""
    windows = {cell.window for cell in sizes}
    for cell in list(sizes):
        halves, beside = window_parts(cell.window)
        if cell.kind in (CENSUS, PAGE) or not halves or not windows.issuperset(halves):
            continue
        rest = cell._replace(window=beside)
        if beside not in windows:
            _add_rest(rest, cell, [cell._replace(window=name) for name in halves], sizes, closed)


def _add_own(sizes: dict[Cell, Size], closed: set[Cell]) -> None:
    """What is stated for the country and lies in no region."""
    parts: dict[Cell, list[Cell]] = {}
    for cell in {*sizes, *closed}:
        if cell.region != COUNTRY and not cell.is_17:
            parts.setdefault(cell._replace(region=COUNTRY), []).append(cell)
    for whole in list(sizes):
        own = whole._replace(region=OWN)
        if whole.region != COUNTRY or whole.kind not in SUMMED_OVER_REGIONS or own in sizes:
            continue
        _add_rest(own, whole, parts.get(whole, []), sizes, closed)


def _add_rest(
    rest: Cell, whole: Cell, parts: list[Cell], sizes: dict[Cell, Size], closed: set[Cell]
) -> None:
    if closed.intersection((whole, rest, *parts)):
        return
    size = _difference((whole,), parts, sizes)
    if not size.is_nothing:
        sizes[rest] = size
