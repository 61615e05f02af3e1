"""What was said of changed months, in MongoDB: remembered in the transaction that says it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import UpdateOne

from birge_aggregator.changes import MonthChanged
from birge_aggregator.ports import Partition
from birge_aggregator.saying import changed_record
from birge_aggregator.stores.counting import PAGES, POSITIONS
from birge_common.messaging.outbox import OUTBOX
from birge_common.mongo import Client, Document, Session, run_in_transaction

SAID = "changes_said"
_A_MONTH = {"$regex": "^[0-9]{4}-[0-9]{2}$"}


class MongoChangesStore:
    """See `changes.ChangesStore`; each change of one of the worker's pages raised its revision."""

    def __init__(self, client: Client, database: str, *, group_id: str) -> None:
        self._client = client
        self._db = client[database]
        self._group = {"group": group_id}

    async def positions_now(self) -> Mapping[Partition, int]:
        """See `changes.ChangesStore`."""
        return _positions_of(await self._db[POSITIONS].find(self._group).to_list(None))

    async def unsaid(self) -> Sequence[MonthChanged]:
        """See `changes.ChangesStore`."""
        async with await self._client.start_session(snapshot=True) as session:
            rows = await self._db[POSITIONS].find(self._group, session=session).to_list(None)
            times = [row["counted_at"] for row in rows if "counted_at" in row]
            if not times:
                return []
            said = await self._said(session)
            positions = _positions_of(rows)
            return [
                MonthChanged(region, month, revision, positions, max(times))
                for (region, month), revision in await self._revisions(session)
                if revision > said.get(f"{region}/{month}", 0)
            ]

    async def say(self, changes: Sequence[MonthChanged]) -> None:
        """See `changes.ChangesStore`."""

        async def body(session: Session) -> None:
            await self._db[SAID].bulk_write(
                [
                    UpdateOne(
                        {"_id": f"{one.region}/{one.month}"},
                        {"$max": {"revision": one.revision}},
                        upsert=True,
                    )
                    for one in changes
                ],
                ordered=False,
                session=session,
            )
            await self._db[OUTBOX].insert_many(
                [changed_record(one) for one in changes], session=session
            )

        await run_in_transaction(self._client, body)

    async def _said(self, session: Session) -> Mapping[str, int]:
        rows = await self._db[SAID].find(session=session).to_list(None)
        return {row["_id"]: row["revision"] for row in rows}

    async def _revisions(self, session: Session) -> list[tuple[tuple[str, str], int]]:
        sums: list[Document] = [
            {"$match": {"period": _A_MONTH}},
            {
                "$group": {
                    "_id": {"region": "$region", "month": "$period"},
                    "revision": {"$sum": "$revision"},
                }
            },
            {"$sort": {"_id": 1}},
        ]
        rows = await self._db[PAGES].aggregate(sums, session=session).to_list(None)
        return [((row["_id"]["region"], row["_id"]["month"]), row["revision"]) for row in rows]


def _positions_of(rows: Sequence[Mapping[str, Any]]) -> Mapping[Partition, int]:
    return {Partition(row["topic"], row["partition"]): row["next"] for row in rows}
