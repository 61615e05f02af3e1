"""Takes people's commands to publications, and keeps what comes of them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame, content_hash
from birge_aggregator.domain.publication.publication import (
    OUT,
    Act,
    Check,
    Command,
    Publication,
    Refused,
    after,
    begun,
)
from birge_aggregator.editions import Edition, edition_of, words_of
from birge_common.clock import Clock

_ATTEMPTS = 8


class Stale(Exception):
    """Somebody else was quicker."""


@dataclass(frozen=True)
class Progress:
    """How far the work on a publication is: `step` is freezing, protecting, files or altered."""

    step: str
    done: int
    total: int


@dataclass(frozen=True)
class Kept:
    """A publication as the store has it; revision 0 is not there yet.

    `files_of` says what the files were made of, so that those of other words are made anew.
    """

    publication: Publication
    revision: int = 0
    progress: Progress | None = None
    files: tuple[str, ...] = ()
    files_of: str | None = None


def in_order(kept: Kept) -> tuple[str, int]:
    """Of publications: by period, and in it by number."""
    return kept.publication.period, kept.publication.number


class PublicationStore(Protocol):
    """Publications with their answers and files; what is out is read through `Editions` too."""

    async def publications(self) -> Sequence[Kept]:
        """Every publication, the latest period and number first."""
        ...

    async def publication(self, publication: str) -> Kept | None:
        """By its id."""
        ...

    async def keep(self, publication: Publication, revision: int) -> None:
        """Put it in the place of that revision. Raises Stale."""
        ...

    async def keep_answers(self, token: str, answers: Mapping[AnswerKey, bytes]) -> None:
        """Frozen answers, as the public may see them."""
        ...

    async def answers(self, token: str) -> Mapping[AnswerKey, bytes]:
        """All answers of a token."""
        ...

    async def frozen_answer(self, token: str, key: AnswerKey) -> Frame | None:
        """One answer of a token."""
        ...

    async def forget_answers(self, token: str) -> None:
        """Drop what a newer freeze has replaced."""
        ...

    async def tokens(self) -> frozenset[str]:
        """Of all answers that are kept, whether a publication refers to them or not."""
        ...

    async def tell(self, publication: str, progress: Progress) -> None:
        """Keep how far the work is."""
        ...

    async def keep_file(self, publication: str, of: str, name: str, body: bytes) -> None:
        """Keep a file of the edition, made of this; those made of something else are dropped."""
        ...

    async def file(self, publication: str, name: str) -> bytes | None:
        """A file of the edition, out or not."""
        ...

    async def issue(
        self, kept: Kept, issued: Publication, edition: Edition, replaced: Kept | None
    ) -> None:
        """Let it out, mark what it replaces, and say so, all or nothing. Raises Stale."""
        ...


@dataclass(frozen=True)
class Publications:
    """Commands of people over a store and a clock."""

    store: PublicationStore
    clock: Clock

    async def begin(self, period: str, by: str) -> Publication:
        """A new draft, whose figures are frozen next. Raises Refused."""
        act = Act(by, self.clock.now())

        async def decide() -> tuple[Publication, int]:
            return begun(period, tuple(one.publication for one in await self.of(period)), act), 0

        return await self._kept(decide)

    async def does(self, publication: str, command: Command, by: str) -> Publication:
        """The publication after a command other than checking it.

        Raises Refused, and Stale where others change it again and again.
        """
        act = Act(by, self.clock.now())
        before = (await self.load(publication)).publication.freeze

        async def decide() -> tuple[Publication, int]:
            kept = await self.load(publication)
            first = await self.is_first(kept.publication)
            return after(kept.publication, command, act, is_first=first), kept.revision

        changed = await self._kept(decide)
        if before is not None and changed.freeze is None:
            await self.store.forget_answers(before.token)
        return changed

    async def check(self, publication: str, by: str) -> Publication:
        """Nobody writes any more, and the hash of all that it holds is fixed. Raises Refused."""
        kept = await self.load(publication)
        freeze = kept.publication.freeze
        if freeze is None:
            raise Refused("not_frozen", "Its figures are still being frozen; wait until they are.")
        draft = edition_of(kept.publication, issued_at=self.clock.now(), content_hash="")
        over_all = content_hash(await self.store.answers(freeze.token), words_of(draft))
        first = await self.is_first(kept.publication)
        act = Act(by, self.clock.now())
        checked = after(kept.publication, Check(over_all), act, is_first=first)
        # Of this very revision: the hash is of no other words.
        await self.store.keep(checked, kept.revision)
        return checked

    async def load(self, publication: str) -> Kept:
        """The publication, or Refused."""
        found = await self.store.publication(publication)
        if found is None:
            raise Refused("no_publication", "There is no such publication.")
        return found

    async def of(self, period: str) -> list[Kept]:
        """Every publication of the period."""
        return [one for one in await self.store.publications() if one.publication.period == period]

    async def is_first(self, publication: Publication) -> bool:
        """Whether no edition of its period is out."""
        others = await self.of(publication.period)
        return not any(one.publication.state in OUT for one in others)

    async def _kept(self, decide: Callable[[], Awaitable[tuple[Publication, int]]]) -> Publication:
        for attempt in range(_ATTEMPTS):
            changed, revision = await decide()
            try:
                await self.store.keep(changed, revision)
                return changed
            except Stale:
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("the last attempt returns or raises")
