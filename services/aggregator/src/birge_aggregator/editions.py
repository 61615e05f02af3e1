"""What the public pages and the open data read: editions that are out, and never change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame

Texts = Mapping[str, str]
"""The same text in kk, ru and en."""


@dataclass(frozen=True)
class Recommendation:
    """What an earlier report recommended, and what became of it.

    `state` is done, partly, not_done or unknown; `since` the period of the report that said it.
    """

    since: str
    text: Texts
    state: str
    note: Texts | None = None


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
    recommendations: Sequence[Recommendation]
    references: Sequence[Mapping[str, Any]]
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
