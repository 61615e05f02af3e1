"""What the public pages and the open data read: editions that are out, and never change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame, windows_of
from birge_aggregator.domain.publication.publication import Publication
from birge_aggregator.domain.publication.words import Recommendation, Texts

__all__ = ["Edition", "Editions", "Recommendation", "Texts"]


@dataclass(frozen=True)
class Edition:
    """A publication that is out. `commentary` is by region, `KZ` for the country.

    `references` are the statements of reference data that the figures stand on (table, period,
    publisher, url, rows); `positions` and `counted_at` say how far the log was counted.
    `superseded_by` is the id of the edition that has taken its place.
    """

    id: str
    period: str
    number: int
    windows: tuple[str, ...]
    issued_at: datetime
    counted_at: datetime
    positions: Mapping[str, Mapping[str, int]]
    content_hash: str
    commentary: Mapping[str, Texts]
    recommendations: tuple[Recommendation, ...]
    references: tuple[Mapping[str, Any], ...]
    change_note: Texts | None = None
    superseded_by: str | None = None


class Editions(Protocol):
    """Editions that are out; nothing of a draft can be read through this."""

    async def issued(self) -> Sequence[Edition]:
        """All that are out, the last issued first; superseded ones too."""
        ...

    async def one(self, edition: str) -> Edition | None:
        """By its id, such as `2022-edition-1`."""
        ...

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """A frozen answer, small cells suppressed; None where the edition does not hold it."""
        ...


def edition_of(publication: Publication, *, issued_at: datetime, content_hash: str) -> Edition:
    """What the public reads of a publication whose figures are frozen."""
    freeze = publication.freeze
    assert freeze is not None, "its figures are frozen before anybody checks it"
    return Edition(
        id=publication.id,
        period=publication.period,
        number=publication.number,
        windows=windows_of(publication.period),
        issued_at=issued_at,
        counted_at=freeze.counted_at,
        positions=freeze.positions,
        content_hash=content_hash,
        commentary=publication.commentary,
        recommendations=publication.recommendations,
        references=freeze.references,
        change_note=publication.change_note,
    )


def words_of(edition: Edition) -> Frame:
    """All that an edition says beside its answers: what its content hash is over, with them."""
    return {
        "id": edition.id,
        "period": edition.period,
        "number": edition.number,
        "counted_at": edition.counted_at.isoformat(),
        "positions": edition.positions,
        "commentary": edition.commentary,
        "recommendations": [asdict(one) for one in edition.recommendations],
        "references": list(edition.references),
        "change_note": edition.change_note,
    }
