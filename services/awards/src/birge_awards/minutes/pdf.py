"""The minutes as a PDF: set by typst from a template that only lays out, data given as JSON."""

import json
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import as_file, files
from typing import Any
from unicodedata import bidirectional, category

import typst

from birge_awards.minutes.record import MinutesRecord, Signature
from birge_awards.minutes.texts import LANGUAGES
from birge_awards.minutes.view import view_of

_REORDERING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Characters that turn the direction of what follows: a name must not rearrange a sentence."""


def minutes_pdf(
    record: MinutesRecord, language: str, signatures: Sequence[Signature] = ()
) -> bytes:
    """A4 pages as PDF/UA-1, tagged for screen readers: the same bytes for the same arguments.

    Where a letter is in none of the fonts the pages are tagged still, but no UA-1.
    `language` is `kk`, `ru` or `en`, else ValueError. No text of the record is ever read as a
    command of the template. Every page carries the record's hash, which signatures leave as it is.
    """
    if language not in LANGUAGES:
        raise ValueError(f"minutes are printed in {', '.join(LANGUAGES)}, not {language}")
    said = json.dumps(_printable(view_of(record, language, signatures)), ensure_ascii=False)
    compiler = typst.Compiler(font_paths=_fonts(), sys_inputs={"minutes": said})
    closed = int(record.closed_at.timestamp())
    dated = partial(compiler.compile, _template(), format="pdf", timestamp=closed)
    try:
        pages = dated(pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        # A name in a script that the fonts lack: UA-1 refuses it, but minutes must come out. The
        # page shows boxes, and what is copied from it is still the name.
        pages = dated()
    assert isinstance(pages, bytes), "typst gives a PDF as one file"
    return pages


def _printable(value: Any) -> Any:
    """The view with a mark in place of what has no shape of its own."""
    match value:
        case str():
            return "".join(one if _is_printable(one) else "\ufffd" for one in value)
        case dict():
            return {key: _printable(each) for key, each in value.items()}
        case list():
            return [_printable(each) for each in value]
    return value


def _is_printable(character: str) -> bool:
    if bidirectional(character) in _REORDERING:
        return False
    return character == "\n" or category(character) not in ("Cc", "Cn")


@cache
def _template() -> bytes:
    return (files("birge_awards") / "minutes" / "minutes.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The house's own fonts, read once: with the system's, bytes would differ by machine."""
    with as_file(files("birge_common") / "data" / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder]
        )
