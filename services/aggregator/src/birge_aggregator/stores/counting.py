"""Counting in MongoDB: ledger, pages and positions move in one transaction, or not at all."""

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo import InsertOne, ReadPreference, ReplaceOne, UpdateOne
from pymongo.errors import BulkWriteError, OperationFailure, PyMongoError

from birge_aggregator.batching import TRANSACTIONS_AT_ONCE
from birge_aggregator.domain.ledger import Changes, Entry
from birge_aggregator.ports import Batch, Decide, FencedError, Partition
from birge_aggregator.stores.documents import (
    entry_from,
    ledger_document,
    page_id,
    page_update,
    position_id,
    statement_document,
)
from birge_aggregator.stores.findings import FINDINGS
from birge_aggregator.stores.publications import ANSWERS
from birge_aggregator.stores.quarantine import outgoing_rows, quarantine_document
from birge_common.errors import LogReplacedError, TransientError
from birge_common.messaging.outbox import OUTBOX
from birge_common.mongo import (
    MAJORITY,
    SNAPSHOT,
    Client,
    Document,
    Session,
    commit,
    is_in_transaction,
    session_document,
    to_the_end,
)
from birge_common.telemetry import metrics
from birge_common.testing.failpoints import FailPoints

POSITIONS, LEASES, LEDGER, STATEMENTS = "positions", "leases", "ledger", "statements"
PAGES, QUARANTINE, RANGES = "pages", "quarantine", "applied_ranges"
_WRITE_CONFLICT = 112

log = structlog.get_logger()


async def create_indexes(database: AsyncIOMotorDatabase[Document]) -> None:
    """What the API finds pages and statements by; collections exist before any transaction."""
    existing = set(await database.list_collection_names())
    for name in (POSITIONS, LEASES, LEDGER, STATEMENTS, PAGES, QUARANTINE, RANGES, OUTBOX):
        if name not in existing:
            try:
                await database.create_collection(name, check_exists=False)
            except OperationFailure as error:
                if error.code != 48:  # NamespaceExists: another process was faster.
                    raise
    await database[PAGES].create_index("period")
    await database[STATEMENTS].create_index([("kind", 1), ("period", 1)])
    await database[LEDGER].create_index("stated", sparse=True)
    await database[FINDINGS].create_index("year")
    await database[ANSWERS].create_index("token")


class _MovedByAnotherError(Exception):
    """Not every position was where the batch begins; the transaction must be aborted."""


