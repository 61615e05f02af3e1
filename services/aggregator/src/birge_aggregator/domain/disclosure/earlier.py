"""What an edition that is out already tells of the next: figures, and equations between them."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from birge_aggregator.domain.disclosure.cell import Cell, Size
from birge_aggregator.domain.disclosure.elimination import Elimination, Equation
from birge_aggregator.domain.disclosure.groups import Groups
from birge_aggregator.domain.disclosure.line import value_at
from birge_aggregator.domain.disclosure.reading import Read
from birge_aggregator.domain.disclosure.system import Relation, system_of
from birge_aggregator.domain.publication.frozen import Answers

_MEASURES = ("hours", "volunteers", "events")
"""Columns of which each adds up by itself; the other columns stand alone in their cells."""

_BESIDE = frozenset(
    {"already_counted", "reports", "resolved", "open", "overdue", "median_days", "p90_days"}
)
"""Columns that say how something was counted or answered, equal by chance more often than not."""


@dataclass(frozen=True)
class Earlier:
    """`relations` between what an edition leaves open, and the `secrets` among that.

    What it hides and yet gives away by itself is no secret.
    """

    relations: Sequence[Relation] = ()
    secrets: Sequence[Cell] = ()

    def names(self) -> list[Hashable]:
        """What its secrets are called where they cannot be the same as in the new edition."""
        return [_gone(cell) for cell in self.secrets]

    def equations(self, groups: Groups, is_unknown: Callable[[Cell], bool]) -> list[Equation]:
        """Its relations, in which whatever can be the same in the new edition is the same.

        That is the most that anybody can know: who knows less has fewer equations. Only a group
        that is no more cannot be the same. What cancels out is left with 0: it stands there still.
        """
        found: list[Equation] = []
        for relation in self.relations:
            named: dict[Hashable, int] = {}
            for cell, sign in relation.items():
                group = groups.of(cell)
                if groups.sizes.get(group, Size()).is_nothing:
                    named[_gone(cell)] = sign
                elif is_unknown(group):
                    named[group] = named.get(group, 0) + sign
            found.append(named)
        return found


def _gone(cell: Cell) -> Hashable:
    return ("before", cell)


def earlier_of(before: Read, later: Collection[Cell]) -> Earlier:
    """An edition that is out, from its public answers; `later` are the cells of the new one."""
    system, closed = system_of(before.shown, later), before.shown.closed
    told = system.sizes.keys() - closed
    relations = [
        {cell: sign for cell, sign in relation.items() if cell not in told}
        for relation in system.relations
    ]
    left = [relation for relation in relations if relation]
    equations: list[Equation] = [dict(relation.items()) for relation in left]
    elimination = Elimination(equations)
    steps = (elimination.solved(sorted(closed)), elimination.left(), elimination.reduced())
    given = {next(iter(one.unknowns)) for step in steps for one in step if len(one.unknowns) == 1}
    return Earlier(left, sorted(closed - before.uncounted - given))


def known_before(
    answers: Answers, now: Read, published: Answers, before: Read, groups: Groups
) -> list[frozenset[Cell]]:
    """For each measure the groups of which an earlier answer shows what would be shown now.

    One set for each, because an amendment can mend hours and leave events as they were.
    """
    new, old = _told(answers, now), _told(published, before)
    cells: dict[Cell, list[Cell]] = {}
    for cell in new.keys() & old.keys():
        cells.setdefault(groups.of(cell), []).append(cell)

    def is_out(group: Cell, measure: str) -> bool:
        """What does not tell the measure is out where nothing that it tells was altered."""
        telling = [cell for cell in cells[group] if measure in new[cell]]
        if telling:
            return any(new[cell][measure] == old[cell].get(measure) for cell in telling)
        return any(
            new[cell].get(column) == value
            for cell in cells[group]
            for column, value in old[cell].items()
        )

    found = [frozenset(group for group in cells if is_out(group, one)) for one in _MEASURES]
    return list(dict.fromkeys(found))


def _told(answers: Answers, read: Read) -> dict[Cell, dict[str, Any]]:
    """What stands under a cell's own columns."""
    told: dict[Cell, dict[str, Any]] = {}
    for key, frame in answers.items():
        for figure in read.figures.get(key, ()):
            value, column = value_at(frame, figure.path), str(figure.path[-1])
            if len(figure.cells) == 1 and column not in _BESIDE and value is not None:
                told.setdefault(figure.cells[0], {})[column] = value
    return told
