"""Makes an edition's answers public: hides what is too small, and what would give it away."""

from collections.abc import Hashable, Mapping

from birge_aggregator.domain.disclosure.cell import CENSUS, INQUIRY, Cell, Figure, Size
from birge_aggregator.domain.disclosure.complements import Search
from birge_aggregator.domain.disclosure.elimination import Equation
from birge_aggregator.domain.disclosure.groups import Groups, groups_of
from birge_aggregator.domain.disclosure.reading import Read
from birge_aggregator.domain.disclosure.redaction import (
    without,
    without_findings,
    without_questions,
)
from birge_aggregator.domain.disclosure.system import Relation, System, system_of
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame


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
    known = _known(now, before, groups)
    earlier = _Earlier(before, system_of(before.shown), groups)
    hidden = Search(groups, shown, known, earlier).run()
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


def _known(now: Read, before: Read, groups: Groups) -> set[Cell]:
    """Groups of which an earlier answer shows just what would be shown now."""
    return {
        groups.of(cell)
        for cell in now.own & before.own - before.shown.closed
        if before.shown.sizes.get(cell) == now.shown.sizes.get(cell, Size())
    }


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
