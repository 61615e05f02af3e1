"""Who must be looked at together: every small result against the definition, word by word."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from birge_awards.domain.cycle.policy import CALIBRATED, CHAIR, RAW_MEAN, SHARED
from birge_awards.domain.jury.outcome import outcome_of
from birge_awards.domain.jury.ranking import Ranking, RankingRules, Status, rank
from birge_awards.domain.jury.scoring import Score, counted
from birge_awards.domain.jury.ties import TieRules, resolve
from tests.unit.awards.cycle.building import IMPACT
from tests.unit.awards.jury.ballots import ballots

MAJORITY = "majority_of_common_judges"


def error_of_means(scores: list[Score]) -> Callable[[str, str], float | None]:
    """√(s²(1/a + 1/b)), s² pooled around the means of the nominees."""
    values: dict[str, list[float]] = {}
    for one in scores:
        values.setdefault(one.nominee, []).append(float(one.value))
    free = len(scores) - len(values)
    squares = sum(
        (value - sum(several) / len(several)) ** 2
        for several in values.values()
        for value in several
    )

    def error(one: str, other: str) -> float | None:
        if free < 1:
            return None
        return math.sqrt(squares / free * (1 / len(values[one]) + 1 / len(values[other])))

    return error


def groups_by_definition(
    shown: dict[str, Decimal], places: int, error: Callable[[str, str], float | None]
) -> list[set[str]]:
    """The laureates for certain from the best down, then those among whom the rest is found.

    On the line are those who differ by less than the error of the difference from who stands
    nearest to the line on its other side, and whoever equals one of these.
    """
    if not shown:
        return []
    in_order = sorted(shown.values(), reverse=True)
    last = in_order[min(places, len(in_order)) - 1]
    equal = {one for one in shown if shown[one] == last}
    above = {one for one in shown if shown[one] > last}
    below = shown.keys() - equal - above
    is_split = len(above) + len(equal) > places

    def near(one: str, others: set[str]) -> bool:
        return any(
            (limit := error(one, other)) is not None and abs(shown[one] - shown[other]) < limit
            for other in others - {one}
        )

    if is_split:
        line = {one for one in shown if near(one, equal)}
    elif below:
        next_best = {one for one in below if shown[one] == max(shown[other] for other in below)}
        line = {one for one in above | equal if near(one, next_best)}
        line |= {one for one in below if near(one, equal)}
    else:
        line = set()
    likes = {one: {other for other in shown if shown[other] == shown[one]} for one in shown}
    if is_split and line & equal:
        line |= equal
    for one in sorted(above | equal):
        if line & likes[one]:
            line |= likes[one]
    certain = (above if is_split else above | equal) - line
    ordered = [likes[one] for one in sorted(certain, key=lambda one: (-shown[one], one))]
    groups = [group for number, group in enumerate(ordered) if group not in ordered[:number]]
    if is_split and not equal <= line:
        groups.append(equal)
    return [*groups, line] if line else groups


def placed(groups: list[set[str]], places: int) -> list[tuple[str, int]]:
    """With every group sharing its place."""
    found, place = [], 1
    for group in groups:
        if place <= places:
            found += [(one, place) for one in sorted(group)]
            place += len(group)
    return found


@pytest.mark.parametrize("ranks_by", [RAW_MEAN, CALIBRATED])
@given(
    ballots=ballots(nominees=6, jurors=4, least=3),
    places=st.integers(1, 5),
    reviews_min=st.integers(1, 2),
)
def test_groups_at_the_line_are_those_of_the_definition(
    ranks_by: str, ballots: list[Score], places: int, reviews_min: int
) -> None:
    scores = counted(ballots, ())
    assigned = {name: [one.juror for one in own] for name, own in scores.by_nominee().items()}
    ranking = rank(scores, assigned, RankingRules(ranks_by, reviews_min))
    assume(ranking.status == Status.COMPARABLE)
    groups = groups_by_definition(
        {one.nominee: ranking.ranking_score(one) for one in ranking.ranked()},
        places,
        _error(ranking, ballots),
    )
    shared = outcome_of(ranking, places, scores, TieRules((SHARED,), (IMPACT,)), {})
    assert [(one.nominee, one.place) for one in shared.laureates] == placed(groups, places)
    waiting = outcome_of(ranking, places, scores, TieRules((CHAIR,), (IMPACT,)), {}).waiting
    assert [set(one.tied) for one in waiting] == [group for group in groups if len(group) > 1]


def _error(ranking: Ranking, ballots: list[Score]) -> Callable[[str, str], float | None]:
    """Of raw means by the formula, over the part that is ranked; of the model by the model."""
    of = {one.nominee: one for one in ranking.ranked()}
    if ranking.rules.ranks_by == CALIBRATED:
        return lambda one, other: ranking.standard_error_of_difference(of[one], of[other])
    parts = {one.part for one in of.values()}
    inside = {one.nominee for one in ranking.standings if one.part in parts}
    return error_of_means([one for one in ballots if one.nominee in inside])


@given(ballots(nominees=5, jurors=5, least=8))
def test_a_majority_parts_a_group_into_smith_sets(ballots: list[Score]) -> None:
    """The smallest set that beats everybody outside it goes first; then the same of the rest."""
    scores = counted(ballots, ())
    tied = sorted(scores.by_nominee())
    value = {(one.nominee, one.juror): one.value for one in ballots}

    def lead(one: str, other: str) -> int:
        common = [juror for name, juror in value if name == one and (other, juror) in value]
        return sum(
            (value[one, juror] > value[other, juror]) - (value[one, juror] < value[other, juror])
            for juror in common
        )

    def smith(of: set[str]) -> set[str]:
        for size in range(1, len(of) + 1):
            for some in combinations(sorted(of), size):
                if all(lead(one, other) > 0 for one in some for other in of - set(some)):
                    return set(some)
        return of

    expected, left = [], set(tied)
    while left:
        expected.append(smith(left))
        left -= expected[-1]
    rules = TieRules((MAJORITY, SHARED), (IMPACT,), Fraction(1))
    order = resolve(tied, scores, rules).order
    assert [set(group) for group in order] == expected
