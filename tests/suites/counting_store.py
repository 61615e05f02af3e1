"""What every counting store promises; memory inherits it in unit/, MongoDB in integration/."""

from datetime import UTC, datetime
from typing import Any, Protocol

import pytest

from birge_aggregator.domain.contribution import Contribution, Excluded, PageKey
from birge_aggregator.domain.ledger import Place
from birge_aggregator.domain.statements import (
    CENSUS,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    MILESTONE,
    REFERENCE,
    Stated,
)
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import CountingStore, Partition, ReadingStore
from birge_common.errors import LogReplacedError
from tests.support.records import (
    SUBMISSIONS,
    LogRecord,
    as_log,
    census,
    event,
    report,
    retraction,
)

FIRST, SECOND = Partition(SUBMISSIONS, 0), Partition(SUBMISSIONS, 1)
GENERATION = {SUBMISSIONS: "generation-1"}
SENT = int(datetime(2022, 4, 5, 9, tzinfo=UTC).timestamp())
PAGE = PageKey("KZ-71", "2022-03", "front_office")


class Store(CountingStore, ReadingStore, Protocol):
    """Both sides of a store."""


class CountingStoreSuite:
    """Inherit it and give a `store` fixture."""

    async def count(self, store: Store, values: list[bytes | None], *, first: int = 0) -> Any:
        await store.take_over([FIRST], GENERATION)
        records = [LogRecord(value, first + n) for n, value in enumerate(values)]
        return await count_batch(read_batch({FIRST: records}), store)

    async def hours(self, store: Store, page: PageKey = PAGE) -> int:
        pages = (await store.snapshot([page.period], ())).pages
        return pages.get(page, {}).get("direction/umit/hours", 0)

    async def test_a_new_partition_begins_at_zero_and_goes_on_where_it_was(
        self, store: Store
    ) -> None:
        assert await store.take_over([FIRST], GENERATION) == {FIRST: 0}
        await self.count(store, [report(), report("r-2")])
        assert await store.take_over([FIRST, SECOND], GENERATION) == {FIRST: 2, SECOND: 0}

    async def test_a_topic_made_anew_is_refused(self, store: Store) -> None:
        await store.take_over([FIRST], GENERATION)
        with pytest.raises(LogReplacedError):
            await store.take_over([FIRST], {SUBMISSIONS: "generation-2"})

    async def test_the_same_range_is_applied_once(self, store: Store) -> None:
        assert await self.count(store, [report()]) == {FIRST: 1}
        assert await self.count(store, [report("r-2")]) == {FIRST: 1}
        assert await self.hours(store) == 1000

    async def test_a_later_batch_corrects_moves_and_retracts(self, store: Store) -> None:
        await self.count(store, [report(), report("r-2", hours=3)])
        moved = [report(version=2, region="KZ-75"), retraction("r-2")]
        await self.count(store, moved, first=2)
        assert await self.hours(store) == 0
        assert await self.hours(store, PAGE._replace(region="KZ-75")) == 1000

    async def test_what_one_batch_brings_and_takes_away_leaves_an_empty_page(
        self, store: Store
    ) -> None:
        await self.count(store, [report(), retraction()])
        pages = (await store.snapshot(["2022-03"], ())).pages
        assert not any(pages.get(PAGE, {}).values())
        await self.count(store, [report(version=3)], first=2)
        assert await self.hours(store) == 1000

    async def test_partitions_add_up_and_a_fenced_one_changes_nothing(self, store: Store) -> None:
        await store.take_over([FIRST, SECOND], GENERATION)
        both = {FIRST: [LogRecord(report())], SECOND: [LogRecord(report("r-2"), 0, 1)]}
        await count_batch(read_batch(both), store)
        stale = {FIRST: [LogRecord(report("r-3"), 1)], SECOND: [LogRecord(report("r-4"), 0, 1)]}
        assert await count_batch(read_batch(stale), store) == {FIRST: 2, SECOND: 1}
        assert await self.hours(store) == 3000
        assert await store.entry("urn:birge:a|activity|r-4") is None

    async def test_a_contribution_comes_back_as_it_was_kept(self, store: Store) -> None:
        await self.count(
            store,
            [
                report(
                    hours=12.25,
                    events=0,
                    participants={"child": 2, "silver": None},
                    support=["transport"],
                    excluded=[{"reason": "paid", "hours": 1.5}],
                    already_counted=[{"report_id": "x", "hours": 2}],
                    regularity="continuous",
                    development=True,
                    volunteer_hours=[
                        {"volunteer": "v-asel-01", "hours": 10.5},
                        {"volunteer": "v-bolat-1", "hours": 1.75},
                    ],
                    time="2022-04-05T15:00:00.75+06:00",
                )
            ],
        )
        entry = await store.entry("urn:birge:a|activity|r-1")
        assert entry is not None
        assert entry.contribution == Contribution(
            *PAGE,
            "umit",
            1225,
            0,
            None,
            "offline",
            "continuous",
            True,
            200,
            (("child", 2),),
            ("transport",),
            (Excluded("paid", 150, 0),),
            organisation="o-1",
            sent=SENT,
            volunteer_hours=(("v-asel-01", 1050), ("v-bolat-1", 175)),
        )
        await self.count(store, [retraction()], first=1)
        assert not any((await store.snapshot(["2022-03"], ())).pages[PAGE].values())

    async def test_statements_in_force_stand_beside_the_pages(self, store: Store) -> None:
        estimate = {
            "table": "estimate",
            "period": "2022",
            "version": 1,
            "publisher": "network",
            "rows": [{"what": "volunteers", "value": 174_000, "method": "network"}],
        }
        published = event("kz.birge.reference.published.v1", "estimate/2022", estimate)
        second = census(version=2, organisations={"ngos": 5, "initiative_groups": None})
        await self.count(store, [census(), published, second, census()])
        snapshot = await store.snapshot(["2022"], (CENSUS, REFERENCE))
        (of_office,), (of_network,) = snapshot.statements[CENSUS], snapshot.statements[REFERENCE]
        assert of_office.data["organisations"]["ngos"] == 5
        assert of_network == Stated(REFERENCE, "urn:birge:a", "estimate/2022", estimate)
        assert snapshot.positions[FIRST] == 4

    async def test_of_inquiries_and_milestones_the_window_s_own_are_read(
        self, store: Store
    ) -> None:
        for name, day in (("q-1", "2022-03-31"), ("q-2", "2022-04-01")):
            received = {"inquiry_id": name, "received_on": day, "content": "?", "related": True}
            resolved = {"inquiry_id": name, "resolved_on": "2022-12-31", "outcome": "!"}
            await self.count(
                store,
                [
                    event("kz.birge.inquiry.resolved.v1", name, resolved),
                    event("kz.birge.inquiry.received.v1", name, received),
                ],
                first=0 if name == "q-1" else 2,
            )
        steps = [
            event(
                "kz.birge.milestone.reported.v1",
                f"KZ-71/{year}/council/1",
                {"region": "KZ-71", "year": year, "milestone": "council", "n": 1, "version": 1},
            )
            for year in (2021, 2022)
        ]
        await self.count(store, steps, first=4)
        kinds = (INQUIRY_RECEIVED, INQUIRY_RESOLVED, MILESTONE)
        found = (await store.snapshot(["2022-03", "2022-H1", "2022"], kinds)).statements
        assert {kind: [one.subject for one in several] for kind, several in found.items()} == {
            INQUIRY_RECEIVED: ["q-1"],
            INQUIRY_RESOLVED: ["q-1"],
            MILESTONE: ["KZ-71/2022/council/1"],
        }

    async def test_what_cannot_be_counted_is_kept_and_found_by_its_place(
        self, store: Store
    ) -> None:
        await self.count(store, [report(), b"\xff{", None])
        assert await store.is_quarantined(Place(SUBMISSIONS, 0, 1))
        assert await store.is_quarantined(Place(SUBMISSIONS, 0, 2))
        assert not await store.is_quarantined(Place(SUBMISSIONS, 0, 0))

    async def test_nothing_is_kept_of_a_batch_that_is_wholly_fenced(self, store: Store) -> None:
        await self.count(store, [report()])
        moved = await count_batch(read_batch(as_log([report("r-9"), b"{"])), store)
        assert moved == {FIRST: 1}
        assert not await store.is_quarantined(Place(SUBMISSIONS, 0, 1))
