"""The figures of a window on its map, from one snapshot of the store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from birge_aggregator.domain.census import OfficeRank, censuses_from, snapshots
from birge_aggregator.domain.figures import Figures, on_map
from birge_aggregator.domain.period import Window, stated_periods, year_after, years_of
from birge_aggregator.domain.references import references_from
from birge_aggregator.domain.statements import CENSUS, REFERENCE
from birge_aggregator.domain.territory import RegionMap
from birge_aggregator.offices import explainers, office_rank
from birge_aggregator.ports import Partition, Snapshot
from birge_aggregator.tables import Needs
from birge_common.regions import REGIONS, regions_on
from birge_common.security.keys import KeyDirectory

_MAP_17_SINCE = date(2022, 6, 8)

Positions = Mapping[Partition, int]


@dataclass(frozen=True)
class Reading:
    """The figures of a window, with the positions they are as of."""

    positions: Positions
    counted_at: Any
    figures: Figures


def periods_for(window: Window, needs: Needs) -> set[str]:
    """The stated periods that a snapshot must hold for the window's tables of these needs."""
    return {
        name
        for one in (window, *_years_around(window, needs))
        for names in stated_periods(one)
        for name in names
    }


def kinds_for(needs: Needs) -> set[str]:
    """The kinds of statements that it must hold."""
    return {CENSUS, REFERENCE, *needs.kinds}


def reading_of(
    snapshot: Snapshot, window: Window, *, map_17: bool, needs: Needs, keys: KeyDirectory
) -> Reading:
    """The window's figures, with the calendar years around it where they are needed."""
    rank = office_rank(keys)
    of_years = [
        figures_from(snapshot, one, region_map(one, map_17), rank)
        for one in _years_around(window, needs)
    ]
    linked = [
        replace(year, preceding=before, following=after)
        for before, year, after in zip(of_years, of_years[1:], of_years[2:], strict=False)
    ]
    figures = figures_from(snapshot, window, region_map(window, map_17), rank)
    return Reading(
        snapshot.positions,
        snapshot.counted_at,
        replace(figures, years=tuple(linked), explainers=explainers(keys)),
    )


def _years_around(window: Window, needs: Needs) -> list[Window]:
    years = years_of(window) if needs.years else []
    return [year_after(years[0], -1), *years, year_after(years[-1], 1)] if years else []


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
