"""The laureates as everybody may see them, from the moment of publication on and never before."""

from collections.abc import Mapping
from dataclasses import dataclass

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.cycle import Cycle, Laureate, Stage
from birge_awards.domain.cycle.laureates import prizes_of
from birge_awards.domain.nominees.candidacy import STANDING
from birge_awards.domain.nominees.public_view import PublicView
from birge_awards.domain.sitting.sitting import COMMISSION
from birge_awards.handlers.cycles import region_of_laureates
from birge_awards.handlers.nominations import Nominations
from birge_awards.handlers.sittings import Sittings
from birge_awards.ports import EVERYWHERE

PUBLISHED = (Stage.PUBLISHED, Stage.CLOSED)


@dataclass(frozen=True)
class PublicLaureate:
    """Somebody who was honoured; `name` is None of who was erased, a region None of the national.

    `place` is the commission's, None for who was honoured by a region alone.
    """

    nominee: str
    nomination: str
    name: str | None
    age_group: str | None
    region: str | None
    place: int | None
    prize_tenge: int
    citation: Mapping[str, str]


@dataclass(frozen=True)
class Laureates:
    """Reads a published cycle."""

    nominations: Nominations
    sittings: Sittings

    async def published(self, cycle: str) -> Cycle:
        """The cycle. Raises Refused, also for who manages it, before its moment."""
        found = await self.nominations.store.cycle(cycle)
        if found is None or found.value.stage not in PUBLISHED:
            raise Refused("no_cycle", "There is no such published award.")
        return found.value

    async def of(self, cycle: Cycle) -> list[PublicLaureate]:
        """The nation's by category and place, then the regions' by region; each person once.

        Who withdrew before the decision is none of them.
        """
        assert cycle.decision is not None, "a published cycle was decided"
        national = list(cycle.decision.laureates)
        honoured = {(one.nomination, one.nominee) for one in national}
        regional = [
            one
            for _, stage in sorted(cycle.regions.items())
            for one in stage.laureates
            if (one.nomination, one.nominee) not in honoured
        ]
        found = await self.nominations.store.candidacies(
            cycle.id, EVERYWHERE, ids=[one.nominee for one in (*national, *regional)]
        )
        standing = [one.value for one in found if one.value.state in STANDING]
        there = {one.id for one in standing}
        views = await self.nominations.public_views(standing)
        citations = await self._citations(cycle)
        regions, prizes = region_of_laureates(cycle), _prizes(cycle)
        return [
            _laureate(one, views.get(one.nominee), regions, prizes, citations)
            for one in sorted(national, key=lambda one: (one.nomination, one.place, one.nominee))
            if one.nominee in there
        ] + [
            _laureate(one, views.get(one.nominee), regions, {}, citations, is_national=False)
            for one in regional
            if one.nominee in there
        ]

    async def _citations(self, cycle: Cycle) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """By category and nominee; the commission's words stand before a region's."""
        found = await self.sittings.store.sittings(cycle.id, EVERYWHERE)
        several = [one.value for one in found]
        return {
            (award.nomination, award.nominee): award.citation
            for sitting in sorted(several, key=lambda one: one.panel == COMMISSION)
            for award in sitting.awards
        }


def _prizes(cycle: Cycle) -> dict[tuple[str, str], int]:
    assert cycle.policy is not None, "a published cycle has a policy"
    assert cycle.decision is not None, "and a decision"
    won = {}
    for nomination in cycle.policy.nominations:
        own = [one for one in cycle.decision.laureates if one.nomination == nomination.code]
        for nominee, tenge in prizes_of(nomination, own).items():
            won[nomination.code, nominee] = tenge
    return won


def _laureate(
    one: Laureate,
    view: PublicView | None,
    regions: Mapping[tuple[str, str], str],
    prizes: Mapping[tuple[str, str], int],
    citations: Mapping[tuple[str, str], Mapping[str, str]],
    *,
    is_national: bool = True,
) -> PublicLaureate:
    key = (one.nomination, one.nominee)
    return PublicLaureate(
        nominee=one.nominee,
        nomination=one.nomination,
        name=view.shown_as if view else None,
        age_group=view.age_group if view else None,
        region=regions.get(key),
        place=one.place if is_national else None,
        prize_tenge=prizes.get(key, 0),
        # Words about somebody who was erased, or who did not agree, would tell who it is.
        citation=citations.get(key, {}) if view and view.is_named else {},
    )
