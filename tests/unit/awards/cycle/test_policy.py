"""A policy is whole, its prizes add up to the fund, and its hash is of everything in it."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_awards.domain.cycle.cycle import Laureate
from birge_awards.domain.cycle.laureates import prizes_of
from birge_awards.domain.cycle.policy import (
    TIE_STEPS,
    Criterion,
    Nomination,
    policy_hash,
    problems_of,
)
from tests.unit.awards.cycle.building import ECOLOGY, FRIEND, IMPACT, POLICY

ANOTHER: dict[str, Any] = {
    "version": 2,
    "nominations": (replace(ECOLOGY, hours_min=50), FRIEND),
    "scale": (0, 10),
    "reviews": 4,
    "ranks_by": "calibrated",
    "tie_chain": TIE_STEPS[1:],
    "fund_tenge": 1_501,
    "appeal_days": 11,
    "quorum": Fraction(3, 4),
}


def test_this_policy_holds() -> None:
    assert problems_of(POLICY) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"nominations": (), "fund_tenge": 0}, "at least one nomination"),
        ({"nominations": (FRIEND, FRIEND), "fund_tenge": 1_000}, "each once"),
        ({"nominations": (replace(FRIEND, track="abroad"),), "fund_tenge": 500}, "track"),
        ({"nominations": (replace(FRIEND, criteria=()),), "fund_tenge": 500}, "criterion"),
        (
            {
                "nominations": (replace(FRIEND, criteria=(replace(IMPACT, weight=0),)),),
                "fund_tenge": 500,
            },
            "weighs",
        ),
        ({"nominations": (replace(FRIEND, prizes=()),), "fund_tenge": 0}, "prize"),
        (
            {"nominations": (replace(ECOLOGY, regional_laureates_max=0),), "fund_tenge": 1_000},
            "region",
        ),
        ({"scale": (5, 5)}, "scale"),
        ({"reviews": 1}, "reviews"),
        ({"ranks_by": "votes"}, "ranks"),
        ({"tie_chain": ()}, "ties"),
        ({"tie_chain": ("count_back", "majority_of_common_judges")}, "ties"),
        ({"tie_chain": ("lot",)}, "ties"),
        ({"quorum": Fraction(0)}, "quorum"),
        ({"appeal_days": 0}, "appeals"),
        ({"fund_tenge": 1_499}, "add up to 1500 tenge"),
    ],
)
def test_what_does_not_hold_is_named(changes: dict[str, Any], problem: str) -> None:
    (found,) = problems_of(replace(POLICY, **changes))
    assert problem in found.detail


@pytest.mark.parametrize("name", ANOTHER)
def test_the_hash_is_of_every_part(name: str) -> None:
    assert policy_hash(replace(POLICY, **{name: ANOTHER[name]})) != policy_hash(POLICY)


def test_the_hash_is_the_same_tomorrow() -> None:
    assert policy_hash(POLICY) == policy_hash(replace(POLICY))
    assert len(policy_hash(POLICY)) == 64


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.data())
def test_shared_prizes_add_up_to_those_of_their_places(
    prizes: list[int], data: st.DataObject
) -> None:
    nomination = Nomination("n", "domestic", (Criterion("c", 1),), tuple(prizes))
    places: list[int] = []
    while len(places) < len(prizes):
        first = len(places) + 1
        places += [first] * data.draw(st.integers(1, len(prizes) - len(places)))
    laureates = [Laureate("n", f"n-{number}", place) for number, place in enumerate(places)]
    won = prizes_of(nomination, laureates)
    assert sum(won.values()) == sum(prizes)
    for place in set(places):
        sharing = [won[one.nominee] for one in laureates if one.place == place]
        assert max(sharing) - min(sharing) <= 1
