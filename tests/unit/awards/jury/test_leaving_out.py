"""Leaving out each juror the quick way says what a whole ranking for each of them says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from birge_awards.domain.cycle.policy import CALIBRATED, RAW_MEAN
from birge_awards.domain.jury.cut_line import cut_line
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.ranking import Ranking, RankingRules, Status, rank
from birge_awards.domain.jury.scoring import Counted, Score, counted
from birge_awards.domain.jury.stability import LeftOut, left_out
from tests.unit.awards.jury.ballots import ballots

Assigned = Mapping[str, Sequence[str]]


def assigned_of(scores: Counted) -> Assigned:
    return {name: [one.juror for one in several] for name, several in scores.by_nominee().items()}


def winners(ranking: Ranking, laureates: int) -> tuple[set[str], set[str]]:
    line = cut_line(ranking, laureates)
    return set(line.inside), {one for tied in line.ties for one in tied} - set(line.inside)


def left_out_by_ranking_again(
    scores: Counted, assigned: Assigned, ranking: Ranking, laureates: int
) -> tuple[LeftOut, ...]:
    """What the words say: a whole ranking without each juror, of those who were ranked."""
    before, on_line = winners(ranking, laureates)
    ranked = {one.nominee for one in ranking.ranked()}
    rules = replace(ranking.rules, reviews_min=1, assigned_share_min=Fraction(0))
    changes = []
    for juror in scores.by_juror():
        again = rank(scores.without(juror), assigned, rules, ranking.ratios)
        standings = tuple(one for one in again.standings if one.nominee in ranked)
        again = replace(again, standings=standings)
        if again.status == Status.NOT_COMPARABLE:
            changes.append(LeftOut(juror, is_comparable=False))
            continue
        now, now_on_line = winners(again, laureates)
        found = (before - now - now_on_line, now - before - on_line, now_on_line - on_line)
        if any(found):
            changes.append(LeftOut(juror, *(tuple(sorted(one)) for one in found)))
    return tuple(changes)


@pytest.mark.parametrize("ranks_by", [RAW_MEAN, CALIBRATED])
@given(
    ballots=st.one_of(ballots(), ballots(nominees=12, jurors=8, least=40)),
    barred=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 4)), max_size=4),
    reviews_min=st.integers(1, 3),
    laureates=st.integers(1, 4),
)
def test_it_is_the_same_as_ranking_again(
    ranks_by: str,
    ballots: list[Score],
    barred: set[tuple[int, int]],
    reviews_min: int,
    laureates: int,
) -> None:
    scores = counted(ballots, {Pair(f"n{row}", f"j{column}") for row, column in barred})
    assigned = assigned_of(scores)
    ranking = rank(scores, assigned, RankingRules(ranks_by, reviews_min))
    assume(ranking.status == Status.COMPARABLE)
    assert left_out(scores, ranking, laureates) == left_out_by_ranking_again(
        scores, assigned, ranking, laureates
    )


def test_nobody_to_rank_hangs_on_nobody() -> None:
    scores = counted([Score("n", "j", Fraction(5))], ())
    ranking = rank(scores, {"n": ["j"]}, RankingRules(CALIBRATED, 2))
    assert left_out(scores, ranking, 1) == ()
