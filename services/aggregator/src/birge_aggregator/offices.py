"""Who answers for a region, by the scopes of partners' keys."""

from functools import cache
from typing import Any

from birge_aggregator.domain.census import Census, OfficeRank
from birge_aggregator.domain.quality.explanations import Explainers
from birge_common.regions import REGIONS
from birge_common.security.keys import KeyDirectory


def office_rank(keys: KeyDirectory) -> OfficeRank:
    """The registered front office first: whoever's key names the region, and the fewest."""
    best: dict[str, tuple[Any, ...]] = {}
    regions_of: dict[str, list[Any]] = {}
    for partner in keys.partners():
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


def explainers(keys: KeyDirectory) -> Explainers:
    """By region the sources of the office's key, and those that answer for every region."""
    partners = keys.partners()
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
