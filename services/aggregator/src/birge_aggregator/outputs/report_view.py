"""What the printed report of an edition says, in one language, from its frozen answers alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.report_appendix import methods, recommendations, recount, sources
from birge_aggregator.outputs.report_blocks import (
    NEW_PAGE,
    Block,
    bars,
    facts,
    heading,
    note,
    paragraph,
    table,
)
from birge_aggregator.outputs.report_matrix import representedness
from birge_aggregator.outputs.report_regions import regions_of
from birge_aggregator.outputs.report_reservations import reservations
from birge_aggregator.pages.site.cell_words import value_in_words
from birge_aggregator.pages.site.frozen_tables import totals_of, words_of
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words

AGES = tuple(
    f"age_pct.{one}" for one in ("under_18", "from_18_to_29", "from_30_to_pension", "pension")
)
OCCUPATIONS = tuple(
    f"occupation_pct.{one}"
    for one in ("school_pupil", "student", "neet", "employed", "unemployed", "retired")
)
OF_COUNTRY = ("region", COUNTRY)


@dataclass(frozen=True)
class Part:
    """A table of the report: the columns that fit on its page.

    `only` is a column and the value that rows have in it, where a table has a row for each month
    or step; the files have all. `bar` is the share that is drawn, by the first column;
    `title` stands in the place of the table's own.
    """

    table: str
    columns: tuple[str, ...]
    only: tuple[str, str | None] | None = None
    bar: str = ""
    title: str = ""


PARTS = (
    Part("volunteers", ("region", "total", "men_pct", "women_pct", "previous", "change_pct")),
    Part("volunteers", ("region", *AGES), title=N_("Volunteers by age")),
    Part("volunteers", ("region", *OCCUPATIONS), title=N_("Volunteers by occupation")),
    Part("organisations", ("region", "ngos", "initiative_groups", "pct_of_national_ngos")),
    Part("directions", ("direction", "layer", "hours", "events", "share_pct"), bar="share_pct"),
    Part("formats", ("format", "hours", "events", "share_pct"), OF_COUNTRY, "share_pct"),
    Part("participants", ("category", "volunteers", "share_pct"), OF_COUNTRY, "share_pct"),
    Part("development", ("region", "hours", "events", "volunteers")),
    Part("support", ("region", "support", "months_mentioned", "class"), only=("support", None)),
    Part("steady_work", ("region", "continuous", "one_off", "not_stated", "steady_pct")),
    Part("grants", ("project", "direction", "hours", "events", "volunteers")),
    Part("economy", ("region", "method", "hours", "tenge_per_hour", "tenge", "fte")),
    Part("inquiries", ("by", "value", "received", "related", "resolved", "median_days")),
    Part("programme", ("milestone", "done", "required", "met"), only=OF_COUNTRY),
    Part("coverage", ("region", "reported", "low", "high", "estimate")),
)


def blocks_of(words: Words, edition: Edition, answers: Answers) -> list[Block]:
    """The whole report after its cover."""
    return [
        *_summary(words, edition, answers),
        *(block for part in PARTS for block in _part(words, edition, answers, part)),
        NEW_PAGE,
        *representedness(words, edition, answers),
        NEW_PAGE,
        *regions_of(words, edition, answers),
        NEW_PAGE,
        *methods(words),
        *_findings(words, edition, answers),
        *recommendations(words, edition),
        *sources(words, edition),
        *recount(words, edition),
    ]


def _summary(words: Words, edition: Edition, answers: Answers) -> Iterator[Block]:
    _ = words
    hours = answers[AnswerKey("hours", edition.period)]
    yield heading(_("Summary"))
    if told := edition.commentary.get(COUNTRY):
        yield paragraph(_.title(told))
    if edition.change_note is not None:
        yield paragraph(_("What this edition changes: %(note)s", note=_.title(edition.change_note)))
    yield facts((title, cell.text) for title, cell in totals_of(_, hours))
    yield from reservations(_, hours)


def _part(words: Words, edition: Edition, answers: Answers, part: Part) -> Iterator[Block]:
    _, frame = words, answers[AnswerKey(part.table, edition.period)]
    said = TABLE_WORDS[part.table]
    yield heading(_(part.title or said.title))
    yield paragraph(_(said.shows))
    rows = _rows(_, frame, part)
    if not rows:
        yield paragraph(_("Nothing was reported."))
    else:
        if part.bar:
            yield bars(_bars(_, frame, rows, part))
        heads = [_(words_of(frame, column).title) for column in part.columns]
        figures = [words_of(frame, column).kind.is_figure for column in part.columns]
        cells = [[value_in_words(_, frame, row, one) for one in part.columns] for row in rows]
        yield table(heads, figures, cells)
    yield note(_(said.method))
    yield from reservations(_, frame)


def _rows(words: Words, frame: Frame, part: Part) -> list[Mapping[str, object]]:
    """The country first, then regions by name; never by volume."""
    rows = list(frame["rows"])
    if part.only is not None:
        column, value = part.only
        rows = [row for row in rows if row[column] == value]
    if "region" in part.columns:
        rows.sort(key=lambda row: (row["region"] != COUNTRY, in_order(words.region(row["region"]))))
    return rows


def _bars(
    words: Words, frame: Frame, rows: Sequence[Mapping[str, object]], part: Part
) -> Iterator[tuple[str, float, str]]:
    for row in rows:
        share = row[part.bar]
        if row.get("layer") in (None, "front_office") and isinstance(share, int | float):
            label = value_in_words(words, frame, row, part.columns[0])
            yield label, share / 100, value_in_words(words, frame, row, part.bar)


def _findings(words: Words, edition: Edition, answers: Answers) -> Iterator[Block]:
    _, frame = words, answers[AnswerKey("quality", edition.period)]
    columns = ("check", "region", "period", "what", "expected", "found", "state")
    yield heading(_("What does not fit, by the platform’s own checks"))
    rows = [row for row in frame["rows"] if row["check"] not in ("timeliness", "completeness")]
    heads = [_(words_of(frame, column).title) for column in columns]
    figures = [words_of(frame, column).kind.is_figure for column in columns]
    yield table(
        heads, figures, [[value_in_words(_, frame, row, one) for one in columns] for row in rows]
    )
    left = len(frame["rows"]) - len(rows)
    yield note(
        _("Late and missing reports of offices, %(left)s entries, are in the files.", left=left)
    )
