"""The API's side of MongoDB: every answer is read from one snapshot, never half a batch."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from birge_aggregator.domain.contribution import Counters, PageKey
from birge_aggregator.domain.ledger import Entry, Place
from birge_aggregator.domain.report_sets import (
    RememberedSets,
    ReportSet,
    StatedFor,
    report_set_of,
)
from birge_aggregator.domain.statements import (
    BY_PERIOD,
    CENSUS,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    REFERENCE,
    Stated,
    Statements,
    subject_of,
)
from birge_aggregator.ports import Partition, Snapshot
from birge_aggregator.stores.counting import LEDGER, PAGES, POSITIONS, QUARANTINE, STATEMENTS
from birge_aggregator.stores.documents import entry_from, live_report_from
from birge_aggregator.stores.quarantine import quarantine_id_at
from birge_common.mongo import Client, Document, Session

_AT_ONCE, _PAGES_AT_ONCE = 5_000, 2_000
# Of all years together; beyond it only what was read last is kept.
_PAGES_MAX = 10_000


class MongoReadingStore:
    """Reads what the worker keeps; writes nothing."""

    def __init__(self, client: Client, database: str, *, group_id: str) -> None:
        self._client = client
        self._database = client[database]
        self._group_id = group_id
        self._read: dict[PageKey, tuple[int, Counters]] = {}

    async def positions_now(self) -> Mapping[Partition, int]:
        """How far counting is, cheaply."""
        rows = self._database[POSITIONS].find(
            {"group": self._group_id}, {"_id": 0, "topic": 1, "partition": 1, "next": 1}
        )
        return {
            Partition(row["topic"], row["partition"]): row["next"]
            for row in await rows.to_list(None)
        }

    async def snapshot(
        self,
        periods: Sequence[str],
        kinds: Collection[str],
        remembered: RememberedSets | None = None,
    ) -> Snapshot:
        """See `ports.ReadingStore`."""
        async with await self._client.start_session(snapshot=True) as session:
            positions = self._database[POSITIONS].find({"group": self._group_id}, session=session)
            rows = await positions.to_list(None)
            pages, revisions = await self._pages(session, periods)
            report_sets = {}
            if remembered is not None:
                report_sets = await self._report_sets(session, revisions, remembered)
            return Snapshot(
                positions={Partition(row["topic"], row["partition"]): row["next"] for row in rows},
                counted_at=max(
                    (row["counted_at"] for row in rows if "counted_at" in row), default=None
                ),
                pages=pages,
                statements=await self._statements(session, periods, kinds),
                report_sets=report_sets,
            )

    async def _pages(
        self, session: Session, periods: Sequence[str]
    ) -> tuple[dict[PageKey, Counters], dict[StatedFor, int]]:
        """Each page is the sum of its partitions' own pages; with the revisions of all layers.

        Pages stay in memory for as long as their revision: a batch changes some of them, and a
        year of the country has thousands.
        """
        cursor = self._database[PAGES].find(
            {"period": {"$in": list(periods)}},
            {"region": 1, "period": 1, "layer": 1, "revision": 1},
            session=session,
            batch_size=_AT_ONCE,
        )
        revisions: dict[PageKey, int] = {}
        ids: dict[PageKey, list[str]] = {}
        for row in await cursor.to_list(None):
            page = PageKey(row["region"], row["period"], row["layer"])
            revisions[page] = revisions.get(page, 0) + row["revision"]
            ids.setdefault(page, []).append(row["_id"])
        # What another snapshot reads meanwhile may be newer than this one: only what has this
        # one's revision is taken from memory.
        pages = {
            page: kept[1]
            for page, revision in revisions.items()
            if (kept := self._read.get(page)) is not None and kept[0] == revision
        }
        changed = [one for page in revisions if page not in pages for one in ids[page]]
        if changed:
            # So many ids would take longer to look up than all pages to read.
            is_most = 2 * len(changed) > sum(map(len, ids.values()))
            wanted = {"period": {"$in": list(periods)}} if is_most else {"_id": {"$in": changed}}
            read = await self._read_pages(session, wanted)
            pages |= read
            if len(self._read) > _PAGES_MAX:
                self._read.clear()
            self._read |= {page: (revisions[page], counters) for page, counters in read.items()}
        of_places: dict[StatedFor, int] = {}
        for page, revision in revisions.items():
            stated_for = StatedFor(page.period, page.region)
            of_places[stated_for] = of_places.get(stated_for, 0) + revision
        return pages, of_places

    async def _read_pages(
        self, session: Session, wanted: Mapping[str, Any]
    ) -> Mapping[PageKey, Counters]:
        """Added up as they come: all pages at once would be most of this process's memory."""
        cursor = self._database[PAGES].find(
            wanted, {"_id": 0, "partition": 0}, session=session, batch_size=_PAGES_AT_ONCE
        )
        read: dict[PageKey, Counters] = {}
        while rows := await cursor.to_list(_PAGES_AT_ONCE):
            for row in rows:
                page, counters = (
                    PageKey(row["region"], row["period"], row["layer"]),
                    row.get("c", {}),
                )
                if (known := read.setdefault(page, counters)) is not counters:
                    for name, value in counters.items():
                        known[name] = known.get(name, 0) + value
        return read

    async def _report_sets(
        self, session: Session, revisions: Mapping[StatedFor, int], remembered: RememberedSets
    ) -> dict[StatedFor, ReportSet]:
        """Reads the reports of one period and region after the other: a year has a million."""
        known = remembered.known(revisions)
        unknown = {"|".join(one): one for one in revisions if one not in known}
        found = {stated_for: report_set_of(stated_for, ()) for stated_for in unknown.values()}
        cursor = self._database[LEDGER].find(
            {"stated": {"$in": sorted(unknown)}},
            sort=[("stated", 1)],
            session=session,
            batch_size=_AT_ONCE,
        )
        async for rows in _in_groups(cursor, ("stated",), _AT_ONCE):
            stated_for = unknown[rows[0]["stated"]]
            found[stated_for] = report_set_of(stated_for, map(live_report_from, rows))
        remembered.keep(found, revisions)
        return {**known, **found}

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

    async def periods(self) -> Collection[str]:
        """See `ports.ReadingStore`."""
        of_pages = await self._database[PAGES].distinct("period")
        stated = {"kind": {"$in": [CENSUS, REFERENCE]}}
        return {*of_pages, *await self._database[STATEMENTS].distinct("period", stated)}

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


async def _in_groups(
    cursor: Any, names: tuple[str, ...], at_once: int
) -> AsyncIterator[list[Document]]:
    """The rows of a sorted cursor, those with the same values of these fields together."""
    key = itemgetter(*names)
    begun: list[Document] = []
    while rows := await cursor.to_list(at_once):
        *whole, begun = [list(several) for _, several in groupby([*begun, *rows], key)]
        for group in whole:
            yield group
    if begun:
        yield begun
