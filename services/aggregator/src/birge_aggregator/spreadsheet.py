"""A table as a workbook: its figures, and on a second sheet all that must travel with them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

_WIDEST = 60


def workbook(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], frame: Mapping[str, Any]
) -> bytes:
    """Sheets `figures` and `about`; text is never a formula or a link, null is an empty cell."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        # Without it every rendering differs in the second it was made in.
        book.set_properties({"created": frame["as_of"]["counted_at"]})
        bold = book.add_format({"bold": True})
        figures = book.add_worksheet("figures")
        figures.write_row(0, 0, columns, bold)
        figures.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            figures.write_row(number, 0, [row.get(name) for name in columns])
        figures.autofit(_WIDEST * 7)
        _write_about(book.add_worksheet("about"), frame)
    return out.getvalue()


def _write_about(sheet: Worksheet, frame: Mapping[str, Any]) -> None:
    for number, cells in enumerate(_about(frame)):
        sheet.write_row(number, 0, cells)
    sheet.autofit(_WIDEST * 7)


def _about(frame: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
    for name in ("table", "period", "region"):
        yield name, frame[name]
    counted_at = frame["as_of"]["counted_at"]
    yield "counted_at", "" if counted_at is None else counted_at.isoformat()
    for name, value in (frame.get("totals") or {}).items():
        yield f"totals.{name}", value
    for name, value in (frame.get("basis") or {}).items():
        yield f"basis.{name}", str(value)
    for caveat in frame["caveats"]:
        yield "caveat", caveat["code"], ", ".join(caveat["regions"]), *caveat["text"].values()
    for missing in frame["missing"]:
        yield "missing", missing["what"], missing["region"], missing["reason"]
    for item in frame.get("not_attributable") or ():
        yield "not_attributable", *item.values()
