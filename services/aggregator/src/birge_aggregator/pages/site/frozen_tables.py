"""Any frozen table as rows to read, in which every figure has a name of its own for ever."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.domain.publication.row_keys import KEYS
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.site.cell_words import figure_in_words, value_in_words
from birge_aggregator.pages.site.column_kinds import ColumnWords
from birge_aggregator.pages.site.column_words import column_words
from birge_aggregator.pages.site.inquiries_page import value_name
from birge_aggregator.pages.site.said import absence
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.words import Words

TOTALS = "totals"
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")


class Figure(NamedTuple):
    """A number of a table with the row it stands in; that of totals is the totals themselves."""

    name: str
    row: Mapping[str, Any]
    column: str


@dataclass(frozen=True)
class Cell:
    """A cell in words; a figure has a name, by which it is found again."""

    text: str
    figure: str = ""


def columns_of(frame: Frame) -> list[str]:
    """The columns to read: a text in three languages is one."""
    named = [
        name.split(".")[0] if name.startswith("detail.") else name for name in frame["columns"]
    ]
    return list(dict.fromkeys(named))


def words_of(frame: Frame, column: str) -> ColumnWords:
    """The words of one of the frame's columns or totals."""
    return column_words(frame["table"], column)


def rows_of(words: Words, frame: Frame) -> list[list[Cell]]:
    """The rows as they are read: the country first, then regions by name."""
    columns = columns_of(frame)
    return [
        [_cell(words, frame, row, column) for column in columns]
        for row in _in_reading_order(words, frame)
    ]


def totals_of(words: Words, frame: Frame) -> list[tuple[str, Cell]]:
    """What the table adds up, with its titles."""
    return [
        (
            words(words_of(frame, name).title),
            Cell(total_in_words(words, frame, name), _total_name(frame, name)),
        )
        for name in frame.get("totals") or {}
    ]


def total_in_words(words: Words, frame: Frame, name: str) -> str:
    """One of the totals, or why there is none."""
    absent = absence(words, frame, frame["region"], name)
    return figure_in_words(words, words_of(frame, name).kind, frame["totals"][name], absent)


def figures_of(frame: Frame) -> Iterator[Figure]:
    """Every figure of the frame by its name."""
    for name in frame.get("totals") or {}:
        yield Figure(_total_name(frame, name), frame["totals"], name)
    columns = [name for name in columns_of(frame) if words_of(frame, name).kind.is_figure]
    for row in frame["rows"]:
        for column in columns:
            yield Figure(_name(frame, row, column), row, column)


def _cell(words: Words, frame: Frame, row: Mapping[str, Any], column: str) -> Cell:
    is_figure = words_of(frame, column).kind.is_figure
    text = value_in_words(words, frame, row, column)
    return Cell(text, _name(frame, row, column) if is_figure else "")


def _name(frame: Frame, row: Mapping[str, Any], column: str) -> str:
    keys = (_plain(row[key]) for key in KEYS[frame["table"]])
    return "-".join((frame["table"], *keys, column))


def _total_name(frame: Frame, name: str) -> str:
    return "-".join((frame["table"], frame["region"], TOTALS, name))


def _plain(key: str | None) -> str:
    """A part of an address: texts that do not fit into one are named by their digest."""
    if key is None:
        return "none"
    return key if _PLAIN.fullmatch(key) else sha256(key.encode()).hexdigest()[:12]


def _in_reading_order(words: Words, frame: Frame) -> list[Mapping[str, Any]]:
    rows = list(frame["rows"])
    if frame["table"] == "inquiries":
        sides = list(dict.fromkeys(row["by"] for row in rows))
        return sorted(rows, key=lambda row: (sides.index(row["by"]), _value_order(words, row)))
    if "region" in frame["columns"]:
        return sorted(rows, key=lambda row: _region_order(words, row["region"] or COUNTRY))
    return rows


def _value_order(words: Words, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["value"] is None, in_order(value_name(words, row)))


def _region_order(words: Words, region: str) -> tuple[Any, ...]:
    return (region != COUNTRY, in_order(words.region(region)))
