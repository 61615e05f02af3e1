"""What one juror decides, what a juror's own region does, and where jurors disagree."""

import math
from fractions import Fraction

import pytest

from birge_awards.domain.cycle.policy import CALIBRATED, RAW_MEAN
from birge_awards.domain.jury.cut_line import NotComparable
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.ranking import Ranking, RankingRules, rank
from birge_awards.domain.jury.scoring import Counted, counted
from birge_awards.domain.jury.stability import (
    Disagreement,
    HomeBias,
    LeftOut,
    disagreements,
    home_bias,
    left_out,
)
from tests.unit.awards.jury.ballots import Table, all_of, table

RAW = RankingRules(RAW_MEAN, reviews_min=2)


def ranked(rows: Table, rules: RankingRules = RAW) -> tuple[Counted, dict[str, set[str]], Ranking]:
    scores = all_of(rows)
    assigned = {name: set(row) for name, row in rows.items()}
    return scores, assigned, rank(scores, assigned, rules)


def scored(rows: Table, rules: RankingRules = RAW) -> tuple[Counted, Ranking]:
    scores, _, ranking = ranked(rows, rules)
    return scores, ranking


def test_a_juror_whose_scores_alone_make_a_laureate_is_named() -> None:
    """Means 8, 7 and 2; without the fan n1 leads by 7 against 6.5."""
    rows = {
        "n0": {"a": 7, "b": 6, "fan": 11},
        "n1": {"a": 7, "b": 7, "fan": 7},
        "n2": {"a": 2, "b": 2, "fan": 2},
    }
    assert left_out(*scored(rows), laureates=1) == (LeftOut("fan", gone=("n0",), new=("n1",)),)


def test_a_juror_without_whom_there_would_be_a_tie_is_named_too() -> None:
    rows = {"n0": {"a": 7, "b": 7, "c": 9}, "n1": {"a": 7, "b": 7, "c": 8}}
    assert left_out(*scored(rows), laureates=1) == (LeftOut("c", in_doubt=("n0", "n1")),)


def test_a_clear_result_hangs_on_nobody() -> None:
    rows = {"n0": {"a": 9, "b": 9}, "n1": {"a": 5, "b": 6}}
    # Two reviews were needed and one is left, which is not what is asked here.
    assert left_out(*scored(rows), laureates=1) == ()


def test_who_was_below_quorum_does_not_win_by_leaving_somebody_out() -> None:
    rows: Table = {"n0": {"a": 7, "b": 7}, "n1": {"a": 6, "b": 5}, "n2": {"a": 10}}
    assert left_out(*scored(rows), laureates=1) == ()


def test_a_juror_who_alone_connects_two_parts_is_named() -> None:
    rows = {"n0": {"a": 9, "bridge": 9}, "n1": {"c": 5, "bridge": 5}}
    assert left_out(*scored(rows), laureates=1) == (LeftOut("bridge", is_comparable=False),)


def test_parts_that_cannot_be_compared_have_no_stability() -> None:
    rows = {"n0": {"a": 9, "b": 9}, "n1": {"c": 5, "d": 5}}
    with pytest.raises(NotComparable):
        left_out(*scored(rows), laureates=1)


def test_a_calibrated_ranking_is_asked_in_the_same_way() -> None:
    rows = {f"n{n}": {"a": 3 + n, "b": 4 + n, "fan": 3 + n} for n in range(6)}
    rows["n4"] |= {"fan": 20}
    found = left_out(*scored(rows, RankingRules(CALIBRATED, 2)), laureates=1)
    assert found == (LeftOut("fan", gone=("n4",), new=("n5",)),)


REGIONS = {"n0": "A", "n1": "A", "n2": "B", "n3": "B"}
JURORS = {"a1": "A", "a2": "A", "b1": "B", "b2": "B", "abroad": None}


