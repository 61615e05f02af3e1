"""Publications in memory: for tests, with the same promises as the store in MongoDB."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.publication.publication import Publication, superseded
from birge_aggregator.editions import Edition
from birge_aggregator.publications import Kept, Progress, Stale, in_order
from birge_aggregator.saying import issued_record


@dataclass
class MemoryPublications:
    """See `publications.PublicationStore` and `editions.Editions`; `outbox` is what it says."""

    address: str = "http://birge"
    kept: dict[str, Kept] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    frozen: dict[str, Mapping[AnswerKey, bytes]] = field(default_factory=dict)
    bodies: dict[tuple[str, str], bytes] = field(default_factory=dict)
    outbox: list[Mapping[str, Any]] = field(default_factory=list)

    async def publications(self) -> Sequence[Kept]:
        """See `publications.PublicationStore`."""
        return sorted(self.kept.values(), key=in_order, reverse=True)

    async def publication(self, publication: str) -> Kept | None:
        """See `publications.PublicationStore`."""
        return self.kept.get(publication)

    async def keep(self, publication: Publication, revision: int) -> None:
        """See `publications.PublicationStore`."""
        held = self.kept.get(publication.id)
        if (held.revision if held else 0) != revision:
            raise Stale
        before = held or Kept(publication)
        self.kept[publication.id] = replace(before, publication=publication, revision=revision + 1)

    async def keep_answers(self, token: str, answers: Mapping[AnswerKey, bytes]) -> None:
        """See `publications.PublicationStore`."""
        self.frozen[token] = dict(answers)

    async def answers(self, token: str) -> Mapping[AnswerKey, bytes]:
        """See `publications.PublicationStore`."""
        return self.frozen.get(token, {})

    async def frozen_answer(self, token: str, key: AnswerKey) -> Frame | None:
        """See `publications.PublicationStore`."""
        body = self.frozen.get(token, {}).get(key)
        return None if body is None else msgspec.json.decode(body)

    async def forget_answers(self, token: str) -> None:
        """See `publications.PublicationStore`."""
        self.frozen.pop(token, None)

    async def tokens(self) -> frozenset[str]:
        """See `publications.PublicationStore`."""
        return frozenset(self.frozen)

    async def tell(self, publication: str, progress: Progress) -> None:
        """See `publications.PublicationStore`."""
        self.kept[publication] = replace(self.kept[publication], progress=progress)

    async def keep_file(self, publication: str, of: str, name: str, body: bytes) -> None:
        """See `publications.PublicationStore`."""
        self.bodies[publication, name] = body
        held = self.kept[publication]
        others = held.files if held.files_of == of else ()
        files = tuple(sorted({*others, name}))
        self.kept[publication] = replace(held, files=files, files_of=of)

    async def file(self, publication: str, name: str) -> bytes | None:
        """See `publications.PublicationStore`."""
        return self.bodies.get((publication, name))

    async def issue(
        self, kept: Kept, issued: Publication, edition: Edition, replaced: Kept | None
    ) -> None:
        """See `publications.PublicationStore`."""
        if replaced is not None:
            held = self.kept[replaced.publication.id]
            if held.revision != replaced.revision:
                raise Stale
        await self.keep(issued, kept.revision)
        self.editions[edition.id] = edition
        if replaced is not None:
            await self.keep(superseded(replaced.publication), replaced.revision)
            before = self.editions[replaced.publication.id]
            self.editions[before.id] = replace(before, superseded_by=edition.id)
        self.outbox.append(issued_record(edition, self.address))

    async def issued(self) -> Sequence[Edition]:
        """See `editions.Editions`."""
        return sorted(self.editions.values(), key=lambda one: (one.issued_at, one.id), reverse=True)

    async def one(self, edition: str) -> Edition | None:
        """See `editions.Editions`."""
        return self.editions.get(edition)

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """See `editions.Editions`."""
        if edition not in self.editions:
            return None
        freeze = self.kept[edition].publication.freeze
        assert freeze is not None, "what is out is frozen"
        return await self.frozen_answer(freeze.token, key)
