"""Whether a list of laureates is one that the policy allows."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from birge_awards.domain.cycle.cycle import Cycle, Laureate, Stage
from birge_awards.domain.cycle.policy import DOMESTIC, Nomination, Policy


def without(cycle: Cycle, nominee: str) -> Cycle:
    """The cycle after a nominee withdrew: a region that has nobody else owes its result again.

    Once the national stage is open the regions' results stand, and he is missing there alone.
    """
    if cycle.stage != Stage.REGIONAL:
        return cycle
    regions = {
        region: replace(
            stage, laureates=tuple(one for one in stage.laureates if one.nominee != nominee)
        )
        for region, stage in cycle.regions.items()
    }
    return replace(cycle, regions=regions)


def regional_problem(policy: Policy, laureates: Sequence[Laureate]) -> str | None:
    """Why a region cannot confirm these; it sends as many a nomination as the policy says."""
    if not laureates:
        return "Name at least one laureate, or sign a waiver with a reason."
    if problem := _named_twice(laureates):
        return problem
    for code, places in _places(laureates).items():
        nomination = policy.nomination(code)
        lowest = places[-1]
        if nomination is None or nomination.track != DOMESTIC:
            return f"{code} is no domestic nomination of this cycle."
        if lowest > nomination.regional_laureates_max:
            return f"{code}: a region confirms at most {nomination.regional_laureates_max}."
        if not _are_places(places):
            return f"{code}: places go 1, 2, 3; who shares one leaves the next empty: 1, 1, 3."
    return None


def national_problem(
    policy: Policy, standing: Collection[tuple[str, str]], laureates: Sequence[Laureate]
) -> str | None:
    """Why the commission cannot decide these; `standing` are the regions' (nomination, nominee).

    There are as many places at most as there are prizes; who shares the last one shares its prize.
    """
    if problem := _named_twice(laureates):
        return problem
    for code, places in _places(laureates).items():
        nomination = policy.nomination(code)
        if nomination is None:
            return f"{code} is no nomination of this cycle."
        if places[-1] > len(nomination.prizes):
            return f"{code} has {len(nomination.prizes)} prizes, and none for place {places[-1]}."
        if not _are_places(places):
            return f"{code}: places go 1, 2, 3; who shares one leaves the next empty: 1, 1, 3."
        if nomination.track == DOMESTIC:
            for one in laureates:
                if one.nomination == code and (code, one.nominee) not in standing:
                    return f"{one.nominee} was confirmed by no region in {code}."
    return None


def _places(laureates: Sequence[Laureate]) -> dict[str, list[int]]:
    """The places in each nomination, from the first to the last."""
    by_nomination: dict[str, list[int]] = {}
    for one in laureates:
        by_nomination.setdefault(one.nomination, []).append(one.place)
    return {code: sorted(places) for code, places in by_nomination.items()}


def _named_twice(laureates: Sequence[Laureate]) -> str | None:
    named = Counter((one.nomination, one.nominee) for one in laureates)
    twice = sorted(nominee for (_, nominee), number in named.items() if number > 1)
    return f"These are named twice: {', '.join(twice)}" if twice else None


def prizes_of(nomination: Nomination, laureates: Sequence[Laureate]) -> dict[str, int]:
    """Tenge by nominee; who shares a place shares the prizes of the places it takes up.

    A tenge that cannot be divided goes to the lower id, so that nothing is lost of the fund.
    """
    by_place: dict[int, list[str]] = {}
    for one in laureates:
        by_place.setdefault(one.place, []).append(one.nominee)
    won: dict[str, int] = {}
    for place, nominees in by_place.items():
        together = sum(nomination.prizes[place - 1 : place - 1 + len(nominees)])
        each, rest = divmod(together, len(nominees))
        for number, nominee in enumerate(sorted(nominees)):
            won[nominee] = each + (number < rest)
    return won


def _are_places(ordered: Sequence[int]) -> bool:
    return all(
        place == number or (number > 1 and place == ordered[number - 2])
        for number, place in enumerate(ordered, 1)
    )
