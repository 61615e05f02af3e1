"""All cells of an edition with their sizes, and all relations in which they stand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from birge_aggregator.domain.disclosure.cell import (
    ACTIVITY,
    ALL,
    CENSUS,
    INQUIRY,
    NAMED,
    OTHER,
    OWN,
    PAGE,
    SUCCESSORS,
    Cell,
    Shown,
    Size,
)
from birge_aggregator.domain.disclosure.relations import (
    SUMMED_OVER_REGIONS,
    Sum,
    lies_inside,
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


def system_of(shown: Shown, later: Collection[Cell] = ()) -> System:
    """What frames show, what follows from it, and how it hangs together.

    Where a whole is more than its parts the rest is a cell too, though no frame shows it: of a
    year what was stated for no half of it, of volunteers those whose age nobody gave. `later` are
    the cells of the next edition, for frames in which something is hidden.
    """
    rests = _Rests(dict(shown.sizes), set(shown.closed), later)
    rests.add_totals()
    rests.add_windows()
    rests.add_own()
    system = System(rests.sizes)
    sums = [Sum((whole,), parts, "country") for whole, parts in shown.sums]
    for one in (*sums_of(rests.cells()), *sums):
        relation = rests.relation(one)
        if len(relation) > 1:
            system.relations.append(relation)
    return system


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


@dataclass
class _Rests:
    """Adds what frames do not show, to `sizes` where it is told, to `closed` where it is open.

    Where a part is hidden the rest cannot be told. It is taken for nothing, which is the careful
    side, where pages show that there is none, or the `later` edition has none either.
    """

    sizes: dict[Cell, Size]
    closed: set[Cell]
    later: Collection[Cell]

    def __post_init__(self) -> None:
        self._pages = [cell for cell in self.cells() if cell.kind == PAGE]

    def cells(self) -> list[Cell]:
        """Whatever is told or hidden, in order."""
        return sorted({*self.sizes, *self.closed})

    def add_totals(self) -> None:
        """Of a region's layer over all directions, and of a region."""
        parts: dict[Cell, list[Cell]] = {}
        for cell in self.cells():
            if cell.kind == ACTIVITY and ALL not in (cell.layer, cell.name):
                parts.setdefault(cell._replace(name=ALL), []).append(cell)
                parts.setdefault(cell._replace(name=ALL, layer=ALL), []).append(cell)
        for whole, cells in parts.items():
            if not self.closed.intersection((whole, *cells)):
                self.sizes[whole] = _summed(cells, self.sizes)

    def add_windows(self) -> None:
        """What a year has beside its halves, and twelve months beside their last half."""
        cells = self.cells()
        windows = {cell.window for cell in cells}
        for cell in cells:
            halves, beside = window_parts(cell.window)
            if cell.kind in (CENSUS, PAGE) or not halves or not windows.issuperset(halves):
                continue
            if beside not in windows:
                parts = [cell._replace(window=name) for name in halves]
                rest = cell._replace(window=beside)
                self._add(rest, (cell,), parts, is_open=len(halves) == 1 or self._can_be(rest))

    def add_own(self) -> None:
        """What is stated for the country and lies in no region."""
        parts: dict[Cell, list[Cell]] = {}
        cells = self.cells()
        for cell in cells:
            if cell.region != COUNTRY and not cell.is_17:
                parts.setdefault(cell._replace(region=COUNTRY), []).append(cell)
        for whole in cells:
            own = whole._replace(region=OWN)
            if whole.region != COUNTRY or whole.kind not in SUMMED_OVER_REGIONS:
                continue
            if own not in self.sizes:
                self._add(own, (whole,), parts.get(whole, []), is_open=self._can_be(own))

    def relation(self, one: Sum) -> Relation:
        """Between those of its cells that are not nothing."""
        signs = dict.fromkeys(one.wholes, 1) | dict.fromkeys(one.parts, -1)
        whole = one.wholes[0]
        rest = whole._replace(kind=OTHER, name=f"{whole.kind} {whole.name} {one.by}")
        self._add(rest, one.wholes, one.parts, is_open=rest in self.later)
        signs[rest] = -1
        return {
            cell: sign
            for cell, sign in signs.items()
            if cell in self.closed or not self.sizes.get(cell, Size()).is_nothing
        }

    def _add(
        self, rest: Cell, wholes: Sequence[Cell], parts: Sequence[Cell], *, is_open: bool
    ) -> None:
        if self.closed.intersection((rest, *wholes, *parts)):
            if is_open:
                self.closed.add(rest)
            return
        size = _difference(wholes, parts, self.sizes)
        if not size.is_nothing:
            self.sizes[rest] = size

    def _can_be(self, rest: Cell) -> bool:
        """Whether a page tells of something that was stated there; inquiries have no pages."""
        if rest.kind == INQUIRY:
            return rest in self.later
        regions = {rest.region, SUCCESSORS.get(rest.region) if rest.is_17 else None}
        return any(
            (page.region in regions or rest.region == COUNTRY)
            and rest.layer in (ALL, page.layer)
            and (rest.kind != ACTIVITY or rest.name in (ALL, page.name))
            and lies_inside(page.window, rest.window)
            for page in self._pages
        )
