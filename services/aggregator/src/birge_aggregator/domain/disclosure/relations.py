"""Which cells add up to which, as data: for each kind of cell the wholes that it is a part of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from birge_aggregator.domain.census import AGES, GENDERS, OCCUPATIONS
from birge_aggregator.domain.contribution import GRANT
from birge_aggregator.domain.disclosure.cell import (
    ACTIVITY,
    ALL,
    CENSUS,
    DEVELOPMENT,
    FORMAT,
    INQUIRY,
    NAMED,
    PAGE,
    PARTICIPANTS,
    PROJECT,
    REGULARITY,
    SUCCESSORS,
    Cell,
)
from birge_aggregator.domain.period import stated_window, window_from
from birge_aggregator.domain.territory import COUNTRY

SUMMED_OVER_REGIONS = frozenset(
    {ACTIVITY, FORMAT, REGULARITY, DEVELOPMENT, PARTICIPANTS, PROJECT, NAMED, INQUIRY}
)
_YEAR_ALONE = "="
_IN_A_REGION: Mapping[str, Callable[[Cell], tuple[str, str] | None]] = {
    FORMAT: lambda cell: (ALL, ALL),
    REGULARITY: lambda cell: (ALL, ALL),
    DEVELOPMENT: lambda cell: (cell.layer, ALL),
    ACTIVITY: lambda cell: _of_activity(cell),
}
"""Layer and name of the activity that a cell is a part of, in the same region and window."""


class Sum(NamedTuple):
    """Cells that add up to the same: usually one whole, and its parts; `by` says which parts."""

    wholes: tuple[Cell, ...]
    parts: tuple[Cell, ...]
    by: str


def _of_activity(cell: Cell) -> tuple[str, str] | None:
    if cell.name != ALL:
        return (cell.layer, ALL)
    return None if cell.layer == ALL else (ALL, ALL)


def sums_of(several: Iterable[Cell]) -> Iterator[Sum]:
    """Every sum between these cells, in order; one that is not there counts as nothing."""
    cells = dict.fromkeys(sorted(several))
    parts: dict[tuple[Cell, str], list[Cell]] = {}
    for cell in cells:
        for whole, by in _wholes_of(cell):
            if whole in cells:
                parts.setdefault((whole, by), []).append(cell)
    for (whole, by), members in parts.items():
        yield Sum((whole,), tuple(members), by)
    yield from _windows(cells)
    yield from _pages(cells)
    yield from _projects(cells)


def _wholes_of(cell: Cell) -> Iterator[tuple[Cell, str]]:
    """Each whole that the cell is a part of, and by what it is divided."""
    if cell.kind in SUMMED_OVER_REGIONS and cell.region != COUNTRY and not cell.is_17:
        yield cell._replace(region=COUNTRY), "region"
    if cell.kind in _IN_A_REGION and (names := _IN_A_REGION[cell.kind](cell)):
        layer, name = names
        yield cell._replace(kind=ACTIVITY, layer=layer, name=name), cell.kind
    if cell.kind == CENSUS:
        for group in (GENDERS, AGES, OCCUPATIONS):
            if cell.name in group:
                yield cell._replace(name="total"), group[0]
    if cell.kind == INQUIRY and cell.name != ALL:
        yield cell._replace(name=ALL), cell.name.partition("/")[0]
    if not cell.is_17 and cell.kind != PAGE:
        for region, successor in SUCCESSORS.items():
            if cell.region in (region, successor):
                yield cell._replace(region=region, is_17=True), "map"


def window_parts(name: str) -> tuple[tuple[str, ...], str]:
    """The windows that a window is made of, and a name for what it has beside them.

    A year has what was stated for it alone, twelve months up to June the half-year before.
    """
    window = window_from(name)
    if window is None or window.months < 12:
        return (), ""
    if "~" not in name:
        return (f"{name}-H1", f"{name}-H2"), f"{name}{_YEAR_ALONE}"
    year, month = divmod(window.last_month, 12)
    return ((f"{year}-H1",), f"{year - 1}-H2") if month == 5 else ((), "")


def _windows(cells: Iterable[Cell]) -> Iterator[Sum]:
    windows = {cell.window for cell in cells}
    for cell in cells:
        halves, beside = window_parts(cell.window)
        if cell.kind in SUMMED_OVER_REGIONS and halves and windows.issuperset(halves):
            parts = (cell._replace(window=name) for name in (*halves, beside))
            yield Sum((cell,), tuple(parts), "window")


def _pages(cells: Iterable[Cell]) -> Iterator[Sum]:
    """Of what was stated without a region or direction, or for the year alone, every page."""
    pages: dict[Cell, list[Cell]] = {}
    for page in cells:
        if page.kind == PAGE:
            pages.setdefault(page._replace(kind=ACTIVITY, window=""), []).append(page)
    for cell in cells:
        inside = [
            page
            for page in pages.get(cell._replace(window=""), ())
            if lies_inside(page.window, cell.window)
        ]
        if inside and cell.kind == ACTIVITY:
            yield Sum((cell,), tuple(inside), "page")


def lies_inside(period: str, window: str) -> bool:
    """Whether what was stated for this period is counted in the window, or in what is beside."""
    if window.endswith(_YEAR_ALONE):
        return window == f"{period}{_YEAR_ALONE}"
    return stated_window(window).contains(stated_window(period))


def _projects(cells: Iterable[Cell]) -> Iterator[Sum]:
    """Of a direction over all layers, as grants are told; usually they are grants and no more."""
    layers: dict[Cell, list[Cell]] = {}
    projects: dict[Cell, list[Cell]] = {}
    for cell in cells:
        if cell.kind == ACTIVITY and ALL not in (cell.layer, cell.name):
            layers.setdefault(cell._replace(layer=ALL), []).append(cell)
        if cell.kind == PROJECT:
            direction = cell.name.partition("|")[0]
            projects.setdefault(cell._replace(kind=ACTIVITY, name=direction), []).append(cell)
    for whole, several in projects.items():
        wholes = layers.get(whole, [])
        grants = [cell for cell in wholes if cell.layer == GRANT]
        for which, by in ((grants, "project of grants"), (wholes, "project")):
            if which:
                yield Sum(tuple(which), tuple(several), by)