class MongoCountingStore:
    """The worker's side of the store; its sessions are made anew at each assignment.

    As many transactions run at once as there are sessions.
    """

    def __init__(
        self,
        client: Client,
        database: str,
        *,
        group_id: str,
        fail_points: FailPoints,
        fence: bool = True,
        keep_ranges: bool = False,
        deadline_seconds: float = 20.0,
    ) -> None:
        self._client = client
        self._database = client[database]
        self._group_id = group_id
        self._fail = fail_points
        self._fence = fence
        self._keep_ranges = keep_ranges
        self._deadline_seconds = deadline_seconds
        self._sessions: asyncio.Queue[Session] = asyncio.Queue()

    async def take_over(
        self, partitions: Sequence[Partition], log_generations: Mapping[str, str]
    ) -> Mapping[Partition, int]:
        """End the former owners' sessions, write our own on the leases, and give the positions.

        Without the killing, a dead worker's open transaction would hold its documents until the
        server's limit on transactions ends it.
        """
        sessions = await self._new_sessions()
        ids = [position_id(self._group_id, partition) for partition in partitions]
        leases = self._database[LEASES]
        former = await leases.find({"_id": {"$in": ids}}).to_list(None)
        if former:
            of_former = {bytes(one["id"]): one for lease in former for one in lease["sessions"]}
            await self._client.admin.command({"killSessions": list(of_former.values())})
        lease = {"$set": {"sessions": sessions}, "$inc": {"epoch": 1}}
        await leases.bulk_write([UpdateOne({"_id": one}, lease, upsert=True) for one in ids])
        self._fail.reach("in_offset_load")
        return await self._positions_or_new(partitions, log_generations)

    async def _new_sessions(self) -> list[Document]:
        """Replace the sessions, for this assignment.

        The former ones are not ended: the driver would use their ids for the next commands that
        come, and whoever takes a partition over kills these ids, and the commands with them.
        """
        sessions = [await self._client.start_session() for _ in range(TRANSACTIONS_AT_ONCE)]
        self._sessions = asyncio.Queue()
        for session in sessions:
            self._sessions.put_nowait(session)
        return [{"id": session_document(session)["id"]} for session in sessions]

    async def _positions_or_new(
        self, partitions: Sequence[Partition], log_generations: Mapping[str, str]
    ) -> Mapping[Partition, int]:
        positions = self._database[POSITIONS]
        await positions.bulk_write(
            [
                UpdateOne(
                    {"_id": position_id(self._group_id, partition)},
                    {
                        "$setOnInsert": {
                            "topic": partition.topic,
                            "partition": partition.number,
                            "group": self._group_id,
                            "log_generation": log_generations[partition.topic],
                            "next": 0,
                            "applied": 0,
                            "ignored": 0,
                            "quarantined": 0,
                        }
                    },
                    upsert=True,
                )
                for partition in partitions
            ]
        )
        found = await self._position_documents(partitions)
        for partition, document in found.items():
            if document["log_generation"] != log_generations[partition.topic]:
                raise LogReplacedError(
                    f"{partition.topic} was made anew since partition {partition.number} was "
                    f"counted up to {document['next']}: see docs/runbooks/rebuild.md"
                )
        return {partition: document["next"] for partition, document in found.items()}

    async def _position_documents(
        self, partitions: Sequence[Partition]
    ) -> Mapping[Partition, Document]:
        ids = [position_id(self._group_id, partition) for partition in partitions]
        rows = await self._database[POSITIONS].find({"_id": {"$in": ids}}).to_list(None)
        return {Partition(row["topic"], row["partition"]): row for row in rows}

    async def positions(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """Where counting goes on."""
        try:
            found = await self._position_documents(partitions)
        except PyMongoError as error:
            raise TransientError("positions cannot be read") from error
        return {partition: document["next"] for partition, document in found.items()}

    async def keep(self, batch: Batch, decide: Decide) -> None:
        """Apply the batch once; see `ports.CountingStore`."""
        give_up_at = time.monotonic() + self._deadline_seconds
        while True:
            try:
                return await self._keep_once(batch, decide)
            except _MovedByAnotherError:
                if fenced := await self._fenced(batch):
                    raise FencedError(fenced) from None
            except PyMongoError as error:
                reason = _reason(error)
                metrics.TRANSACTION_RETRIES.labels(reason).inc()
                # The outcome of a lost commit is read from the positions: next, or still first.
                if await self._is_kept(batch, give_up_at):
                    return
                if not _may_succeed_later(error):
                    raise
                if time.monotonic() > give_up_at:
                    raise TransientError(reason) from error
                await asyncio.sleep(random.uniform(0.02, 0.15))

    async def _is_kept(self, batch: Batch, give_up_at: float) -> bool:
        while True:
            try:
                now = await self.positions(list(batch.ranges))
                return all(now[at] == span.next for at, span in batch.ranges.items())
            except TransientError:
                if time.monotonic() > give_up_at:
                    raise
                await asyncio.sleep(0.2)

    async def _keep_once(self, batch: Batch, decide: Decide) -> None:
        sessions = self._sessions
        session = await sessions.get()
        try:
            await to_the_end(self._keep_in(session, batch, decide))
        finally:
            sessions.put_nowait(session)

    async def _keep_in(self, session: Session, batch: Batch, decide: Decide) -> None:
        session.start_transaction(
            read_concern=SNAPSHOT,
            write_concern=MAJORITY,
            read_preference=ReadPreference.PRIMARY,
        )
        try:
            self._fail.reach("before_position")
            if self._fence:
                await self._move_positions(session, batch)
            self._fail.reach("after_position")
            in_force = await self._in_force(session, batch.identities)
            self._fail.reach("after_ledger_read")
            changes = decide(in_force)
            await self._write(session, batch, changes, in_force)
            self._fail.reach("before_commit")
            await commit(session, deadline_seconds=self._deadline_seconds)
            self._fail.reach("after_commit")
        finally:
            if is_in_transaction(session):
                await asyncio.shield(_abort(session))

    async def _move_positions(self, session: Session, batch: Batch) -> None:
        """The first write of the transaction, so that a loser dies early."""
        positions = self._database[POSITIONS]
        result = await positions.bulk_write(
            [
                UpdateOne(
                    {"_id": position_id(self._group_id, at), "next": span.first},
                    {"$set": {"next": span.next, "counted_at": datetime.now(UTC)}},
                )
                for at, span in batch.ranges.items()
            ],
            session=session,
        )
        if result.matched_count != len(batch.ranges):
            raise _MovedByAnotherError

    async def _fenced(self, batch: Batch) -> list[Partition]:
        """The partitions that are elsewhere than where the batch begins.

        Asked after the abort: inside the transaction a position that another worker moved to
        the batch's own end looks just like one that this transaction moved.
        """
        now = await self.positions(list(batch.ranges))
        fenced = [at for at, span in batch.ranges.items() if now.get(at) != span.first]
        log.warning("position.fenced", partitions=[f"{at.topic}/{at.number}" for at in fenced])
        return fenced

    async def _in_force(self, session: Session, identities: Sequence[str]) -> Mapping[str, Entry]:
        """Find first: with some duplicates in every batch, inserting blindly would abort each."""
        if not identities:
            return {}
        activity = [one for one in identities if one.split("|", 2)[1] == "activity"]
        kept = [one for one in identities if one.split("|", 2)[1] != "activity"]
        found: dict[str, Entry] = {}
        for name, wanted in ((LEDGER, activity), (STATEMENTS, kept)):
            if wanted:
                cursor = self._database[name].find(
                    {"_id": {"$in": wanted}}, session=session, batch_size=10_000
                )
                for document in await cursor.to_list(None):
                    found[document["_id"]] = entry_from(document)
        return found

    async def _write(
        self,
        session: Session,
        batch: Batch,
        changes: Changes,
        in_force: Mapping[str, Entry],
    ) -> None:
        await self._write_entries(session, changes, in_force)
        self._fail.reach("after_ledger")
        updates = {
            page_id(partition, page): page_update(partition, page, delta)
            for (partition, page), delta in changes.pages.items()
        }
        if updates:
            await self._database[PAGES].bulk_write(
                [UpdateOne({"_id": one}, updates[one], upsert=True) for one in sorted(updates)],
                ordered=False,
                session=session,
            )
        self._fail.reach("after_pages")
        if batch.unreadable:
            await self._write_quarantine(session, batch)
        await self._write_outcomes(session, batch, changes)

    async def _write_entries(
        self, session: Session, changes: Changes, in_force: Mapping[str, Entry]
    ) -> None:
        operations: dict[str, list[Any]] = {LEDGER: [], STATEMENTS: []}
        for identity, entry in changes.entries.items():
            is_activity = entry.kind == "activity"
            document = (ledger_document if is_activity else statement_document)(identity, entry)
            operations[LEDGER if is_activity else STATEMENTS].append(
                ReplaceOne({"_id": identity}, document)
                if identity in in_force
                else InsertOne(document)
            )
        for name, several in operations.items():
            if several:
                await self._database[name].bulk_write(several, ordered=False, session=session)

    async def _write_quarantine(self, session: Session, batch: Batch) -> None:
        documents = [quarantine_document(unreadable) for unreadable in batch.unreadable]
        await self._database[QUARANTINE].bulk_write(
            [ReplaceOne({"_id": one["_id"]}, one, upsert=True) for one in documents],
            ordered=False,
            session=session,
        )
        await self._database[OUTBOX].insert_many(outgoing_rows(batch.unreadable), session=session)

    async def _write_outcomes(self, session: Session, batch: Batch, changes: Changes) -> None:
        """records = applied + ignored + quarantined, at every position."""
        quarantined: dict[Partition, int] = {}
        for unreadable in batch.unreadable:
            at = Partition(*unreadable.place[:2])
            quarantined[at] = quarantined.get(at, 0) + 1
        operations = []
        for at, span in batch.ranges.items():
            applied, bad = changes.applied.get((at.topic, at.number), 0), quarantined.get(at, 0)
            update: dict[str, Any] = {
                "$inc": {
                    "applied": applied,
                    "ignored": span.next - span.first - applied - bad,
                    "quarantined": bad,
                }
            }
            if not self._fence:
                update["$max"] = {"next": span.next}
            operations.append(UpdateOne({"_id": position_id(self._group_id, at)}, update))
        await self._database[POSITIONS].bulk_write(operations, session=session)
        if self._keep_ranges:
            await self._database[RANGES].insert_many(
                [
                    {"topic": at.topic, "partition": at.number, "from": span.first, "to": span.next}
                    for at, span in batch.ranges.items()
                ],
                session=session,
            )


async def _abort(session: Session) -> None:
    try:
        await session.abort_transaction()
    except PyMongoError as error:
        # The server ends it by itself; the next transaction on the session starts anew.
        log.info("transaction.abort_failed", reason=type(error).__name__)


def _reason(error: PyMongoError) -> str:
    return str(getattr(error, "code", None) or type(error).__name__)


def _may_succeed_later(error: PyMongoError) -> bool:
    """Transient by its label, or a lost connection; a refused document never will succeed."""
    if isinstance(error, BulkWriteError):
        codes = {one.get("code") for one in (error.details or {}).get("writeErrors", [])}
        return bool(codes) and codes <= {_WRITE_CONFLICT, 11000}
    if error.has_error_label("TransientTransactionError") or error.has_error_label(
        "UnknownTransactionCommitResult"
    ):
        return True
    return not isinstance(error, OperationFailure)
