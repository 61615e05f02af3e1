"""Makes an edition's answers public: hides what is too small, and what would give it away."""

from collections.abc import Mapping

from birge_aggregator.domain.disclosure.cell import CENSUS, INQUIRY, Cell, Figure
from birge_aggregator.domain.disclosure.complements import Search
from birge_aggregator.domain.disclosure.earlier import earlier_of, known_before
from birge_aggregator.domain.disclosure.groups import Groups, groups_of
from birge_aggregator.domain.disclosure.reading import Read
from birge_aggregator.domain.disclosure.redaction import (
    without,
    without_findings,
    without_questions,
)
from birge_aggregator.domain.disclosure.system import system_of
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame


def protect(answers: Answers, published_before: Mapping[AnswerKey, Frame] = {}) -> Answers:
    """The same frames, with null for each figure that must not be public.

    A figure that is hidden stands in its frame's `missing` with the reason `suppressed`, and a
    caveat names the regions. What is hidden in `published_before`, the public answers that are
    out already, stays hidden; what they show is known and protects nothing.
    """
    now, before = Read(answers), Read(published_before)
    system = system_of(now.shown)
    earlier = earlier_of(before, system.sizes)
    groups = groups_of(system, now.own.intersection(earlier.secrets) | now.uncounted)
    shown = {groups.of(cell) for cell in now.own} & groups.sizes.keys()
    known = known_before(answers, now, published_before, before, groups)
    closed = {groups.of(cell) for cell in before.shown.closed - before.uncounted}
    hidden = Search(groups, shown, known, earlier, closed & shown).run()
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
