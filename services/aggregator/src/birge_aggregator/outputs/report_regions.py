"""The chapter of regions in the report: each by its own shares and past, in the order of names."""

from collections.abc import Iterator

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.report_blocks import (
    NEW_PAGE,
    Block,
    facts,
    heading,
    items,
    paragraph,
    table,
)
from birge_aggregator.outputs.report_reservations import reservations
from birge_aggregator.pages.site.activity import BASIS
from birge_aggregator.pages.site.cell_words import value_in_words
from birge_aggregator.pages.site.frozen_tables import totals_of, words_of
from birge_aggregator.pages.site.region_profile import specifics
from birge_aggregator.pages.site.telling import rows_of, telling_of
from birge_common.regions import REGIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words

FIGURES = (
    ("volunteers", ("total", "previous", "change_pct", "share_of_country_pct")),
    ("organisations", ("ngos", "initiative_groups")),
    ("coverage", ("low", "high")),
)
DIRECTIONS_SHOWN = ("direction", "hours", "share_of_region_pct", "events")


def regions_of(words: Words, edition: Edition, answers: Answers) -> Iterator[Block]:
    """A page for each region that reported."""
    _ = words
    yield heading(_("Regions, by name"))
    reported = {row["region"] for row in answers[AnswerKey("hours", edition.period)]["rows"]}
    for place, region in enumerate(
        sorted(reported & REGIONS.keys(), key=lambda code: in_order(_.region(code)))
    ):
        if place:
            yield NEW_PAGE
        yield from _region(words, edition, answers, region)


def _region(words: Words, edition: Edition, answers: Answers, region: str) -> Iterator[Block]:
    _ = words

    def frame(name: str, of: str = region) -> Frame:
        return answers[AnswerKey(name, edition.period, of)]

    hours = frame("hours")
    yield heading(_.region(region), 2)
    if told := edition.commentary.get(region):
        yield paragraph(_.title(told))
    steady, country = (telling_of(_, frame("steady_work", one), one) for one in (region, COUNTRY))
    if said := specifics(_, frame("directions"), frame("representedness"), steady, country):
        yield items(said)
    rows = [(title, cell.text) for title, cell in totals_of(_, hours)]
    for name, columns in FIGURES:
        rows += _figures(_, frame(name), region, columns)
    yield facts(rows)
    yield from _directions(_, hours)
    yield from reservations(_, hours, frame("volunteers"))


def _figures(
    words: Words, frame: Frame, region: str, columns: tuple[str, ...]
) -> list[tuple[str, str]]:
    return [
        (words(words_of(frame, name).title), value_in_words(words, frame, row, name))
        for row in rows_of(frame, region=region)
        for name in columns
    ]


def _directions(words: Words, hours: Frame) -> Iterator[Block]:
    rows = rows_of(hours, region=hours["region"], layer=BASIS)
    if rows:
        heads = [words(words_of(hours, column).title) for column in DIRECTIONS_SHOWN]
        figures = [words_of(hours, column).kind.is_figure for column in DIRECTIONS_SHOWN]
        cells = [[value_in_words(words, hours, row, c) for c in DIRECTIONS_SHOWN] for row in rows]
        yield table(heads, figures, sorted(cells, key=lambda cell: in_order(cell[0])))
