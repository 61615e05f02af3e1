"""What every store promises of report sets; inherited like the counting store's suite."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from birge_aggregator.domain.contribution import GRANT
from birge_aggregator.domain.doubles import Double, LongReport, Part
from birge_aggregator.domain.report_sets import (
    Implausible,
    RememberedSets,
    ReportSet,
    StatedFor,
    report_set_of,
)
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from tests.suites.counting_store import GENERATION, SUBMISSIONS, Store
from tests.support.records import LogRecord, report, retraction

FRONT = "front_office"
MARCH, APRIL = StatedFor("2022-03", "KZ-71"), StatedFor("2022-04", "KZ-71")
ELSEWHERE, HALF = StatedFor("2022-03", "KZ-75"), StatedFor("2022-H1", "KZ-71")
PERIODS = ("2022-03", "2022-04", "2022-H1")
NOTHING = report_set_of(MARCH, ())
LATEST = int(datetime(2022, 4, 16, tzinfo=UTC).timestamp())


class WatchedSets(RememberedSets):
    """Remembered sets that tell which of them were made."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[set[StatedFor]] = []

    def keep(self, made: Mapping[StatedFor, ReportSet], revisions: Mapping[StatedFor, int]) -> None:
        self.made.append(set(made))
        super().keep(made, revisions)


