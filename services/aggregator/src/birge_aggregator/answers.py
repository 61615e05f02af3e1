"""Answers kept in memory for as long as counting stands still: by position, never by time alone.

Positions are asked for at most every few milliseconds, by one request for all that wait; while
they are where they were, an answer made before is the answer now.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from birge_aggregator.domain.census import Census, OfficeRank, censuses_from, snapshots
from birge_aggregator.domain.figures import Figures, on_map
from birge_aggregator.domain.period import Window, stated_periods, year_after, years_of
from birge_aggregator.domain.quality.explanations import Explainers
from birge_aggregator.domain.references import references_from
from birge_aggregator.domain.report_sets import RememberedSets
from birge_aggregator.domain.statements import CENSUS, REFERENCE
from birge_aggregator.domain.territory import RegionMap
from birge_aggregator.ports import Partition, ReadingStore, Snapshot
from birge_aggregator.tables import Needs
from birge_common.regions import REGIONS, regions_on
from birge_common.security.keys import KeyDirectory

_POSITIONS_SECONDS = 0.005
_WINDOWS_MAX, _ANSWERS_MAX = 8, 300
_MAP_17_SINCE = date(2022, 6, 8)

Value = TypeVar("Value")
Positions = Mapping[Partition, int]


@dataclass(frozen=True)
class Reading:
    """The figures of a window, with the positions they are as of."""

    positions: Positions
    counted_at: Any
    figures: Figures


class _Newest(Generic[Value]):
    """The most recently used values, each with the token it is good for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, tuple[Hashable, Value]] = OrderedDict()

    def get(self, key: Hashable, token: Hashable) -> Value | None:
        """The value, if it was made under the same token."""
        found = self._values.get(key)
        if found is None or found[0] != token:
            return None
        self._values.move_to_end(key)
        return found[1]

    def put(self, key: Hashable, token: Hashable, value: Value) -> None:
        """Keep the value; the least recently used one goes."""
        self._values[key] = (token, value)
        self._values.move_to_end(key)
        if len(self._values) > self._most:
            self._values.popitem(last=False)


