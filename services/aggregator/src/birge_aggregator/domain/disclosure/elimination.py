"""What a system of equations gives away, by exact elimination, and by which of them it does."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

PRIME = 2**61 - 1
"""Coefficients are small integers: modulo a prime so large none of them vanishes by chance."""

Equation = Mapping[Hashable, int]
Row = dict[Hashable, int]


class Sign(NamedTuple):
    """Stands in a row for the equation of this number, to tell which ones it was made of."""

    equation: int


class Given(NamedTuple):
    """A sum that is known: coefficients of unknowns, and of the equations that give it away."""

    unknowns: Row
    made_of: dict[int, int]


@dataclass
class Elimination:
    """Peels off what single equations give away one after another, then reduces the rest."""

    equations: Sequence[Equation]
    _left: list[Row] = field(init=False)
    _solved: dict[Hashable, int] = field(init=False, default_factory=dict)
    _made_of: dict[Hashable, dict[int, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._left = [dict(equation) for equation in self.equations]
        holders: dict[Hashable, list[int]] = {}
        for number, equation in enumerate(self._left):
            for name in equation:
                holders.setdefault(name, []).append(number)
        waiting = [number for number, equation in enumerate(self._left) if len(equation) == 1]
        while waiting:
            number = waiting.pop()
            for name in list(self._left[number]):
                self._solved[name] = number
                for other in holders[name]:
                    del self._left[other][name]
                    if len(self._left[other]) == 1:
                        waiting.append(other)

    def solved(self, names: Sequence[Hashable]) -> Iterator[Given]:
        """Which of these unknowns single equations give away."""
        for name in names:
            if name in self._solved:
                yield Given({name: 1}, self._way_to(name))

    def left(self) -> Iterator[Given]:
        """Each equation that still has unknowns."""
        for number, row in enumerate(self._left):
            if row:
                yield Given(dict(row), self._with_solved(number))

    def reduced(self) -> Iterator[Given]:
        """What several equations give away together: their reduced row echelon form."""
        marked = [{**row, Sign(number): 1} for number, row in enumerate(self._left) if row]
        for row in _reduced(marked):
            made_of: dict[int, int] = {}
            unknowns: Row = {}
            for name, value in row.items():
                if isinstance(name, Sign):
                    _add(made_of, self._with_solved(name.equation), value)
                else:
                    unknowns[name] = value
            yield Given(unknowns, made_of)

    def _way_to(self, name: Hashable) -> dict[int, int]:
        """Coefficients of the equations whose sum is this unknown alone."""
        if name not in self._made_of:
            number = self._solved[name]
            made_of = self._with_solved(number)
            factor = pow(self.equations[number][name], -1, PRIME)
            self._made_of[name] = {one: value * factor % PRIME for one, value in made_of.items()}
        return self._made_of[name]

    def _with_solved(self, number: int) -> dict[int, int]:
        """The equation, and those that take out of it what was given away before."""
        made_of = {number: 1}
        for name, value in self.equations[number].items():
            if self._solved.get(name, number) != number:
                _add(made_of, self._way_to(name), -value)
        return made_of


def _add(row: dict[int, int], other: Mapping[int, int], factor: int) -> None:
    for number, value in other.items():
        row[number] = (row.get(number, 0) + factor * value) % PRIME


def _reduced(equations: Sequence[Row]) -> Iterator[Row]:
    rows: dict[Hashable, Row] = {}
    holders: dict[Hashable, set[Hashable]] = {}
    for equation in equations:
        row = {name: value % PRIME for name, value in equation.items()}
        for name in [name for name in row if name in rows]:
            _subtract(row, rows[name], row[name])
        unknowns = [name for name in row if not isinstance(name, Sign)]
        if not unknowns:
            continue
        pivot = min(unknowns, key=lambda name: len(holders.get(name, ())))
        inverse = pow(row[pivot], -1, PRIME)
        row = {name: value * inverse % PRIME for name, value in row.items()}
        for other in holders.pop(pivot, set()):
            _subtract(rows[other], row, rows[other][pivot])
            for name in row:
                if isinstance(name, Sign) or name == pivot:
                    continue
                if name in rows[other]:
                    holders.setdefault(name, set()).add(other)
                else:
                    holders[name].discard(other)
        rows[pivot] = row
        for name in unknowns:
            if name != pivot:
                holders.setdefault(name, set()).add(pivot)
    yield from rows.values()


def _subtract(row: Row, other: Row, factor: int) -> None:
    for name, value in other.items():
        rest = (row.get(name, 0) - factor * value) % PRIME
        if rest:
            row[name] = rest
        else:
            row.pop(name, None)
