"""Hides as little more as is needed, until nothing that is too small can be computed."""

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass, field

from birge_aggregator.domain.disclosure.cell import Cell, Size
from birge_aggregator.domain.disclosure.earlier import Earlier
from birge_aggregator.domain.disclosure.elimination import PRIME, Elimination, Equation, Given
from birge_aggregator.domain.disclosure.groups import LEAST_PERSONS, Groups

_SIGNS = {1: 1, -1: -1, PRIME - 1: -1}


@dataclass
class Search:
    """`shown` are groups that frames show: only these can be hidden. `known` is out already.

    One set of `known` for each measure: an amendment can mend hours and leave events as they were.
    """

    groups: Groups
    shown: set[Cell]
    known: Sequence[Set[Cell]]
    earlier: Earlier
    hidden: set[Cell] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hidden |= self.groups.least.keys() & self.shown
        gone = self.earlier.names()
        self._small = [*sorted(self.groups.least), *gone]
        self._least: dict[Hashable, int] = dict.fromkeys(gone, LEAST_PERSONS)
        for cell, least in self.groups.least.items():
            self._least[cell] = least
        self._out: Set[Cell] = frozenset()

    def run(self) -> set[Cell]:
        """All that has to be hidden, the small groups among it."""
        steps = [True]
        while any(steps):
            steps = [self._is_more_hidden(known, self.earlier) for known in self.known]
            # Who does not know what was left as it was: what is out can be hidden from them.
            steps.append(self._is_more_hidden(frozenset(), Earlier()))
        return self.hidden

    def _is_more_hidden(self, known: Set[Cell], earlier: Earlier) -> bool:
        self._out = known
        before = len(self.hidden)
        while chosen := self._complements(earlier):
            self.hidden |= chosen
        return len(self.hidden) > before

    def _complements(self, before: Earlier) -> set[Cell]:
        """Some groups that give too much away; nothing where that is no more so."""
        earlier = before.equations(self.groups, self._is_unknown)
        left = [{name: sign for name, sign in one.items() if sign} for one in earlier]
        elimination = Elimination([*self._equations(), *left])
        chosen: set[Cell] = set()
        stuck: set[Hashable] = set()
        for step in (elimination.solved(self._small), elimination.left(), elimination.reduced()):
            for given in step:
                if self._is_too_much(given) and not self._choose(chosen, given):
                    stuck |= given.unknowns.keys()
            if chosen:
                return chosen
        return self._all_around(stuck, earlier)

    def _all_around(self, stuck: set[Hashable], earlier: Sequence[Equation]) -> set[Cell]:
        """Where no complement helps: all that stands nearest and is not out."""
        relations: list[Iterable[Hashable]] = [
            *({cell for cell in one if cell not in self._out} for one in self.groups.relations),
            *earlier,
        ]
        reached: set[Hashable] = set()
        while stuck:
            reached |= stuck
            near = [one for one in relations if not reached.isdisjoint(one)]
            stuck = {cell for one in near for cell in one} - reached
            if can := {cell for cell in self.shown & stuck if self._can_hide(cell)}:
                return can
        return set()

    def _equations(self) -> list[Equation]:
        return [
            {cell: sign for cell, sign in relation.items() if self._is_unknown(cell)}
            for relation in self.groups.relations
        ]

    def _is_unknown(self, cell: Cell) -> bool:
        return cell not in self._out and (cell in self.hidden or cell not in self.shown)

    def _is_too_much(self, given: Given) -> bool:
        """Whether a small group is known, or several that are small together."""
        small = [self._least[cell] for cell in self._among_small(given.unknowns)]
        if len(given.unknowns) == 1 or not small:
            return bool(small)
        if {_SIGNS.get(value) for value in given.unknowns.values()} not in ({1}, {-1}):
            return False
        sizes = [self.groups.sizes.get(cell) for cell in given.unknowns]  # type: ignore[call-overload]
        persons = [size.persons for size in sizes if size is not None]
        return None not in persons and len(persons) == len(sizes) and sum(persons) < max(small)

    def _among_small(self, names: Iterable[Hashable]) -> set[Hashable]:
        return self._least.keys() & set(names)

    def _choose(self, chosen: set[Cell], given: Given) -> bool:
        """The smallest group without which these equations do not give it away, if there is one.

        If possible of an equation that it is not in itself: there its own complement leaks.
        """
        told: dict[Cell, int] = {}
        near: set[Cell] = set()
        for number, factor in given.made_of.items():
            if number < len(self.groups.relations):
                relation = self.groups.relations[number]
                is_near = not given.unknowns.keys().isdisjoint(relation)
                for cell, sign in relation.items():
                    told[cell] = (told.get(cell, 0) + sign * factor) % PRIME
                    if is_near:
                        near.add(cell)
        candidates = [cell for cell, factor in told.items() if factor and self._can_hide(cell)]
        candidates = candidates or [cell for cell in told if self._can_hide(cell)]
        if candidates and not chosen.intersection(candidates):
            chosen.add(min(candidates, key=lambda cell: (cell in near, *self._cost(cell))))
        return bool(candidates)

    def _can_hide(self, cell: Cell) -> bool:
        return cell in self.shown and cell not in self.hidden and cell not in self._out

    def _cost(self, cell: Cell) -> tuple[bool, int, int, Cell]:
        size = self.groups.sizes.get(cell, Size())
        return (not size.persons, size.persons or 0, size.hundredths, cell)
