"""Every file of an edition by its name, made one by one."""

from collections.abc import Iterator

from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.editions import Edition
from birge_aggregator.outputs.edition_json import edition_json

FILE_NAMES = ("edition.json",)


def files_of(edition: Edition, answers: Answers, *, address: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each; `address` is where the public site is."""
    yield "edition.json", edition_json(edition, answers, address=address)
