"""Drafts as the desk looks at them before they are out: on the public's own pages."""

from collections.abc import Sequence

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.publication.publication import OPEN, Freeze, Publication
from birge_aggregator.editions import Edition, edition_of
from birge_aggregator.publications import PublicationStore


class Drafts:
    """See `editions.Editions`, of what is frozen and not out yet; never for the public."""

    def __init__(self, store: PublicationStore) -> None:
        self._store = store

    async def issued(self) -> Sequence[Edition]:
        """None: what is out is no draft."""
        return ()

    async def one(self, edition: str) -> Edition | None:
        """The draft as it would come out now; None where it is out, given up or not frozen."""
        found = await self._open(edition)
        if found is None:
            return None
        publication, freeze = found
        return edition_of(
            publication,
            issued_at=publication.publish_at or freeze.at,
            content_hash=publication.content_hash or "",
        )

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """A frozen answer, small cells suppressed as the public will see them."""
        found = await self._open(edition)
        return None if found is None else await self._store.frozen_answer(found[1].token, key)

    async def _open(self, name: str) -> tuple[Publication, Freeze] | None:
        kept = await self._store.publication(name)
        if kept is None or kept.publication.state not in OPEN or kept.publication.freeze is None:
            return None
        return kept.publication, kept.publication.freeze
