"""All tables of an edition's own period in one workbook: an index, and a sheet for each."""

import io
from collections.abc import Iterator, Mapping

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.code_names import HEADS, code_names
from birge_aggregator.outputs.languages import in_all_languages
from birge_aggregator.outputs.xlsx_sheet import WIDEST, Styles, write_table
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_aggregator.tables import TABLES
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.languages import LANGUAGES

_EVENTS = N_("by events")


def tables_xlsx(edition: Edition, answers: Answers, *, address: str) -> bytes:
    """Text is never a formula or a link; null is a grey cell, and its reason stands below."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        # Without it every rendering differs in the second it was made in.
        book.set_properties({"created": edition.issued_at.replace(tzinfo=None)})
        styles = Styles.of(book)
        index = book.add_worksheet("index")
        sheets = list(_sheets(edition, answers))
        _write_index(index, edition, address, {name: titles for name, titles, _ in sheets}, styles)
        for name, titles, frame in sheets:
            write_table(book.add_worksheet(name), titles, frame, styles)
        _write_codes(book.add_worksheet("codes"), styles)
    return out.getvalue()


def _sheets(edition: Edition, answers: Answers) -> Iterator[tuple[str, Mapping[str, str], Frame]]:
    for table in TABLES:
        yield table, _titles(table), answers[AnswerKey(table, edition.period)]
    by_events = AnswerKey("representedness", edition.period, basis="events")
    of_events = in_all_languages(lambda _: _(_EVENTS))
    titles = {
        language: f"{title}, {of_events[language]}"
        for language, title in _titles("representedness").items()
    }
    yield "representedness by events", titles, answers[by_events]


def _titles(table: str) -> Mapping[str, str]:
    return in_all_languages(lambda _: _(TABLE_WORDS[table].title))


def _write_index(
    sheet: Worksheet,
    edition: Edition,
    address: str,
    tables: Mapping[str, Mapping[str, str]],
    styles: Styles,
) -> None:
    about = _about(edition, address)
    for row, (name, value) in enumerate(about):
        sheet.write_row(row, 0, (name, value))
    heads = len(about) + 1
    sheet.write_row(heads, 0, ("sheet", *LANGUAGES), styles.head)
    for row, (name, titles) in enumerate(tables.items(), heads + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_row(row, 1, titles.values())
    below = heads + len(tables) + 1
    sheet.write_url(below, 0, "internal:'codes'!A1", string="codes")
    sheet.autofit(WIDEST)


def _about(edition: Edition, address: str) -> list[tuple[str, str]]:
    titles = in_all_languages(
        lambda _: _("Volunteering in Kazakhstan: %(period)s", period=period_name(_, edition.period))
    )
    return [
        *titles.items(),
        ("edition", edition.id),
        ("page", f"{address}/publications/{edition.id}"),
        ("issued_at", edition.issued_at.isoformat()),
        ("counted_at", edition.counted_at.isoformat()),
        ("content_hash", edition.content_hash),
        ("licence", "CC BY 4.0"),
    ]


def _write_codes(sheet: Worksheet, styles: Styles) -> None:
    sheet.write_row(0, 0, HEADS, styles.head)
    sheet.freeze_panes(1, 0)
    for number, names in enumerate(code_names(), 1):
        sheet.write_row(number, 0, names)
    sheet.autofit(WIDEST)
