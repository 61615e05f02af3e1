"""The API's side of MongoDB: every answer is read from one snapshot, never half a batch."""

from collections.abc import Mapping, Sequence
from typing import Any

from birge_aggregator.domain.contribution import Counters, PageKey, summed
from birge_aggregator.domain.figures import Census, Estimate
from birge_aggregator.domain.ledger import Entry, Place
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

    async def snapshot(self, periods: Sequence[str]) -> Snapshot:
        """The pages of these stated periods with all that stands beside them."""
        async with await self._client.start_session(snapshot=True) as session:
            positions = self._database[POSITIONS].find({"group": self._group_id}, session=session)
            rows = await positions.to_list(None)
            return Snapshot(
                positions={Partition(row["topic"], row["partition"]): row["next"] for row in rows},
                counted_at=max(
                    (row["counted_at"] for row in rows if "counted_at" in row), default=None
                ),
                pages=await self._pages(session, periods),
                censuses=[
                    Census(row["region"], row["period"], row["source"], row["data"])
                    for row in await self._statements(session, {"kind": "census"})
                ],
                estimates=[
                    Estimate(
                        item["what"], row["period"], row["source"], item["value"], item["method"]
                    )
                    for row in await self._statements(
                        session, {"kind": "reference", "table": "estimate"}
                    )
                    for item in row["data"]["rows"]
                ],
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
        self, session: Session, wanted: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        cursor = self._database[STATEMENTS].find(dict(wanted), session=session)
        return await cursor.to_list(None)

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
