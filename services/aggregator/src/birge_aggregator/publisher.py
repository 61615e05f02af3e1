"""Does what takes long for publications: freezes drafts, makes files, and lets out what is due."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
import structlog

from birge_aggregator.domain.publication.checklist import notes_of
from birge_aggregator.domain.publication.frozen import (
    AnswerKey,
    Answers,
    content_hash,
    frame_bytes,
)
from birge_aggregator.domain.publication.publication import (
    OUT,
    Freeze,
    Publication,
    Refused,
    State,
    frozen,
    issued,
)
from birge_aggregator.editions import Edition, edition_of, words_of
from birge_aggregator.freezing import Frozen, Told
from birge_aggregator.publications import Kept, Progress, PublicationStore, Stale
from birge_common.clock import Clock

_PAUSE_SECONDS = 1.0
_PROGRESS_SECONDS = 0.5
_FREEZES_WITHIN = timedelta(hours=1)
FREEZING, PROTECTING, FILES, ALTERED = "freezing", "protecting", "files", "altered"

log = structlog.get_logger()


@dataclass(frozen=True)
class Work:
    """What the publisher does: freezing figures, hiding small cells, and writing files.

    `protect` takes the answers and those that are out already, and gives what may be public.
    `files` makes them one by one; how many there are is known from their names.
    """

    freeze: Callable[[str, Told], Awaitable[Frozen]]
    protect: Callable[[Answers, Answers], Answers]
    file_names: tuple[str, ...]
    files: Callable[[Edition, Answers], Iterator[tuple[str, bytes]]]


class Publisher:
    """Looks every second for what is to be done.

    `away` is what the store raises while its database does not answer.
    """

    def __init__(
        self, store: PublicationStore, clock: Clock, work: Work, *, away: type[Exception]
    ) -> None:
        self._store = store
        self._clock = clock
        self._work = work
        self._away = away

    async def run(self) -> None:
        """Work for ever; while the store is away, wait."""
        while True:
            try:
                await self.work()
            except self._away as error:
                log.warning("publisher.waiting", reason=type(error).__name__)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def work(self) -> None:
        """Do once all that is to be done now; what is due comes before what only takes long."""
        for kept in await self._store.publications():
            if kept.publication.state == State.APPROVED:
                await self._make_files(kept)
        await self._issue_due()
        for kept in await self._store.publications():
            if kept.publication.state == State.DRAFT and kept.publication.freeze is None:
                await self._freeze(kept)

    async def _freeze(self, kept: Kept) -> None:
        publication = kept.publication
        await self._forget_orphans()
        async with self._telling(publication, FREEZING) as tell:
            found = await self._work.freeze(publication.period, tell)
        if found.counted_at is None:
            log.info("publisher.nothing_counted", publication=publication.id)
            return
        async with self._telling(publication, PROTECTING) as tell:
            tell(0, 1)
            public = await asyncio.to_thread(
                self._work.protect, found.answers, await self._out_already()
            )
        token = f"{_token_at(self._clock.now())}-{secrets.token_hex(8)}"
        bodies = {key: frame_bytes(frame) for key, frame in public.items()}
        await self._store.keep_answers(token, bodies)
        freeze = Freeze(
            token=token,
            at=self._clock.now(),
            counted_at=found.counted_at,
            positions=found.positions_by_topic,
            notes=tuple(notes_of(found.answers, publication.period)),
            references=tuple(found.references),
            suppressed=_suppressed(public),
        )
        try:
            current = await self._store.publication(publication.id)
            assert current is not None, "a publication is never deleted"
            await self._store.keep(frozen(current.publication, freeze), current.revision)
        except (Stale, Refused) as error:
            # Somebody wrote or withdrew it meanwhile: the next look decides anew.
            await self._store.forget_answers(token)
            log.info("publisher.again", publication=publication.id, reason=type(error).__name__)
            return
        log.info("publisher.frozen", publication=publication.id, answers=len(bodies))

    async def _forget_orphans(self) -> None:
        """Drop the answers of freezes that ended before a publication referred to them.

        Another publisher may be freezing at this moment, so only what is older than any freeze.
        """
        recent = _token_at(self._clock.now() - _FREEZES_WITHIN)
        everything = [kept.publication.freeze for kept in await self._store.publications()]
        named = {freeze.token for freeze in everything if freeze is not None}
        for token in sorted(await self._store.tokens() - named):
            if token >= recent:
                continue
            await self._store.forget_answers(token)
            log.info("publisher.orphan_forgotten", token=token)

    async def _out_already(self) -> Answers:
        """Every answer that can be read now, of each question the newest."""
        known: dict[AnswerKey, bytes] = {}
        for kept in reversed(await self._store.publications()):
            freeze = kept.publication.freeze
            if kept.publication.state in OUT and freeze is not None:
                known |= await self._store.answers(freeze.token)
        return {key: msgspec.json.decode(body) for key, body in known.items()}

    async def _make_files(self, kept: Kept) -> None:
        publication, of = kept.publication, made_of(kept.publication)
        if kept.files_of == of and set(kept.files) == set(self._work.file_names):
            return
        answers = await self._answers_of(publication)
        if answers is None:
            return
        files = self._work.files(_edition(publication), answers)
        total = len(self._work.file_names)
        async with self._telling(publication, FILES) as tell:
            for done in range(total):
                tell(done, total)
                name, body = await asyncio.to_thread(next, files)
                await self._store.keep_file(publication.id, of, name, body)
        log.info("publisher.files_made", publication=publication.id)

    async def _answers_of(self, publication: Publication) -> Answers | None:
        """The frozen answers, if they are still those that were checked."""
        assert publication.freeze is not None, "what is approved is frozen"
        bodies = await self._store.answers(publication.freeze.token)
        if content_hash(bodies, words_of(_edition(publication))) != publication.content_hash:
            log.critical("publisher.altered", publication=publication.id)
            await self._store.tell(publication.id, Progress(ALTERED, 0, 1))
            return None
        return {key: msgspec.json.decode(body) for key, body in bodies.items()}

    async def _issue_due(self) -> None:
        everything = await self._store.publications()
        for kept in everything:
            publication = kept.publication
            if publication.state != State.APPROVED or kept.files_of != made_of(publication):
                continue
            if set(kept.files) != set(self._work.file_names):
                continue
            out = [
                one
                for one in everything
                if one.publication.period == publication.period
                and one.publication.state == State.PUBLISHED
            ]
            try:
                after = issued(publication, self._clock.now())
                replaced = out[0] if out else None
                await self._store.issue(kept, after, _edition(publication), replaced)
            except (Refused, Stale) as error:
                log.debug("publisher.not_yet", publication=publication.id, reason=str(error))
                continue
            log.info("publisher.issued", publication=publication.id)

    @asynccontextmanager
    async def _telling(self, publication: Publication, step: str) -> AsyncIterator[Told]:
        """Keep the newest progress now and then, so that a page can show it."""
        newest = Progress(step, 0, 1)

        def tell(done: int, total: int) -> None:
            nonlocal newest
            newest = Progress(step, done, total)

        async def keep() -> None:
            while True:
                await self._store.tell(publication.id, newest)
                await asyncio.sleep(_PROGRESS_SECONDS)

        keeping = asyncio.create_task(keep())
        try:
            yield tell
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
            await self._store.tell(publication.id, newest)


def _token_at(moment: datetime) -> str:
    """What tokens of that moment begin with: they sort by time."""
    return f"{moment:%Y%m%dT%H%M%S}"


def made_of(publication: Publication) -> str:
    """What the files of an approved publication are made of: other words make other files."""
    return f"{publication.content_hash} {publication.publish_at}"


def _edition(publication: Publication) -> Edition:
    assert publication.publish_at is not None, "what is approved has its moment"
    return edition_of(
        publication,
        issued_at=publication.publish_at,
        content_hash=publication.content_hash or "",
    )


def _suppressed(public: Answers) -> int:
    return sum(
        one["reason"] == "suppressed" for frame in public.values() for one in frame["missing"]
    )
