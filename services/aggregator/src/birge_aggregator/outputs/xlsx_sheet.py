"""A table on a sheet: titles in three languages above its figures, all that must go with it below.

The figures begin below row 8, which has the columns' codes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.outputs.csv_metadata import column_of, column_title
from birge_aggregator.outputs.languages import words_in
from birge_aggregator.pages.site.column_kinds import Kind
from birge_aggregator.pages.site.frozen_tables import words_of
from birge_aggregator.pages.site.said import reason_in_words
from birge_aggregator.rendering import flattened
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.languages import LANGUAGES

WIDEST = 420
"""Of a column, in pixels."""
_GREY = N_("Grey: there is no figure, which is not 0. Why, stands below.")
_TITLES_BELOW = 1
_HEADS_BELOW = _TITLES_BELOW + len(LANGUAGES)
_CODES_ROW = _HEADS_BELOW + len(LANGUAGES)


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook."""

    head: Format
    title: Format
    whole: Format
    parted: Format
    share: Format
    none: Format

    @classmethod
    def of(cls, book: Workbook) -> "Styles":
        """Each made once for all sheets."""
        return cls(
            head=book.add_format({"bold": True, "bg_color": "#F0F0F0", "bottom": 1}),
            title=book.add_format({"bold": True, "font_size": 13}),
            whole=book.add_format({"num_format": "#,##0"}),
            parted=book.add_format({"num_format": "#,##0.00"}),
            share=book.add_format({"num_format": "0.00"}),
            none=book.add_format({"bg_color": "#D9D9D9"}),
        )


def write_table(sheet: Worksheet, titles: Mapping[str, str], frame: Frame, styles: Styles) -> None:
    """Null is a grey cell; the notes say why, and what grey means."""
    columns, rows = flattened(frame)
    for row, language in enumerate(LANGUAGES, _HEADS_BELOW):
        heads = [column_title(words_in(language), frame, name) for name in columns]
        sheet.write_row(row, 0, heads, styles.head)
    sheet.write_row(_CODES_ROW, 0, columns, styles.head)
    sheet.freeze_panes(_CODES_ROW + 1, 1)
    for row, values in enumerate(rows, _CODES_ROW + 1):
        for place, name in enumerate(columns):
            _write_cell(sheet, row, place, values.get(name), column_of(frame, name)[0].kind, styles)
    sheet.autofit(WIDEST)
    # After the widths are set: a title or note runs over the columns beside it.
    sheet.write_url(0, 0, "internal:'index'!A1", string="index")
    for row, title in enumerate(titles.values(), _TITLES_BELOW):
        sheet.write_string(row, 0, title, styles.title)
    for row, cells in enumerate(_notes(frame), _CODES_ROW + len(rows) + 2):
        sheet.write_row(row, 0, cells)


def _write_cell(
    sheet: Worksheet, row: int, place: int, value: Any, kind: Kind, styles: Styles
) -> None:
    if value is None:
        sheet.write_blank(row, place, None, styles.none if kind.is_figure else None)
    elif not kind.is_figure:
        sheet.write(row, place, value)
    elif kind is Kind.PERCENT:
        sheet.write_number(row, place, value, styles.share)
    else:
        is_whole = kind is Kind.TENGE or value == int(value)
        sheet.write_number(row, place, value, styles.whole if is_whole else styles.parted)


def _notes(frame: Frame) -> Iterator[tuple[Any, ...]]:
    """Totals, what a grey cell is, caveats and what is missing, each in three languages."""
    spoken = [words_in(language) for language in LANGUAGES]
    for name, value in (frame.get("totals") or {}).items():
        title = words_of(frame, name).title
        yield f"totals.{name}", value, "", *(_(title) for _ in spoken)
    yield "", "", "", *(_(_GREY) for _ in spoken)
    for caveat in frame["caveats"]:
        regions = ", ".join(caveat["regions"])
        yield "caveat", caveat["code"], regions, *(_.title(caveat["text"]) for _ in spoken)
    for one in frame["missing"]:
        why = (reason_in_words(_, one["reason"]) for _ in spoken)
        yield "missing", one["what"], one["region"], *why
