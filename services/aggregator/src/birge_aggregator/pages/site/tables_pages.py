"""Every table of an edition as a page, and every figure of it with what it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.publication.row_keys import KEYS
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.cell_words import value_in_words
from birge_aggregator.pages.site.frozen_tables import (
    TOTALS,
    Figure,
    columns_of,
    figures_of,
    rows_of,
    total_in_words,
    totals_of,
    words_of,
)
from birge_aggregator.pages.site.maps import regions_of_map
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.reading import beside, coverage_of
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.regions import REGIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option
from birge_common.web.pages.words import Words
from birge_common.web.problems import Problem

BY_BASIS = "representedness"


@dataclass(frozen=True)
class Heading:
    """A column's title and meaning; `id` is where the page explains it."""

    id: str
    title: str
    meaning: str
    is_figure: bool


def tables_pages(shell: Shell) -> APIRouter:
    """`/tables`, `/tables/{table}` and `/tables/{table}/figures/{figure}`."""
    router = APIRouter()
    router.include_router(edition_page(shell, "/tables", "site/tables.html", _list))
    router.include_router(edition_page(shell, "/tables/{table}", "site/table.html", _table))
    router.include_router(
        edition_page(shell, "/tables/{table}/figures/{figure}", "site/figure.html", _figure)
    )
    return router


async def _list(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    return {"tables": [(name, _(said.title), _(said.shows)) for name, said in TABLE_WORDS.items()]}


async def _table(reader: Reader, visit: Visit) -> View:
    _, key = reader.words, _key(reader, visit)
    frame = await reader.frame(key)
    said = TABLE_WORDS[key.table]
    return {
        "table": key.table,
        "title": _(said.title),
        "shows": _(said.shows),
        "method": _(said.method),
        "headings": [_heading(_, frame, column) for column in columns_of(frame)],
        "rows": rows_of(_, frame),
        "totals": totals_of(_, frame),
        "not_attributable": len(frame.get("not_attributable") or ()),
        "chosen": key,
        "asked": _asked(reader, key),
        "choices": _choices(reader, key),
        **await beside(reader, visit, key),
    }


async def _figure(reader: Reader, visit: Visit) -> View:
    _, key = reader.words, _key(reader, visit)
    frame = await reader.frame(key)
    name = visit.named["figure"]
    figure = next((one for one in figures_of(frame) if one.name == name), None)
    if figure is None:
        raise Problem(404, "no_figure", "This table has no such figure.")
    region = figure.row.get("region") or key.region
    said, table = words_of(frame, figure.column), TABLE_WORDS[key.table]
    return {
        "table": key.table,
        "figure": figure,
        "title": _(said.title),
        "table_title": _(table.title),
        "value": _value(_, frame, figure),
        "of": [*_row_in_words(_, frame, figure), (_("Period"), period_name(_, key.window))],
        "meaning": _(said.meaning),
        "method": _(table.method),
        "coverage": await coverage_of(reader, key, region),
        "asked": _asked(reader, key),
        "positions": [
            (topic, sorted((int(partition), offset) for partition, offset in offsets.items()))
            for topic, offsets in sorted(reader.edition.positions.items())
        ],
        **await beside(reader, visit, key),
    }


def _key(reader: Reader, visit: Visit) -> AnswerKey:
    """The frozen answer that the address and the form ask for. Raises Problem."""
    table = visit.named["table"]
    if table not in TABLE_WORDS:
        raise Problem(404, "unknown_table", "There is no such table.")
    edition = reader.edition
    return AnswerKey(
        table,
        visit.choice("window", edition.windows, edition.period),
        visit.choice("region", (COUNTRY, *REGIONS), COUNTRY),
        visit.choice("map", ("20", "17"), "20") == "17",
        visit.choice("basis", ("hours", "events") if table == BY_BASIS else ("hours",), "hours"),
    )


def _asked(reader: Reader, key: AnswerKey) -> Mapping[str, str]:
    """The key as the query of an address, without what goes without saying."""
    said = {
        "window": "" if key.window == reader.edition.period else key.window,
        "region": "" if key.region == COUNTRY else key.region,
        "map": "17" if key.map_17 else "",
        "basis": "" if key.basis == "hours" else key.basis,
    }
    return {name: value for name, value in said.items() if value}


def _choices(reader: Reader, key: AnswerKey) -> list[tuple[str, str, str, list[Option]]]:
    """The form's fields: name, label, what is chosen, and the options."""
    _ = reader.words
    regions = [
        Option(code, _.region(code)) for code in regions_of_map(key.window, map_17=key.map_17)
    ]
    fields = [
        (
            "window",
            _("Period"),
            key.window,
            [Option(w, period_name(_, w)) for w in reader.edition.windows],
        ),
        (
            "region",
            _("Region"),
            key.region,
            [
                Option(COUNTRY, _("Kazakhstan and all regions")),
                *sorted(regions, key=lambda option: in_order(option.label)),
            ],
        ),
        (
            "map",
            _("Map"),
            "17" if key.map_17 else "20",
            [
                Option("20", _("20 regions, as they are today")),
                Option("17", _("17 regions, as before 8 June 2022")),
            ],
        ),
    ]
    if key.table == BY_BASIS:
        bases = [Option("hours", _("By hours")), Option("events", _("By events"))]
        fields.append(("basis", _("Measured"), key.basis, bases))
    return fields


def _heading(words: Words, frame: Frame, column: str) -> Heading:
    said = words_of(frame, column)
    return Heading(
        f"{frame['table']}.{column}", words(said.title), words(said.meaning), said.kind.is_figure
    )


def _value(words: Words, frame: Frame, figure: Figure) -> str:
    if figure.row is frame.get(TOTALS):
        return total_in_words(words, frame, figure.column)
    return value_in_words(words, frame, figure.row, figure.column)


def _row_in_words(words: Words, frame: Frame, figure: Figure) -> list[tuple[str, str]]:
    is_total = figure.row is frame.get(TOTALS)
    keys = () if is_total else KEYS[frame["table"]]
    whose = (words(words_of(frame, "region").title), words.region(frame["region"]))
    return [
        *(() if "region" in keys else (whose,)),
        *(
            (words(words_of(frame, key).title), value_in_words(words, frame, figure.row, key))
            for key in keys
        ),
    ]