class Answers:
    """Figures and rendered answers of the API's process."""

    def __init__(self, store: ReadingStore, keys: KeyDirectory) -> None:
        self._store = store
        self._keys = keys
        self._positions: Positions = {}
        self._token: Hashable = None
        self._asked_at = float("-inf")
        self._asking: asyncio.Task[Positions] | None = None
        self._windows: _Newest[Reading] = _Newest(_WINDOWS_MAX)
        self._loading: dict[Hashable, asyncio.Task[Reading]] = {}
        self._rendered: _Newest[Any] = _Newest(_ANSWERS_MAX)
        self._report_sets = RememberedSets()

    @property
    def keys_revision(self) -> int:
        """How often partners' keys have changed: they tell who an office is."""
        return self._keys.revision

    async def positions(self) -> Positions:
        """How far counting is, at most a few milliseconds ago."""
        if time.monotonic() - self._asked_at >= _POSITIONS_SECONDS:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._ask_positions())
            return await asyncio.shield(self._asking)
        return self._positions

    async def _ask_positions(self) -> Positions:
        asked_at = time.monotonic()
        found = await self._store.positions_now()
        if found != self._positions:
            self._positions = found
        self._token = tuple(sorted(found.items()))
        self._asked_at = asked_at
        return self._positions

    async def rendered(
        self,
        key: Hashable,
        window: Window,
        map_17: bool,
        needs: Needs,
        render: Callable[[Reading], Value],
    ) -> tuple[Value, bool]:
        """What `render` makes of the window, and whether it was there already."""
        await self.positions()
        token = (self._token, self._keys.revision)
        found = self._rendered.get(key, token)
        if found is not None:
            return found, True
        value = render(await self.reading(window, map_17=map_17, needs=needs))
        self._rendered.put(key, token, value)
        return value, False

    async def years(self) -> Sequence[str]:
        """The calendar years that there is anything about."""
        return sorted({period[:4] for period in await self._store.periods()})

    async def reading(self, window: Window, *, map_17: bool, needs: Needs) -> Reading:
        """The figures of the window, not older than the positions asked for last."""
        token = (self._token, self._keys.revision)
        key = (window, map_17, needs)
        found = self._windows.get(key, token)
        if found is not None:
            return found
        loading = self._loading.get((key, token))
        if loading is None:
            loading = asyncio.create_task(self._load(window, map_17, needs))
            self._loading[key, token] = loading
            loading.add_done_callback(lambda _: self._loading.pop((key, token), None))
        reading = await asyncio.shield(loading)
        self._windows.put(key, token, reading)
        return reading

    async def _load(self, window: Window, map_17: bool, needs: Needs) -> Reading:
        years = years_of(window) if needs.years else []
        around = [year_after(years[0], -1), *years, year_after(years[-1], 1)] if years else []
        names = {
            name for one in (window, *around) for names in stated_periods(one) for name in names
        }
        snapshot = await self._store.snapshot(
            sorted(names),
            {CENSUS, REFERENCE, *needs.kinds},
            self._report_sets if needs.report_sets else None,
        )
        rank = self._office_rank()
        of_years = [figures_from(snapshot, one, region_map(one, map_17), rank) for one in around]
        linked = [
            replace(year, preceding=before, following=after)
            for before, year, after in zip(of_years, of_years[1:], of_years[2:], strict=False)
        ]
        figures = figures_from(snapshot, window, region_map(window, map_17), rank)
        return Reading(
            snapshot.positions,
            snapshot.counted_at,
            replace(figures, years=tuple(linked), explainers=self._explainers()),
        )

    def _office_rank(self) -> OfficeRank:
        """The registered front office first: whoever's key names the region, and the fewest."""
        best: dict[str, tuple[Any, ...]] = {}
        regions_of: dict[str, list[Any]] = {}
        for partner in self._keys.partners():
            for source in partner.sources:
                regions_of.setdefault(source, []).append(partner)

        def rank(census: Census) -> tuple[Any, ...]:
            key = f"{census.source}|{census.region}"
            if key not in best:
                ranks = [
                    (
                        partner.regions is None or census.region not in partner.regions,
                        len(partner.regions or REGIONS),
                        partner.registered_at.isoformat(),
                    )
                    for partner in regions_of.get(census.source, [])
                ]
                best[key] = (*min(ranks, default=(True, len(REGIONS) + 1, "9")), census.source)
            return best[key]

        return rank

    def _explainers(self) -> Explainers:
        """By region the sources of the office's key, and those that answer for every region."""
        partners = self._keys.partners()
        for_all = {source for one in partners if one.regions is None for source in one.sources}

        @cache
        def of_region(region: str) -> frozenset[str]:
            naming = [
                ((len(one.regions), one.registered_at), one.sources)
                for one in partners
                if one.regions is not None and region in one.regions
            ]
            first = min((order for order, _ in naming), default=None)
            own = {one for order, sources in naming if order == first for one in sources}
            return frozenset(own | for_all)

        return of_region


def region_map(window: Window, map_17: bool) -> RegionMap:
    """The regions of the window's first day; with `map_17` the newer ones in their predecessors."""
    first_day = date(window.first_month // 12, window.first_month % 12 + 1, 1)
    predecessors = {
        code: region.predecessor
        for code, region in REGIONS.items()
        if region.predecessor is not None and region.valid_from == _MAP_17_SINCE
    }
    expected = regions_on(min(first_day, date(2022, 6, 7)) if map_17 else first_day)
    if map_17:
        return RegionMap(tuple(sorted(expected)), predecessors)
    joining = {
        code: first_month
        for code, region in REGIONS.items()
        if code not in expected
        and (first_month := _first_whole_month(region.valid_from)) <= window.last_month
    }
    redrawn = {one: _month(_MAP_17_SINCE) for pair in predecessors.items() for one in pair}
    return RegionMap(tuple(sorted(expected)), {}, joining, redrawn)


def _first_whole_month(day: date) -> int:
    return _month(day) + (day.day != 1)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def figures_from(
    snapshot: Snapshot, window: Window, regions: RegionMap, rank: OfficeRank
) -> Figures:
    """The window's figures on its map."""
    inside, across = (frozenset(names) for names in stated_periods(window))
    stated = snapshot.statements
    return Figures(
        window=window,
        regions=regions,
        inside=on_map({k: v for k, v in snapshot.pages.items() if k.period in inside}, regions),
        across=on_map({k: v for k, v in snapshot.pages.items() if k.period in across}, regions),
        censuses=snapshots(window, censuses_from(stated[CENSUS]), regions, rank),
        office_rank=rank,
        references=references_from(stated[REFERENCE]),
        statements=stated,
        report_sets={k: v for k, v in snapshot.report_sets.items() if k.period in inside},
    )
