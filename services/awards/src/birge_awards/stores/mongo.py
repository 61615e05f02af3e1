"""The awards in MongoDB: a change, its acts and its events are one transaction."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, UpdateOne
from pymongo.errors import BulkWriteError

from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.seals import Seals
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Sitting
from birge_awards.outgoing import SOURCE, record_of
from birge_awards.ports import (
    ActivityNote,
    Change,
    Kept,
    NumberedAct,
    Outgoing,
    Said,
    Scope,
    Stale,
)
from birge_awards.stores.documents import (
    LAYOUTS,
    Document,
    act_of,
    document_from,
    kept_from,
    numbered_act,
    region_of_panel,
    sheet_id,
    sitting_id,
)
from birge_common.messaging.outbox import OUTBOX
from birge_common.messaging.unreadable import UnreadableRecord
from birge_common.mongo import Client, Session, run_in_transaction
from birge_common.testing.failpoints import FailPoints

_LAST_ACT = "acts"
_DUPLICATE_KEY = 11_000


class MongoAwardsStore:
    """All that the service owns, in one database."""

    def __init__(
        self, client: Client, database: str, *, fail_points: FailPoints | None = None
    ) -> None:
        self._client = client
        self._fail_points = fail_points or FailPoints()
        self._db = client[database]
        # Every change takes the next places in the log, so changes of one process take turns
        # here instead of finding out by a write conflict.
        self._turn = asyncio.Lock()

    async def ensure_indexes(self) -> None:
        """Make the indexes; doing so again changes nothing."""
        await self._db["sittings"].create_index([("cycle", ASCENDING)])
        await self._db["sheets"].create_index([("sitting", ASCENDING)])
        await self._db["candidacies"].create_index([("cycle", ASCENDING), ("region", ASCENDING)])
        await self._db["activity"].create_index([("hours.volunteer", ASCENDING)])

    async def keep(self, change: Change, *, now: datetime) -> None:
        """Keep all of it or nothing. Raises Stale where a revision moved."""
        async with self._turn:
            self._fail_points.reach("before_keep")
            await run_in_transaction(self._client, lambda session: self._keep(change, now, session))
            self._fail_points.reach("after_keep")

    async def _keep(self, change: Change, now: datetime, session: Session) -> None:
        for kept in change.unmoved:
            await self._hold(kept, session)
        for kept in change.kept:
            await self._replace(kept, session)
        if change.new_keys:
            await self._add_keys(change.new_keys, session)
        if change.erased:
            erased = {"_id": {"$in": list(change.erased)}}
            await self._db["person_keys"].delete_many(erased, session=session)
        first = await self._say(change.said, now, session) if change.said else 0
        rows = [
            record_of(one, cause=f"act-{first}-{number}", now=now)
            for number, one in enumerate(change.outgoing)
        ]
        if rows:
            await self._db[OUTBOX].insert_many(rows, session=session)
        self._fail_points.reach("before_commit")

    async def _hold(self, kept: Kept[Any], session: Session) -> None:
        """Write to what is only read, so that a change of it elsewhere conflicts with this one."""
        layout = LAYOUTS[type(kept.value)]
        result = await self._db[layout.collection].update_one(
            {"_id": layout.id_of(kept.value), "revision": kept.revision},
            {"$set": {"held_by": ObjectId()}},
            session=session,
        )
        if result.matched_count == 0:
            raise Stale(layout.id_of(kept.value))

    async def _replace(self, kept: Kept[Any], session: Session) -> None:
        collection = self._db[LAYOUTS[type(kept.value)].collection]
        document = document_from(kept)
        if kept.revision == 0:
            if await collection.find_one({"_id": document["_id"]}, {"_id": 1}, session=session):
                raise Stale(document["_id"])
            await collection.insert_one(document, session=session)
            return
        found = {"_id": document["_id"], "revision": kept.revision}
        result = await collection.replace_one(found, document, session=session)
        if result.matched_count == 0:
            raise Stale(document["_id"])

    async def _add_keys(self, keys: Mapping[str, bytes], session: Session) -> None:
        rows = [{"_id": name, "wrapped": key} for name, key in keys.items()]
        try:
            await self._db["person_keys"].insert_many(rows, session=session)
        except BulkWriteError as error:
            if not _is_of_duplicates(error):
                raise
            raise Stale(error.details["writeErrors"][0]["op"]["_id"]) from error

    async def _say(self, said: Sequence[Said], now: datetime, session: Session) -> int:
        """Give the acts the next places of the log, never earlier than the one before."""
        last = await self._db["counters"].find_one({"_id": _LAST_ACT}, session=session)
        first = last["next"] if last else 0
        at = max(now, datetime.fromisoformat(last["at"])) if last else now
        acts = [act_of(one, number=first + number, at=at) for number, one in enumerate(said)]
        await self._db["acts"].insert_many(acts, session=session)
        await self._db["counters"].replace_one(
            {"_id": _LAST_ACT},
            {"_id": _LAST_ACT, "next": first + len(acts), "at": at.isoformat()},
            upsert=True,
            session=session,
        )
        return first

    async def cycles(self) -> Sequence[Kept[Cycle]]:
        """Every cycle, the newest id first."""
        rows = await self._db["cycles"].find().sort("_id", -1).to_list(None)
        return [kept_from(Cycle, row) for row in rows]

    async def cycle(self, cycle: str) -> Kept[Cycle] | None:
        """The cycle of this id."""
        row = await self._db["cycles"].find_one({"_id": cycle})
        return kept_from(Cycle, row) if row else None

    async def sitting(self, cycle: str, panel: str, scope: Scope) -> Kept[Sitting] | None:
        """A panel's sitting; None where there is none or the scope does not cover it."""
        if not scope.covers(region_of_panel(panel)):
            return None
        row = await self._db["sittings"].find_one({"_id": sitting_id(cycle, panel)})
        return kept_from(Sitting, row) if row else None

    async def sittings(self, cycle: str, scope: Scope) -> Sequence[Kept[Sitting]]:
        """The sittings of a cycle in order of panels."""
        rows = await self._db["sittings"].find({"cycle": cycle, **_inside(scope)}).to_list(None)
        return [kept_from(Sitting, row) for row in sorted(rows, key=lambda row: row["_id"])]

    async def sheets(self, cycle: str, panel: str, scope: Scope) -> Sequence[Kept[Sheet]]:
        """Every sheet of a sitting, drafts too."""
        if not scope.covers(region_of_panel(panel)):
            return []
        found = {"sitting": sitting_id(cycle, panel)}
        rows = await self._db["sheets"].find(found).sort("_id", 1).to_list(None)
        return [kept_from(Sheet, row) for row in rows]

    async def sheet(self, cycle: str, panel: str, nominee: str, juror: str) -> Kept[Sheet] | None:
        """One juror's sheet on one nominee."""
        row = await self._db["sheets"].find_one({"_id": sheet_id(cycle, panel, nominee, juror)})
        return kept_from(Sheet, row) if row else None

    async def candidacy(self, candidacy: str, scope: Scope) -> Kept[Candidacy] | None:
        """The nomination of this id."""
        row = await self._db["candidacies"].find_one({"_id": candidacy, **_inside(scope)})
        return kept_from(Candidacy, row) if row else None

    async def candidacies(
        self, cycle: str, scope: Scope, *, ids: Sequence[str] | None = None
    ) -> Sequence[Kept[Candidacy]]:
        """The nominations of a cycle in order of ids, those of `ids` alone where given."""
        found: Document = {"cycle": cycle, **_inside(scope)}
        if ids is not None:
            found["_id"] = {"$in": list(ids)}
        rows = await self._db["candidacies"].find(found).sort("_id", 1).to_list(None)
        return [kept_from(Candidacy, row) for row in rows]

    async def wrapped_keys(self, candidacies: Sequence[str]) -> Mapping[str, bytes]:
        """The keys that still exist."""
        found = {"_id": {"$in": list(candidacies)}}
        rows = await self._db["person_keys"].find(found).to_list(None)
        return {row["_id"]: row["wrapped"] for row in rows}

    async def note_activity(self, reports: Sequence[ActivityNote]) -> None:
        """Keep what reports say of volunteers' hours, unless a higher version is there."""
        if not reports:
            return
        try:
            await self._db["activity"].bulk_write(
                [_activity_update(one) for one in reports], ordered=False
            )
        except BulkWriteError as error:
            # Of an insert that finds the id: an equal or higher version is there already.
            if not _is_of_duplicates(error):
                raise

    async def verified_hundredths(
        self, volunteers: Sequence[str], *, periods: Sequence[str]
    ) -> Mapping[str, int]:
        """Hours in hundredths by volunteer, of reports in force that state one of the periods."""
        sought = {"$in": list(volunteers)}
        rows = self._db["activity"].aggregate(
            [
                {"$match": {"hours.volunteer": sought, "period": {"$in": list(periods)}}},
                {"$unwind": "$hours"},
                {"$match": {"hours.volunteer": sought}},
                {"$group": {"_id": "$hours.volunteer", "sum": {"$sum": "$hours.hundredths"}}},
            ]
        )
        return {row["_id"]: row["sum"] async for row in rows}

    async def quarantine(self, unreadable: UnreadableRecord, *, detail: str) -> None:
        """Keep a record that cannot be read, and tell of it; the same one again changes nothing."""

        async def body(session: Session) -> None:
            if await self._db["quarantine"].find_one({"_id": unreadable.id}, session=session):
                return
            await self._db["quarantine"].insert_one(unreadable.document(), session=session)
            row = unreadable.outgoing_row(source=SOURCE, detail=detail)
            await self._db[OUTBOX].insert_one(row, session=session)

        await run_in_transaction(self._client, body)

    async def note_seal(self, key_id: str, cycle: str) -> None:
        """Nominations of a cycle were sealed to this key; said again it changes nothing."""
        added = {"$addToSet": {"cycles": cycle}}
        await self._db["seals"].update_one({"_id": key_id}, added, upsert=True)

    async def note_destroyed(self, key_id: str) -> None:
        """The private half of this key is destroyed."""
        noted = {"$set": {"is_destroyed": True}}
        await self._db["seals"].update_one({"_id": key_id}, noted, upsert=True)

    async def seals(self) -> Mapping[str, Seals]:
        """What is known of each key, by its id."""
        return {
            one["_id"]: Seals(frozenset(one.get("cycles", ())), one.get("is_destroyed", False))
            async for one in self._db["seals"].find()
        }

    async def acts(self, since: int, most: int) -> Sequence[NumberedAct]:
        """Acts of the log from this number on, in order."""
        rows = self._db["acts"].find({"_id": {"$gte": since}}).sort("_id", 1).limit(most)
        return [numbered_act(row) async for row in rows]

    async def tell(self, outgoing: Outgoing, *, cause: str, now: datetime) -> None:
        """Publish an event that changes nothing here; `cause` is told of once."""

        async def body(session: Session) -> None:
            if await self._db["told"].find_one({"_id": cause}, session=session):
                return
            await self._db["told"].insert_one({"_id": cause}, session=session)
            row = record_of(outgoing, cause=cause, now=now)
            await self._db[OUTBOX].insert_one(row, session=session)

        await run_in_transaction(self._client, body)


def _is_of_duplicates(error: BulkWriteError) -> bool:
    return all(one["code"] == _DUPLICATE_KEY for one in error.details["writeErrors"])


def _activity_update(report: ActivityNote) -> UpdateOne:
    hours = [
        {"volunteer": volunteer, "hundredths": hundredths}
        for volunteer, hundredths in report.hundredths.items()
    ]
    return UpdateOne(
        {"_id": report.identity, "version": {"$lt": report.version}},
        {"$set": {"version": report.version, "period": report.period, "hours": hours}},
        upsert=True,
    )


def _inside(scope: Scope) -> Document:
    return {} if scope.regions is None else {"region": {"$in": sorted(scope.regions)}}
