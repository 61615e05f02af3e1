"""What ingest keeps in MongoDB; nothing that an accepted event's counting depends on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo import DESCENDING, WriteConcern
from pymongo.errors import BulkWriteError, PyMongoError
from pymongo.read_concern import ReadConcern

from birge_ingest.domain.records import Quarantined, SeenEvent, Sender
from birge_ingest.domain.refusal import Refusal
from birge_ingest.ports import StoreUnavailableError

Document = dict[str, Any]
Database = AsyncIOMotorDatabase[Document]

_DUPLICATE_KEY = 11000
# A hint that tells a sender early: where a crash loses some, the ledger still removes doubles.
# Waiting for the journal would cost every request several milliseconds for nothing, and reading
# what a majority has would not see what was written a moment ago.
_WRITTEN, _READ = WriteConcern(w=1, j=False), ReadConcern("local")


class MongoSeenEvents:
    """Accepted events for ever, `{_id: "source|id", digest, partition, offset, trace}` each."""

    def __init__(self, database: Database) -> None:
        self._events = database.get_collection("seen", write_concern=_WRITTEN, read_concern=_READ)

    async def find(self, identities: Collection[str]) -> Mapping[str, SeenEvent]:
        """Those of the events that were accepted before."""
        if not identities:
            return {}
        rows = self._events.find({"_id": {"$in": list(identities)}})
        return {row["_id"]: _seen_from(row) for row in await rows.to_list(None)}

    async def remember(self, events: Sequence[SeenEvent]) -> None:
        """Keep what was accepted; of two under one identity the first stays."""
        await _inserted_once(self._events, [_document_of(event) for event in events])


def _document_of(event: SeenEvent) -> Document:
    return {
        "_id": event.identity,
        "digest": bytes.fromhex(event.digest),
        "partition": event.partition,
        "offset": event.offset,
        "trace": bytes.fromhex(event.trace_id),
    }


def _seen_from(row: Document) -> SeenEvent:
    return SeenEvent(
        identity=row["_id"],
        digest=row["digest"].hex(),
        partition=row["partition"],
        offset=row["offset"],
        trace_id=row["trace"].hex(),
    )


class MongoQuarantine:
    """Refused events; what they hold is kept as text, because BSON has no room for every JSON."""

    def __init__(self, database: Database) -> None:
        self._entries = database["quarantine"]

    async def ensure_indexes(self) -> None:
        """Indexes for a sender's newest entries; making them again changes nothing."""
        await self._entries.create_index([("key_id", 1), ("_id", DESCENDING)])
        await self._entries.create_index([("owned_source", 1), ("_id", DESCENDING)])

    async def keep(self, entries: Sequence[Quarantined]) -> None:
        """Keep the entries; keeping one again changes nothing."""
        await _inserted_once(self._entries, [_document_from(entry) for entry in entries])

    async def newest(
        self, sender: Sender, *, limit: int, before: str | None = None
    ) -> list[Quarantined]:
        """The sender's own entries, newest first, from the one before the id `before` on."""
        older: Document = {} if before is None else {"_id": {"$lt": before}}
        rows = self._entries.find({**_own(sender), **older}).sort("_id", DESCENDING).limit(limit)
        with _said_plainly():
            return [_entry_from(row) for row in await rows.to_list(limit)]

    async def find(self, sender: Sender, quarantine_id: str) -> Quarantined | None:
        """One of the sender's own entries."""
        with _said_plainly():
            row = await self._entries.find_one({**_own(sender), "_id": quarantine_id})
        return _entry_from(row) if row else None


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except PyMongoError as error:
        raise StoreUnavailableError from error


async def _inserted_once(collection: Any, documents: list[Document]) -> None:
    if not documents:
        return
    try:
        await collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        faults = error.details["writeErrors"]
        if any(fault["code"] != _DUPLICATE_KEY for fault in faults):
            raise


def _own(sender: Sender) -> Document:
    return {"$or": [{"key_id": sender.key_id}, {"owned_source": {"$in": sorted(sender.sources)}}]}


def _document_from(entry: Quarantined) -> Document:
    return {
        "_id": entry.quarantine_id,
        "received_at": entry.received_at,
        "key_id": entry.key_id,
        "owned_source": entry.owned_source,
        "source": entry.source,
        "event_id": entry.event_id,
        "type": entry.type,
        "refusals": [
            {"code": refusal.code, "pointer": refusal.pointer, "detail": refusal.detail}
            for refusal in entry.refusals
        ],
        "digest": entry.digest,
        "event": entry.event,
        "raw": entry.raw,
        "trace_id": entry.trace_id,
    }


def _entry_from(row: Document) -> Quarantined:
    refusals = tuple(Refusal(**refusal) for refusal in row.pop("refusals"))
    return Quarantined(quarantine_id=row.pop("_id"), refusals=refusals, **row)
