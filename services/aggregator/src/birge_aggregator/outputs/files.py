"""Every file of an edition by its name, made one by one."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.edition_json import edition_json
from birge_aggregator.outputs.report_pdf import report_pdf
from birge_aggregator.outputs.tables_xlsx import tables_xlsx
from birge_aggregator.outputs.tables_zip import tables_zip
from birge_common.web.pages.languages import LANGUAGES

_MAKERS: Mapping[str, Callable[..., bytes]] = {
    "edition.json": edition_json,
    "tables.xlsx": tables_xlsx,
    "tables.zip": tables_zip,
    **{f"report-{one}.pdf": partial(report_pdf, language=one) for one in LANGUAGES},
}
FILE_NAMES = tuple(_MAKERS)


def files_of(edition: Edition, answers: Answers, *, address: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each; `address` is where the public site is."""
    for name, make in _MAKERS.items():
        yield name, make(edition, answers, address=address)
