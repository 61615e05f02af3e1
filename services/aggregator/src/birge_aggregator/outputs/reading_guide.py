"""The README of an edition's tables: what is in the archive, and how to read it."""

from collections.abc import Iterator

from birge_aggregator.editions import Edition
from birge_aggregator.outputs.csv_metadata import LICENCE
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_common.web.pages.words import Words

_WIDTH = 20


def reading_guide(words: Words, edition: Edition, *, address: str) -> str:
    """Plain text in one language."""
    return "\n\n".join(_paragraphs(words, edition, address)) + "\n"


def _paragraphs(words: Words, edition: Edition, address: str) -> Iterator[str]:
    _ = words
    yield _("Volunteering in Kazakhstan: %(period)s", period=period_name(_, edition.period))
    yield "\n".join(
        (
            f"{_('Edition')}: {edition.number} ({edition.id})",
            f"{_('Issued')}: {_.formats.moment(edition.issued_at)}",
            f"{_('Counted until')}: {_.formats.moment(edition.counted_at)}",
            f"{_('Permanent address')}: {address}/publications/{edition.id}",
            f"{_('Content hash (SHA-256)')}: {edition.content_hash}",
            f"{_('Licence')}: CC BY 4.0, {LICENCE}",
        )
    )
    yield _(
        "Each folder is a period, and map-17 in it the same on the map before 8 June 2022. A file "
        "is a table of the country with its regions; where a table of the country has no rows of "
        "regions, each region has a file of its own, named by its code."
    )
    yield _(
        "Files are CSV in UTF-8, with a comma between fields and a point before decimals. An empty "
        "field means that there is no figure, never 0. Why it is missing, with titles and meanings "
        "of columns and with caveats, stands in the file of the same name that ends in "
        "-metadata.json. Names of codes are in codes.csv."
    )
    yield _("A figure is published with its caveats, the edition and its date.")
    yield "\n".join(
        f"{name:{_WIDTH}} {_(said.title)}. {_(said.shows)}" for name, said in TABLE_WORDS.items()
    )
