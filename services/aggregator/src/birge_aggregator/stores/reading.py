"""The API's side of MongoDB: every answer is read from one snapshot, never half a batch."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from birge_aggregator.domain.contribution import Counters, PageKey, summed
from birge_aggregator.domain.ledger import Entry, Place
from birge_aggregator.domain.statements import (
    BY_PERIOD,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    Stated,
    Statements,
    subject_of,
)
from birge_aggregator.ports import Partition, Snapshot
from birge_aggregator.stores.counting import LEDGER, PAGES, POSITIONS, QUARANTINE, STATEMENTS
from birge_aggregator.stores.documents import entry_from
from birge_aggregator.stores.quarantine import quarantine_id_at
from birge_common.mongo import Client, Session


class MongoReadingStore:
    """Reads what the worker keeps; writes nothing."""

    def __init__(self, client: Client, database: str, *, group_id: str) -> None:
        self._client = client
        self._database = client[database]
        self._group_id = group_id

    async def positions_now(self) -> Mapping[Partition, int]:
        """How far counting is, cheaply."""
        rows = self._database[POSITIONS].find(
            {"group": self._group_id}, {"_id": 0, "topic": 1, "partition": 1, "next": 1}
        )
        return {
            Partition(row["topic"], row["partition"]): row["next"]
            for row in await rows.to_list(None)
        }

    async def snapshot(self, periods: Sequence[str], kinds: Collection[str]) -> Snapshot:
        """See `ports.ReadingStore`."""
        async with await self._client.start_session(snapshot=True) as session:
            positions = self._database[POSITIONS].find({"group": self._group_id}, session=session)
            rows = await positions.to_list(None)
            return Snapshot(
                positions={Partition(row["topic"], row["partition"]): row["next"] for row in rows},
                counted_at=max(
                    (row["counted_at"] for row in rows if "counted_at" in row), default=None
                ),
                pages=await self._pages(session, periods),
                statements=await self._statements(session, periods, kinds),
            )

    async def _pages(self, session: Session, periods: Sequence[str]) -> dict[PageKey, Counters]:
        """Each page is the sum of its partitions' own pages."""
        cursor = self._database[PAGES].find(
            {"period": {"$in": list(periods)}},
            {"_id": 0, "partition": 0},
            session=session,
            batch_size=10_000,
        )
        grouped: dict[PageKey, list[Counters]] = {}
        for row in await cursor.to_list(None):
            key = PageKey(row["region"], row["period"], row["layer"])
            grouped.setdefault(key, []).append(row["c"])
        return {key: summed(pages) for key, pages in grouped.items()}

    async def _statements(
        self, session: Session, periods: Sequence[str], kinds: Collection[str]
    ) -> Statements:
        """Of inquiries only the window's, and what resolved them: a year has many."""
        always = sorted(set(kinds) - BY_PERIOD - {INQUIRY_RESOLVED})
        of_window = {"kind": {"$in": sorted(BY_PERIOD & set(kinds))}, "period": {"$in": [*periods]}}
        found = await self._find(session, {"$or": [{"kind": {"$in": always}}, of_window]})
        if INQUIRY_RESOLVED in kinds:
            resolving = [
                f"{one.source}|{INQUIRY_RESOLVED}|{one.subject}"
                for one in found
                if one.kind == INQUIRY_RECEIVED
            ]
            found += await self._find(session, {"_id": {"$in": resolving}})
        by_kind: dict[str, list[Stated]] = {kind: [] for kind in kinds}
        for one in found:
            by_kind[one.kind].append(one)
        return by_kind

    async def _find(self, session: Session, wanted: Mapping[str, Any]) -> list[Stated]:
        cursor = self._database[STATEMENTS].find(
            wanted, {"kind": 1, "source": 1, "data": 1}, session=session, batch_size=10_000
        )
        return [
            Stated(row["kind"], row["source"], subject_of(row["_id"]), row["data"])
            for row in await cursor.to_list(None)
        ]

    async def entry(self, identity: str) -> Entry | None:
        """What is in force under one identity."""
        name = LEDGER if "|activity|" in identity else STATEMENTS
        found = await self._database[name].find_one({"_id": identity})
        return None if found is None else entry_from(found)

    async def is_quarantined(self, place: Place) -> bool:
        """Whether the record at this place could not be counted."""
        found = await self._database[QUARANTINE].find_one(
            {"_id": quarantine_id_at(place)}, {"_id": 1}
        )
        return found is not None
