"""The matrix of representedness in the report: regions by directions, a mark in each cell."""

from collections.abc import Iterator

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.report_blocks import Block, heading, matrix, note, paragraph
from birge_aggregator.outputs.report_reservations import reservations
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_common.codelists import DIRECTIONS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words

TABLE = "representedness"
_SHOWN = {"": "·", None: "?"}
"""What stands in a cell that would be empty; other marks stand for themselves."""
_LEGEND = ("", N_("● over 25 %%")), ("· ", N_("from 5 to 25 %%")), ("", N_("× under 5 %%"))


def representedness(words: Words, edition: Edition, answers: Answers) -> Iterator[Block]:
    """Regions and directions by name: a mark tells of the region's own hours only."""
    _, said, frame = words, TABLE_WORDS[TABLE], answers[AnswerKey(TABLE, edition.period)]
    marks = {
        (row["region"], row["direction"]): _SHOWN.get(row["mark"], row["mark"])
        for row in frame["rows"]
    }
    regions = sorted({region for region, _of in marks}, key=lambda one: in_order(_.region(one)))
    names = {code: _.of(DIRECTIONS[code].names) for _of, code in marks}
    directions = sorted(names, key=lambda code: in_order(names[code]))
    yield heading(_(said.title))
    yield paragraph(_(said.shows))
    yield matrix(
        [_("Region"), *(names[code] for code in directions)],
        [
            [_.region(region), *(marks.get((region, code), "?") for code in directions)]
            for region in regions
        ],
    )
    legend = [sign + _(text) for sign, text in _LEGEND]
    yield note("; ".join((*legend, _("? hidden, or nothing was reported"))))
    yield note(_(said.method))
    yield from reservations(_, frame)