class ReportSetsSuite:
    """Inherit it and give a `store` fixture; `remembers` where not each answer makes sets."""

    remembers = False

    async def count(self, store: Store, *values: bytes, partition: int = 0) -> None:
        at = Partition(SUBMISSIONS, partition)
        first = (await store.take_over([at], GENERATION))[at]
        records = [LogRecord(value, first + n, partition) for n, value in enumerate(values)]
        await count_batch(read_batch({at: records}), store)

    async def sets(
        self, store: Store, watched: RememberedSets, periods: Sequence[str] = PERIODS
    ) -> dict[StatedFor, ReportSet]:
        """Those that hold a report; one of no reports may be there or not."""
        found = (await store.snapshot(periods, (), watched)).report_sets
        return {place: one for place, one in found.items() if one != NOTHING}

    def made_anew(self, watched: WatchedSets, *places: StatedFor) -> None:
        """The last answer made these sets, and no others."""
        if self.remembers:
            assert watched.made[-1] == set(places)

    async def test_there_are_none_unless_they_are_asked_for(self, store: Store) -> None:
        await self.count(store, report())
        assert (await store.snapshot(PERIODS, ())).report_sets == {}
        assert await self.sets(store, WatchedSets(), ["2022-04"]) == {}
        assert list(await self.sets(store, WatchedSets())) == [MARCH]

    async def test_each_period_and_region_has_the_set_of_its_reports(self, store: Store) -> None:
        volunteers = [
            {"volunteer": "v-asel-01", "hours": 3},
            {"volunteer": "v-dana-01", "hours": 1},
        ]
        await self.count(
            store,
            report("1", volunteers=0, volunteer_hours=volunteers),
            report("2", source="urn:birge:b", time="2022-04-16T00:00:00Z"),
            report("3", layer=GRANT, organisation={"id": "o-2"}, volunteer_hours=volunteers[:1]),
            report("4", period="2022-04", version=2),
            report("5", region="KZ-75"),
            report("6", period="2022-H1", layer=GRANT, direction=None),
        )
        found = await self.sets(store, WatchedSets())
        assert set(found) == {MARCH, APRIL, ELSEWHERE, HALF}
        a, b = "urn:birge:a|1", "urn:birge:b|2"
        assert found[MARCH] == ReportSet(
            organisations={FRONT: frozenset({"o-1"}), GRANT: frozenset({"o-2"})},
            volunteers={
                FRONT: frozenset({"v-asel-01", "v-dana-01"}),
                GRANT: frozenset({"v-asel-01"}),
            },
            volunteer_hundredths={FRONT: 400, GRANT: 300},
            with_volunteers={FRONT: 1, GRANT: 1},
            first_sent=2,
            on_time=1,
            latest_sent=LATEST,
            implausible=(Implausible(a, "hours for the volunteers", 0, 1000, is_hours=True),),
            doubles=(Double("o-1", "umit", (a, b), (1000, 1000)),),
            parts=found[MARCH].parts,
            long=(),
        )
        assert sorted(found[MARCH].parts.of({"o-1", "o-2", "o-3"})) == [
            ("o-1", Part("urn:birge:a", "umit", 1000)),
            ("o-1", Part("urn:birge:b", "umit", 1000)),
            ("o-2", Part("urn:birge:a", "umit", 1000)),
        ]
        assert (found[APRIL].first_sent, found[ELSEWHERE].on_time) == (0, 1)
        assert found[HALF].organisations == {GRANT: frozenset({"o-1"})}
        assert found[HALF].long == (LongReport("urn:birge:a|6", "o-1", None, 1000),)

    async def test_what_cannot_be_of_a_report_is_told_by_name_and_what(self, store: Store) -> None:
        await self.count(
            store,
            report("2", held_on="2022-04-01", already_counted=[{"report_id": "x", "hours": 10.5}]),
            report("1", layer=GRANT, volunteers=1, participants={"child": 2, "silver": 3}),
            report("3", volunteers=3, participants={"child": 3}, held_on="2022-03-31"),
        )
        one, two = "urn:birge:a|1", "urn:birge:a|2"
        assert (await self.sets(store, WatchedSets()))[MARCH].implausible == (
            Implausible(one, "participants for the volunteers", 1, 3),
            Implausible(two, "held_on outside the period", None, None),
            Implausible(two, "hours counted elsewhere", 1000, 1050, is_hours=True),
        )

    async def test_of_all_its_reports_a_set_tells_when_the_latest_was_sent(
        self, store: Store
    ) -> None:
        latest = "2022-04-16T06:00:00+06:00"
        await self.count(
            store,
            report("1", layer=GRANT, time=latest),
            report("2", time="2022-04-15T23:59:59.999Z", version=7),
        )
        watched = WatchedSets()
        assert (await self.sets(store, watched))[MARCH].latest_sent == LATEST
        await self.count(store, retraction("1"))
        assert (await self.sets(store, watched))[MARCH].latest_sent == LATEST - 1

    async def test_what_has_not_changed_is_not_read_again(self, store: Store) -> None:
        await self.count(store, report(), report("r-2", region="KZ-75"))
        watched = WatchedSets()
        first = await self.sets(store, watched)
        self.made_anew(watched, MARCH, ELSEWHERE)
        assert await self.sets(store, watched) == first
        self.made_anew(watched)
        # Neither what comes twice nor another table's statement is a change.
        await self.count(store, report(), report(version=1, hours=7))
        assert await self.sets(store, watched) == first
        self.made_anew(watched)

    @pytest.mark.parametrize(
        ("changes", "anew"),
        [
            pytest.param({"organisation": {"id": "o-2"}}, {MARCH}, id="organisation"),
            pytest.param({"time": "2023-01-01T00:00:00Z"}, {MARCH}, id="time"),
            pytest.param(
                {"volunteer_hours": [{"volunteer": "v-asel-01", "hours": 1}]},
                {MARCH},
                id="volunteers",
            ),
            pytest.param({"region": "KZ-75"}, {MARCH, ELSEWHERE}, id="region"),
            pytest.param({"period": "2022-04"}, {MARCH, APRIL}, id="period"),
            pytest.param({"layer": GRANT}, {MARCH}, id="layer"),
            pytest.param({"held_on": "2022-04-01"}, {MARCH}, id="day"),
        ],
    )
    async def test_after_a_correction_the_sets_it_touches_are_made_anew(
        self, store: Store, changes: dict[str, Any], anew: set[StatedFor]
    ) -> None:
        others = [
            report("r-2", region="KZ-75", organisation={"id": "o-7"}),
            report("r-3", period="2022-04", organisation={"id": "o-8"}),
            report("r-4", period="2022-H1"),
            report("r-5"),
        ]
        await self.count(store, report(), *others)
        watched = WatchedSets()
        before = await self.sets(store, watched)
        await self.count(store, report(version=2, **changes))
        after = await self.sets(store, watched)
        self.made_anew(watched, *anew)
        assert after == await self.sets(store, WatchedSets())
        assert {place for place in after if after[place] != before[place]} == anew
        # A correction tells no more when the report was first sent.
        assert after[MARCH].first_sent == before[MARCH].first_sent - 1 == 1

    async def test_a_retracted_report_is_in_no_set(self, store: Store) -> None:
        await self.count(store, report(), report("r-2", region="KZ-75"))
        watched = WatchedSets()
        await self.sets(store, watched)
        await self.count(store, retraction())
        assert set(await self.sets(store, watched)) == {ELSEWHERE}
        self.made_anew(watched, MARCH)
        await self.count(store, report(version=3, organisation={"id": "o-3"}))
        found = (await self.sets(store, watched))[MARCH]
        assert found.organisations == {FRONT: frozenset({"o-3"})}
        self.made_anew(watched, MARCH)

    async def test_a_report_that_moved_away_and_back_is_where_it_was(self, store: Store) -> None:
        await self.count(store, report())
        watched = WatchedSets()
        before = await self.sets(store, watched)
        await self.count(store, report(version=2, region="KZ-75"))
        assert set(await self.sets(store, watched)) == {ELSEWHERE}
        await self.count(store, report(version=3))
        after = await self.sets(store, watched)
        self.made_anew(watched, MARCH, ELSEWHERE)
        assert set(after) == {MARCH}
        assert after[MARCH].organisations == before[MARCH].organisations

    async def test_a_set_holds_the_reports_of_every_partition_and_layer(self, store: Store) -> None:
        await self.count(store, report())
        watched = WatchedSets()
        await self.sets(store, watched)
        await self.count(store, report("x", organisation={"id": "o-2"}), partition=1)
        both = (await self.sets(store, watched))[MARCH]
        assert both.organisations == {FRONT: frozenset({"o-1", "o-2"})}
        self.made_anew(watched, MARCH)
        await self.count(store, report("y", layer=GRANT), partition=1)
        assert set((await self.sets(store, watched))[MARCH].organisations) == {FRONT, GRANT}
        self.made_anew(watched, MARCH)

    async def test_a_window_reads_only_its_own_sets(self, store: Store) -> None:
        await self.count(store, report(), report("r-2", period="2022-04"))
        watched = WatchedSets()
        assert set(await self.sets(store, watched, ["2022-04"])) == {APRIL}
        self.made_anew(watched, APRIL)
        assert set(await self.sets(store, watched)) == {MARCH, APRIL}
        self.made_anew(watched, MARCH)
        # What was asked for in between has changed all the same.
        await self.count(store, report("r-2", version=2, period="2022-04", hours=1))
        assert set(await self.sets(store, watched, ["2022-03"])) == {MARCH}
        self.made_anew(watched)
        await self.sets(store, watched, ["2022-04"])
        self.made_anew(watched, APRIL)
