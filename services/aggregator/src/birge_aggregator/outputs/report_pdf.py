"""The report of an edition as PDF: set by typst from a template that only lays out."""

import json
from functools import cache
from importlib.resources import as_file, files

import typst

from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.languages import HERE, words_in
from birge_aggregator.outputs.report_view import blocks_of
from birge_aggregator.pages.site.periods import period_name
from birge_common.web.pages.languages import Language
from birge_common.web.pages.words import Words


def report_pdf(edition: Edition, answers: Answers, *, language: Language, address: str) -> bytes:
    """A4 pages as PDF/UA-1, tagged for screen readers: the same bytes for the same edition."""
    said = json.dumps(_view(words_in(language), edition, answers, address), ensure_ascii=False)
    compiler = typst.Compiler(font_paths=_fonts(), sys_inputs={"report": said})
    pages = compiler.compile(
        (HERE / "report.typ").read_bytes(),
        format="pdf",
        timestamp=int(edition.issued_at.timestamp()),
        pdf_standards=["ua-1"],
    )
    assert isinstance(pages, bytes), "typst gives a PDF as one file"
    return pages


def _view(words: Words, edition: Edition, answers: Answers, address: str) -> dict[str, object]:
    _ = words
    period = period_name(_, edition.period)
    title = _("Volunteering in Kazakhstan: %(period)s", period=period)
    page = f"{address}/publications/{edition.id}"
    return {
        "language": _.language,
        "title": title,
        "subtitle": _("Figures, what they leave out, and how to count them again"),
        "publisher": "Birge",
        "contents": _("Contents"),
        "footer": f"{title} · {edition.id} · {page}",
        "page": _("Page {page} of {pages}"),
        "about": [
            [_("Edition"), str(edition.number)],
            [_("Issued"), _.formats.moment(edition.issued_at)],
            [_("Counted until"), _.formats.moment(edition.counted_at)],
            [_("Permanent address"), page],
            [_("Content hash (SHA-256)"), edition.content_hash],
            [_("Licence"), "CC BY 4.0"],
        ],
        "blocks": blocks_of(_, edition, answers),
    }


@cache
def _fonts() -> typst.Fonts:
    """The house's own fonts, read once: with the system's, bytes would differ by machine."""
    with as_file(files("birge_common") / "data" / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder]
        )
