"""Cells that are the same people under several names, and which of them are too few."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from birge_aggregator.domain.disclosure.cell import CENSUS, PARTICIPANTS, Cell, Size
from birge_aggregator.domain.disclosure.system import Relation, System

LEAST_PERSONS, LEAST_MINORS = 5, 10
_MINORS = frozenset({(PARTICIPANTS, "child"), (CENSUS, "under_18"), (CENSUS, "school_pupil")})


@dataclass(frozen=True)
class Groups:
    """One cell stands for all that are equal to it: a region with one layer, that layer.

    `least` holds for groups that are too small how many persons they need not to be.
    """

    names: Mapping[Cell, Cell]
    sizes: Mapping[Cell, Size]
    relations: tuple[Relation, ...]
    least: Mapping[Cell, int]

    def of(self, cell: Cell) -> Cell:
        """The cell that stands for it."""
        return self.names.get(cell, cell)


def least_persons(cell: Cell) -> int:
    """From how many persons on a group is public."""
    return LEAST_MINORS if (cell.kind, cell.name) in _MINORS else LEAST_PERSONS


def is_too_small(cell: Cell, size: Size) -> bool:
    """Nobody at all is not too few."""
    return size.persons is not None and 0 < size.persons < least_persons(cell)


def groups_of(system: System, hidden: Iterable[Cell] = ()) -> Groups:
    """Merge what is equal; what an earlier edition hides is too small by its own word."""
    names = _merged(system)
    sizes: dict[Cell, Size] = {}
    least: dict[Cell, int] = {}
    for cell, size in system.sizes.items():
        group = names.get(cell, cell)
        known = sizes.get(group)
        if known is None or known.persons is None:
            sizes[group] = size
        if is_too_small(cell, size):
            least[group] = max(least.get(group, 0), least_persons(cell))
    for cell in hidden:
        least.setdefault(names.get(cell, cell), LEAST_PERSONS)
    relations = [_renamed(relation, names) for relation in system.relations]
    kept = tuple(relation for relation in relations if relation)
    _mark_parts(kept, sizes, least)
    return Groups(names, sizes, kept, least)


def _merged(system: System) -> dict[Cell, Cell]:
    """A whole with a single part is that part."""
    parents: dict[Cell, Cell] = {}

    def root(cell: Cell) -> Cell:
        while cell in parents:
            cell = parents[cell]
        return cell

    for relation in system.relations:
        if sorted(relation.values()) == [-1, 1] and relation.keys() <= system.sizes.keys():
            one, other = sorted(map(root, relation))
            if one != other:
                parents[other] = one
    return {cell: root(cell) for cell in parents}


def _renamed(relation: Relation, names: Mapping[Cell, Cell]) -> Relation:
    found: dict[Cell, int] = {}
    for cell, sign in relation.items():
        group = names.get(cell, cell)
        found[group] = found.get(group, 0) + sign
    return {cell: sign for cell, sign in found.items() if sign}


def _mark_parts(
    relations: Iterable[Relation], sizes: Mapping[Cell, Size], least: dict[Cell, int]
) -> None:
    """What lies in a group too small and tells no persons of its own is too small as well."""
    waiting = True
    while waiting:
        waiting = False
        for relation in relations:
            wholes = [cell for cell, sign in relation.items() if sign > 0]
            if len(wholes) != 1 or wholes[0] not in least:
                continue
            for cell, sign in relation.items():
                size = sizes.get(cell, Size())
                if sign < 0 and cell not in least and size.persons is None and size.hundredths:
                    least[cell] = LEAST_PERSONS
                    waiting = True
