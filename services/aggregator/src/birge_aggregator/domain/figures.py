"""Everything the tables of one window are made from, as one consistent snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from birge_aggregator.domain.census import OfficeRank, Snapshot
from birge_aggregator.domain.contribution import Counters, PageKey, summed
from birge_aggregator.domain.period import Window
from birge_aggregator.domain.quality.explanations import Explainers
from birge_aggregator.domain.references import Reference
from birge_aggregator.domain.report_sets import ReportSet, StatedFor
from birge_aggregator.domain.statements import Statements
from birge_aggregator.domain.territory import COUNTRY, RegionMap


@dataclass(frozen=True)
class Figures:
    """The pages of a window, already on its map, with the statements that stand beside them.

    `censuses` is the one that counts for each region, by `office_rank`; `explainers` are the
    sources whose explanations of a region's findings count. Statements, report sets
    (of the periods inside the window) and years are there where the table asks for them: `years`
    are the calendar years that the window touches, each as a window of its own, with the year
    that precedes it and the one that follows.
    """

    window: Window
    regions: RegionMap
    inside: Mapping[PageKey, Counters]
    across: Mapping[PageKey, Counters]
    censuses: Mapping[str, Snapshot] = field(default_factory=dict)
    office_rank: OfficeRank = lambda census: (census.source,)
    explainers: Explainers = lambda region: ()
    references: Sequence[Reference] = ()
    statements: Statements = field(default_factory=dict)
    report_sets: Mapping[StatedFor, ReportSet] = field(default_factory=dict)
    years: Sequence["Figures"] = ()
    preceding: "Figures | None" = None
    following: "Figures | None" = None

    @cached_property
    def by_region_and_layer(self) -> dict[tuple[str, str], Counters]:
        """Counters of the whole window; what is stated for the country alone is under `KZ`."""
        grouped: dict[tuple[str, str], list[Counters]] = {}
        for page, counters in self.inside.items():
            grouped.setdefault((page.region, page.layer), []).append(counters)
        return {key: summed(pages) for key, pages in sorted(grouped.items())}

    @cached_property
    def of_country(self) -> dict[str, Counters]:
        """Counters of the country by layer: all regions, and what is stated for the country."""
        grouped: dict[str, list[Counters]] = {}
        for (_, layer), counters in self.by_region_and_layer.items():
            grouped.setdefault(layer, []).append(counters)
        return {layer: summed(pages) for layer, pages in grouped.items()}

    def rows_of(self, region: str) -> list[tuple[str, str, Counters]]:
        """(region, layer, counters) of what a question about `region` is answered with.

        About the country: every region and the country's own sum, in order of their codes.
        """
        regional = [(*key, counters) for key, counters in self.by_region_and_layer.items()]
        if region != COUNTRY:
            return [row for row in regional if row[0] == region]
        own = [(COUNTRY, layer, counters) for layer, counters in self.of_country.items()]
        return sorted([*own, *(row for row in regional if row[0] != COUNTRY)], key=lambda r: r[:2])

    def layers_apart_or_together(
        self, region: str, layer: str | None
    ) -> list[tuple[str, Counters]]:
        """(region, counters) over all layers, or over one of them."""
        grouped: dict[str, list[Counters]] = {}
        for name, of_layer, counters in self.rows_of(region):
            if layer in (None, of_layer):
                grouped.setdefault(name, []).append(counters)
        return [(name, summed(pages)) for name, pages in grouped.items()]


def named(counters: Counters, group: str, measure: str = "n") -> dict[str, int]:
    """The values of one measure in a group, by name: `direction`, `hours` → {umit: 1200, …}.

    Only what a live report contributes to is there; the empty name stands for null.
    """
    prefix, suffix, count = (
        f"{group}/",
        f"/{measure}",
        "/given" if group == "participants" else "/n",
    )
    return {
        name: counters.get(f"{prefix}{name}{suffix}", 0)
        for key, reports in counters.items()
        if reports and key.startswith(prefix) and key.endswith(count) and key.count("/") == 2
        for name in [key[len(prefix) : -len(count)]]
    }


def given(counters: Counters, group: str, measure: str) -> int | None:
    """The sum of a measure that reports may leave out; None where no report gave it."""
    if counters.get(f"{group}/{measure}/given", 0) == 0:
        return None
    return counters.get(f"{group}/{measure}", 0)


def given_by_any(counters: Counters, group: str, names: Iterable[str], measure: str) -> int | None:
    """The same over several names of a group; None where no report of any of them gave it."""
    values = [given(counters, f"{group}/{name}", measure) for name in names]
    provided = [value for value in values if value is not None]
    return sum(provided) if provided else None


def on_map(pages: Mapping[PageKey, Counters], regions: RegionMap) -> dict[PageKey, Counters]:
    """The pages with newer regions added to their predecessors, where the map says so."""
    grouped: dict[PageKey, list[Counters]] = {}
    for page, counters in pages.items():
        grouped.setdefault(page._replace(region=regions.place(page.region)), []).append(counters)
    return {
        page: several[0] if len(several) == 1 else summed(several)
        for page, several in grouped.items()
    }