def test_the_bias_of_home_jurors_by_hand() -> None:
    """All read all, so q takes the mean of a nominee and residuals are ±1 but for its shrinkage.

    Deviations from m of each nominee's mean are 0 here, so q = 0, jurors of four scores have
    b = 0, and residuals are the scores less 6.
    """
    rows = {
        "n0": {"a1": 8, "a2": 7, "b1": 5, "b2": 4},
        "n1": {"a1": 7, "a2": 7, "b1": 5, "b2": 5},
        "n2": {"a1": 6, "a2": 6, "b1": 6, "b2": 6},
        "n3": {"a1": 6, "a2": 5, "b1": 6, "b2": 7},
    }
    scores, _, ranking = ranked(rows)
    every, of_a, of_b = home_bias(
        scores, ranking, region_of_nominee=REGIONS, region_of_juror=JURORS
    )
    assert (of_a.region, of_a.home, of_a.guests) == ("A", 4, 4)
    # Residuals 2, 1, 1, 1 at home and −1, −2, −1, −1: variances of 1/4 each.
    assert of_a.difference == pytest.approx(2.5)
    assert of_a.standard_error == pytest.approx(math.sqrt(1 / 4 / 4 * 2))
    assert of_a.t == pytest.approx(2.5 / math.sqrt(1 / 8))
    assert of_a.is_flagged
    # 0, 0, 0, 1 at home and 0, 0, 0, −1.
    assert of_b.difference == pytest.approx(0.5)
    assert of_b.t == pytest.approx(0.5 / math.sqrt(1 / 8))
    assert not of_b.is_flagged
    assert (every.region, every.home) == (None, 8)
    assert every.difference == pytest.approx(1.5)


def test_a_bias_is_not_told_from_fewer_than_two_scores_on_a_side() -> None:
    scores, _, ranking = ranked({"n0": {"a1": 8, "abroad": 5, "b1": 6}})
    found = home_bias(scores, ranking, region_of_nominee=REGIONS, region_of_juror=JURORS)
    assert found == (HomeBias(None, 1, 2), HomeBias("A", 1, 2))
    assert not found[0].is_flagged


def test_a_bias_without_any_scatter_is_flagged_where_there_is_one() -> None:
    rows = {name: {"a1": 7, "a2": 7, "b1": 5, "b2": 5} for name in ("n0", "n1")}
    scores, _, ranking = ranked(rows)
    (every, _) = home_bias(scores, ranking, region_of_nominee=REGIONS, region_of_juror=JURORS)
    assert every.t == math.inf
    assert every.is_flagged
    rows = {name: {"a1": 6, "a2": 6, "b1": 6, "b2": 6} for name in ("n0", "n1")}
    scores, _, ranking = ranked(rows)
    (every, _) = home_bias(scores, ranking, region_of_nominee=REGIONS, region_of_juror=JURORS)
    assert every.t == 0


def test_a_barred_juror_has_no_bias() -> None:
    rows = {"n0": {"a1": 9, "a2": 7, "b1": 5, "b2": 4}}
    scores = counted(table(rows), {Pair("n0", "a1")})
    ranking = rank(scores, {"n0": set(rows["n0"])}, RAW)
    (every, _) = home_bias(scores, ranking, region_of_nominee=REGIONS, region_of_juror=JURORS)
    assert (every.home, every.guests) == (1, 2)


@pytest.mark.parametrize(
    ("row", "scale", "is_found"),
    [
        # 40 % of 1 to 10 is 3.6, of 0 to 10 it is 4.
        ({"a": 5, "b": "8.6"}, (1, 10), True),
        ({"a": 5, "b": "8.5"}, (0, 10), True),
        ({"a": 5, "b": "7.8"}, (0, 10), False),
        ({"a": 5, "b": 9, "c": 7}, (0, 10), True),
        ({"a": 5, "b": "8.59", "c": 7, "d": 7}, (1, 10), False),
        # A deviation of exactly 2 is not above it, and a little more is.
        ({"a": 3, "b": "395/91", "c": "631/91"}, (0, 10), False),
        ({"a": 3, "b": "395/91", "c": "632/91"}, (0, 10), True),
        ({"a": 7}, (1, 10), False),
    ],
)
def test_far_apart_scores_ask_for_one_more_juror(
    row: dict[str, int | str], scale: tuple[int, int], is_found: bool
) -> None:
    assert bool(disagreements(all_of({"n0": row}), scale)) == is_found


def test_a_disagreement_says_how_far_apart() -> None:
    found = disagreements(all_of({"n0": {"a": 3, "b": 9}, "n1": {"a": 5, "b": 6}}), (1, 10))
    assert found == (Disagreement("n0", Fraction(6), Fraction(18)),)
