"""All tables of an edition's own period in one workbook: an index, and a sheet for each."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.editions import Edition
from birge_aggregator.rendering import flattened
from birge_aggregator.tables import TABLES

_WIDEST = 420


def tables_xlsx(edition: Edition, answers: Answers, *, address: str) -> bytes:
    """Text is never a formula or a link; null is an empty cell, and its reason stands below."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        # Without it every rendering differs in the second it was made in.
        book.set_properties({"created": edition.issued_at.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        index = book.add_worksheet("index")
        frames = dict(_frames(edition, answers))
        for row, (name, value) in enumerate(_about(edition, address)):
            index.write_row(row, 0, (name, value))
        first = row + 2
        for number, name in enumerate(frames):
            index.write_url(first + number, 0, f"internal:'{name}'!A1", string=name)
        index.autofit(_WIDEST)
        for name, frame in frames.items():
            _write(book.add_worksheet(name), frame, bold)
    return out.getvalue()


def _frames(edition: Edition, answers: Answers) -> Iterator[tuple[str, Frame]]:
    for table in TABLES:
        yield table, answers[AnswerKey(table, edition.period)]
    by_events = AnswerKey("representedness", edition.period, basis="events")
    yield "representedness by events", answers[by_events]


def _about(edition: Edition, address: str) -> Iterator[tuple[str, str]]:
    yield "edition", edition.id
    yield "page", f"{address}/publications/{edition.id}"
    yield "issued_at", edition.issued_at.isoformat()
    yield "counted_at", edition.counted_at.isoformat()
    yield "content_hash", edition.content_hash
    yield "licence", "CC BY 4.0"


def _write(sheet: Worksheet, frame: Frame, bold: Any) -> None:
    columns, rows = flattened(frame)
    sheet.write_row(0, 0, columns, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row.get(name) for name in columns])
    sheet.autofit(_WIDEST)
    below = len(rows) + 2
    for number, cells in enumerate(_beside(frame)):
        sheet.write_row(below + number, 0, cells)


def _beside(frame: Frame) -> Iterator[tuple[Any, ...]]:
    totals: Mapping[str, Any] = frame.get("totals") or {}
    for name, value in totals.items():
        yield f"totals.{name}", value
    for caveat in frame["caveats"]:
        yield "caveat", caveat["code"], ", ".join(caveat["regions"]), *caveat["text"].values()
    for missing in frame["missing"]:
        yield "missing", missing["what"], missing["region"], missing["reason"]
