"""Makes an edition's answers public: hides what is too small, and what would give it away."""

from collections.abc import Hashable, Mapping
from typing import Any

from birge_aggregator.domain.disclosure.cell import CENSUS, INQUIRY, Cell, Figure
from birge_aggregator.domain.disclosure.complements import Search
from birge_aggregator.domain.disclosure.elimination import Elimination, Equation
from birge_aggregator.domain.disclosure.groups import Groups, groups_of
from birge_aggregator.domain.disclosure.line import value_at
from birge_aggregator.domain.disclosure.reading import Read
from birge_aggregator.domain.disclosure.redaction import (
    without,
    without_findings,
    without_questions,
)
from birge_aggregator.domain.disclosure.system import Relation, System, system_of
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame

_MEASURES = ("hours", "volunteers", "events")
"""Columns of which each adds up by itself; the other columns stand alone in their cells."""

_BESIDE = frozenset(
    {"already_counted", "reports", "resolved", "open", "overdue", "median_days", "p90_days"}
)
"""Columns that say how something was counted or answered, equal by chance more often than not."""


def protect(answers: Answers, published_before: Mapping[AnswerKey, Frame] = {}) -> Answers:
    """The same frames, with null for each figure that must not be public.

    A figure that is hidden stands in its frame's `missing` with the reason `suppressed`, and a
    caveat names the regions. What is hidden in `published_before`, the public answers that are
    out already, stays hidden; what they show is known and protects nothing.
    """
    now, before = Read(answers), Read(published_before)
    closed = before.shown.closed - before.uncounted
    groups = groups_of(system_of(now.shown), closed & now.own | now.uncounted)
    shown = {groups.of(cell) for cell in now.own} & groups.sizes.keys()
    known = _known(answers, now, published_before, before, groups)
    earlier = _Earlier(before, system_of(before.shown), groups)
    hidden = Search(groups, shown, known, earlier, earlier.hidden).run()
    # No finding is about inquiries.
    places = {
        (cell.kind == CENSUS, cell.region)
        for cell in now.own
        if cell.kind != INQUIRY and groups.of(cell) in hidden
    }
    public = {}
    for key, frame in answers.items():
        if key.table == "quality":
            public[key] = without_findings(frame, places)
            continue
        told = [one for one in now.figures.get(key, ()) if _tells(one, groups, hidden)]
        shortened = without(frame, told)
        public[key] = without_questions(shortened) if key.table == "inquiries" else shortened
    return public


def _tells(figure: Figure, groups: Groups, hidden: set[Cell]) -> bool:
    return any(groups.of(cell) in hidden for cell in figure.cells)


def _known(
    answers: Answers, now: Read, published: Mapping[AnswerKey, Frame], before: Read, groups: Groups
) -> list[frozenset[Cell]]:
    """For each measure the groups of which an earlier answer shows what would be shown now."""
    told, out = _told(answers, now), _told(published, before)
    both = {cell: (told[cell], out[cell]) for cell in told.keys() & out.keys()}
    found = [
        frozenset(
            groups.of(cell) for cell, (new, old) in both.items() if _is_out(measure, new, old)
        )
        for measure in _MEASURES
    ]
    return list(dict.fromkeys(found))


def _is_out(measure: str, new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """What does not tell the measure is out where nothing that it tells was altered."""
    columns = {measure} if measure in new else new.keys() & old.keys()
    return all(old.get(column) == new[column] for column in columns)


def _told(answers: Mapping[AnswerKey, Frame], read: Read) -> dict[Cell, dict[str, Any]]:
    """What stands under a cell's own columns."""
    told: dict[Cell, dict[str, Any]] = {}
    for key, frame in answers.items():
        for figure in read.figures.get(key, ()):
            value, column = value_at(frame, figure.path), str(figure.path[-1])
            if len(figure.cells) == 1 and column not in _BESIDE and value is not None:
                told.setdefault(figure.cells[0], {})[column] = value
    return told


class _Earlier:
    """What earlier answers leave open of their cells, as equations between them.

    A cell that was hidden and still is is taken for the same: that makes it the easier to find.
    """

    def __init__(self, before: Read, system: System, groups: Groups) -> None:
        public = before.own - before.shown.closed
        self._groups = groups
        self._relations = [
            {cell: sign for cell, sign in relation.items() if cell not in public}
            for relation in system.relations
        ]
        closed = sorted(before.shown.closed)
        given = Elimination(self._unaltered()).solved(closed)
        out = {cell for one in given for cell in one.unknowns}
        self.hidden = [("before", cell) for cell in closed if cell not in out]

    def _unaltered(self) -> list[Equation]:
        return [dict(relation.items()) for relation in self._relations]

    def __call__(self, hidden: set[Cell]) -> list[Equation]:
        return [self._named(relation, hidden) for relation in self._relations]

    def _named(self, relation: Relation, hidden: set[Cell]) -> Equation:
        """What is the same group by now cancels out where it stands on both sides."""
        found: dict[Hashable, int] = {}
        for cell, sign in relation.items():
            name = self._name(cell, hidden)
            found[name] = found.get(name, 0) + sign
        return {name: sign for name, sign in found.items() if sign}

    def _name(self, cell: Cell, hidden: set[Cell]) -> Hashable:
        group = self._groups.of(cell)
        return group if group in hidden else ("before", cell)
