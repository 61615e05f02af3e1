"""Publications in MongoDB, with their answers and files; letting one out is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import msgspec
from bson import Binary
from pymongo.errors import DuplicateKeyError

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.domain.publication.publication import Publication, superseded
from birge_aggregator.editions import Edition
from birge_aggregator.publications import Kept, Progress, Stale, in_order
from birge_aggregator.saying import issued_record
from birge_common.messaging.outbox import OUTBOX
from birge_common.mongo import Client, Document, Session, run_in_transaction

PUBLICATIONS, ANSWERS, FILES = "publications", "edition_answers", "edition_files"
_AT_ONCE = 500


class MongoPublications:
    """See `publications.PublicationStore`, and `editions.Editions` for what is out.

    A publication's words are one text: its positions have names with dots, and its times more
    digits than the database's own dates.
    """

    def __init__(self, client: Client, database: str, *, address: str) -> None:
        self._client = client
        self._db = client[database]
        self._publications = self._db[PUBLICATIONS]
        self._address = address
        # What is out never changes its answers.
        self._tokens: dict[str, str] = {}

    async def publications(self) -> Sequence[Kept]:
        """See `publications.PublicationStore`."""
        rows = await self._publications.find().to_list(None)
        kept = [_kept_from(row) for row in rows]
        return sorted(kept, key=in_order, reverse=True)

    async def publication(self, publication: str) -> Kept | None:
        """See `publications.PublicationStore`."""
        row = await self._publications.find_one({"_id": publication})
        return None if row is None else _kept_from(row)

    async def keep(self, publication: Publication, revision: int) -> None:
        """See `publications.PublicationStore`."""
        await self._replace(publication, revision)

    async def keep_answers(self, token: str, answers: Mapping[AnswerKey, bytes]) -> None:
        """See `publications.PublicationStore`."""
        rows: list[Document] = [
            {"_id": f"{token}/{key.name}", "token": token, "key": list(key), "body": Binary(body)}
            for key, body in answers.items()
        ]
        for first in range(0, len(rows), _AT_ONCE):
            await self._db[ANSWERS].insert_many(rows[first : first + _AT_ONCE], ordered=False)

    async def answers(self, token: str) -> Mapping[AnswerKey, bytes]:
        """See `publications.PublicationStore`."""
        rows = await self._db[ANSWERS].find({"token": token}).to_list(None)
        return {AnswerKey(*row["key"]): bytes(row["body"]) for row in rows}

    async def frozen_answer(self, token: str, key: AnswerKey) -> Frame | None:
        """See `publications.PublicationStore`."""
        row = await self._db[ANSWERS].find_one({"_id": f"{token}/{key.name}"})
        if row is None:
            return None
        frame: Frame = msgspec.json.decode(row["body"])
        return frame

    async def forget_answers(self, token: str) -> None:
        """See `publications.PublicationStore`."""
        await self._db[ANSWERS].delete_many({"token": token})

    async def tokens(self) -> frozenset[str]:
        """See `publications.PublicationStore`."""
        return frozenset(await self._db[ANSWERS].distinct("token"))

    async def tell(self, publication: str, progress: Progress) -> None:
        """See `publications.PublicationStore`."""
        await self._publications.update_one(
            {"_id": publication}, {"$set": {"progress": asdict(progress)}}
        )

    async def keep_file(self, publication: str, of: str, name: str, body: bytes) -> None:
        """See `publications.PublicationStore`."""
        row = {"_id": f"{publication}/{name}", "body": Binary(body)}
        await self._db[FILES].replace_one({"_id": row["_id"]}, row, upsert=True)
        await self._publications.update_one(
            {"_id": publication, "files_of": {"$ne": of}}, {"$set": {"files_of": of, "files": []}}
        )
        await self._publications.update_one({"_id": publication}, {"$addToSet": {"files": name}})

    async def file(self, publication: str, name: str) -> bytes | None:
        """See `publications.PublicationStore`."""
        row = await self._db[FILES].find_one({"_id": f"{publication}/{name}"})
        return None if row is None else bytes(row["body"])

    async def issue(
        self, kept: Kept, issued: Publication, edition: Edition, replaced: Kept | None
    ) -> None:
        """See `publications.PublicationStore`."""

        async def body(session: Session) -> None:
            await self._replace(issued, kept.revision, session, edition)
            if replaced is not None:
                before = await self.one(replaced.publication.id)
                assert before is not None, "what is replaced is out"
                await self._replace(
                    superseded(replaced.publication),
                    replaced.revision,
                    session,
                    replace(before, superseded_by=edition.id),
                )
            await self._db[OUTBOX].insert_one(
                issued_record(edition, self._address), session=session
            )

        await run_in_transaction(self._client, body)

    async def issued(self) -> Sequence[Edition]:
        """See `editions.Editions`."""
        rows = await self._publications.find(
            {"edition": {"$exists": True}}, {"edition": 1}
        ).to_list(None)
        editions = [_edition_from(row) for row in rows]
        return sorted(editions, key=lambda one: (one.issued_at, one.id), reverse=True)

    async def one(self, edition: str) -> Edition | None:
        """See `editions.Editions`."""
        row = await self._publications.find_one(
            {"_id": edition, "edition": {"$exists": True}}, {"edition": 1}
        )
        return None if row is None else _edition_from(row)

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """See `editions.Editions`."""
        token = self._tokens.get(edition) or await self._token_of(edition)
        return None if token is None else await self.frozen_answer(token, key)

    async def _token_of(self, edition: str) -> str | None:
        row = await self._publications.find_one({"_id": edition, "edition": {"$exists": True}})
        if row is None:
            return None
        freeze = _kept_from(row).publication.freeze
        assert freeze is not None, "what is out is frozen"
        self._tokens[edition] = freeze.token
        return freeze.token

    async def _replace(
        self,
        publication: Publication,
        revision: int,
        session: Session | None = None,
        edition: Edition | None = None,
    ) -> None:
        says: dict[str, Any] = {
            "revision": revision + 1,
            "publication": _text(publication),
        }
        if edition is not None:
            says["edition"] = _text(edition)
        if revision == 0:
            try:
                await self._publications.insert_one(
                    {"_id": publication.id, **says}, session=session
                )
            except DuplicateKeyError as error:
                raise Stale from error
            return
        moved = await self._publications.update_one(
            {"_id": publication.id, "revision": revision}, {"$set": says}, session=session
        )
        if moved.matched_count == 0:
            raise Stale


def _text(value: Publication | Edition) -> str:
    return msgspec.json.encode(value).decode()


def _kept_from(row: Mapping[str, Any]) -> Kept:
    progress = row.get("progress")
    return Kept(
        msgspec.json.decode(row["publication"], type=Publication),
        row["revision"],
        None if progress is None else Progress(**progress),
        tuple(sorted(row.get("files", ()))),
        row.get("files_of"),
    )


def _edition_from(row: Mapping[str, Any]) -> Edition:
    return msgspec.json.decode(row["edition"], type=Edition)
