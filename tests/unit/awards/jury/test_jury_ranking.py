"""Places, quorum, parts that cannot be compared, and the line below the laureates."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_awards.domain.cycle.policy import CALIBRATED, RAW_MEAN
from birge_awards.domain.jury.calibration import Ratios
from birge_awards.domain.jury.cut_line import CutLine, NotComparable, cut_line
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.ranking import (
    Ranking,
    RankingRules,
    Standing,
    State,
    Status,
    rank,
)
from birge_awards.domain.jury.scoring import Score, counted
from tests.unit.awards.jury.ballots import Table, ballots, table

RAW = RankingRules(RAW_MEAN, reviews_min=2)
BY_MODEL = RankingRules(CALIBRATED, reviews_min=2)


def ranking_of(
    rows: Table,
    rules: RankingRules = RAW,
    *,
    assigned: Mapping[str, str] | None = None,
    barred: tuple[Pair, ...] = (),
    ratios: Ratios | None = None,
) -> Ranking:
    """All jurors who scored were assigned, and those in `assigned`."""
    jurors = {name: set(row) for name, row in rows.items()}
    for name, several in (assigned or {}).items():
        jurors.setdefault(name, set()).update(several.split())
    return rank(counted(table(rows), barred), jurors, rules, ratios)


def places(ranking: Ranking) -> dict[str, int | None]:
    return {one.nominee: one.place for one in ranking.standings}


def standing(ranking: Ranking, nominee: str) -> Standing:
    return next(one for one in ranking.standings if one.nominee == nominee)


def test_raw_mean_and_calibrated_score_stand_side_by_side() -> None:
    """Five were read by both; the sixth by the harsh one alone, and gains by it."""
    rows = {f"n{n}": {"harsh": 3 + n, "kind": 5 + n} for n in range(5)} | {
        "n5": {"harsh": 6, "third": 6}
    }
    found = ranking_of(rows)
    sixth, fourth = standing(found, "n5"), standing(found, "n2")
    assert (sixth.raw_mean, fourth.raw_mean) == (Decimal("6.00"), Decimal("6.00"))
    assert sixth.place == fourth.place == 3
    assert sixth.calibrated is not None
    assert fourth.calibrated is not None
    assert sixth.calibrated > fourth.calibrated
    by_model = ranking_of(rows, BY_MODEL)
    assert places(by_model)["n5"] == 3
    assert places(by_model)["n2"] == 4


def test_equal_as_published_is_equal_and_the_next_place_is_left_out() -> None:
    found = ranking_of(
        {
            "n0": {"a": 7, "b": 8},
            "n1": {"a": "7.004", "b": "8.004"},
            "n2": {"a": 9, "b": 9},
            "n3": {"a": 1, "b": 1},
        }
    )
    assert places(found) == {"n2": 1, "n0": 2, "n1": 2, "n3": 4}
    assert found.status == Status.COMPARABLE


@pytest.mark.parametrize(
    ("scored", "assigned", "reviews_min", "state"),
    [
        ("abcd", "abcde", 3, State.RANKED),
        ("abc", "abcde", 3, State.BELOW_QUORUM),
        ("ab", "ab", 3, State.BELOW_QUORUM),
        ("abc", "abc", 3, State.RANKED),
        ("", "abc", 3, State.UNJUDGED),
    ],
)
def test_a_place_takes_enough_scores_and_four_in_five_of_those_assigned(
    scored: str, assigned: str, reviews_min: int, state: State
) -> None:
    found = ranking_of(
        {"n0": {juror: 5 for juror in scored}},
        replace(RAW, reviews_min=reviews_min),
        assigned={"n0": " ".join(assigned)},
    )
    (one,) = found.standings
    assert (one.state, one.scores, one.assigned) == (state, len(scored), len(assigned))
    assert (one.place is not None) == (state == State.RANKED)
    assert (one.raw_mean is None) == (state == State.UNJUDGED)


def test_a_barred_juror_is_outside_numerator_and_denominator() -> None:
    rows = {"n0": {"a": 5, "b": 6, "c": 7, "d": 8, "kin": 10}}
    (one,) = ranking_of(rows, barred=(Pair("n0", "kin"),)).standings
    assert (one.scores, one.assigned, one.raw_mean) == (4, 4, Decimal("6.50"))
    # Who was recused before scoring is not missed: 3 of 3, not 3 of 4.
    found = ranking_of(
        {"n0": {"a": 5, "b": 6, "c": 7}}, assigned={"n0": "kin"}, barred=(Pair("n0", "kin"),)
    )
    assert standing(found, "n0").state == State.RANKED


def test_nobody_is_left_out_of_the_list() -> None:
    rows = {"n0": {"a": 5, "b": 6}, "n1": {"a": 5}}
    found = ranking_of(rows, assigned={"n1": "b", "n2": "a b"})
    assert [(one.nominee, one.state) for one in found.standings] == [
        ("n0", State.RANKED),
        ("n1", State.BELOW_QUORUM),
        ("n2", State.UNJUDGED),
    ]


def test_a_score_that_nobody_asked_for_is_refused() -> None:
    with pytest.raises(ValueError, match="b was not to read n0"):
        rank(counted(table({"n0": {"a": 5, "b": 6}}), ()), {"n0": ["a"]}, RAW)


def test_parts_without_a_common_juror_have_places_of_their_own() -> None:
    rows = {
        "n0": {"a": 5, "b": 6},
        "n1": {"a": 7, "b": 8},
        "n2": {"c": 9, "d": 9},
        "n3": {"c": 8, "d": 9},
    }
    found = ranking_of(rows)
    assert found.status == Status.NOT_COMPARABLE
    assert [(one.part, one.place, one.nominee) for one in found.standings] == [
        (1, 1, "n1"),
        (1, 2, "n0"),
        (2, 1, "n2"),
        (2, 2, "n3"),
    ]
    with pytest.raises(NotComparable):
        cut_line(found, 1)
    # A nominee below quorum whom nobody else's jurors read hinders no comparison.
    found = ranking_of({"n0": rows["n0"], "n1": rows["n1"], "n9": {"z": 1}})
    assert found.status == Status.COMPARABLE


@settings(max_examples=25, deadline=None)
@given(ballots(nominees=4, jurors=3, least=4), ballots(nominees=4, jurors=3, least=4))
def test_no_place_depends_on_a_jury_that_never_read_there(
    here: list[Score], there: list[Score]
) -> None:
    elsewhere = [replace(one, nominee=f"z{one.nominee}", juror=f"z{one.juror}") for one in there]
    every = [*here, *elsewhere]
    assigned: dict[str, list[str]] = {}
    for one in every:
        assigned.setdefault(one.nominee, []).append(one.juror)
    own = {name: several for name, several in assigned.items() if not name.startswith("z")}
    ratios = Ratios(0.5, 1.0)
    both = rank(counted(every, ()), assigned, BY_MODEL, ratios)
    alone = rank(counted(here, ()), own, BY_MODEL, ratios)
    assert [one for one in both.standings if not one.nominee.startswith("z")] == list(
        alone.standings
    )


@settings(max_examples=40, deadline=None)
@given(ballots(), st.data())
def test_a_barred_score_changes_nothing_whatever_it_is(
    scores: list[Score], data: st.DataObject
) -> None:
    barred = data.draw(st.frozensets(st.sampled_from([one.pair for one in scores])))
    other = [replace(one, value=11 - one.value) if one.pair in barred else one for one in scores]
    without = [one for one in scores if one.pair not in barred]
    assigned: dict[str, list[str]] = {}
    for one in scores:
        assigned.setdefault(one.nominee, []).append(one.juror)
    first, second, third = (
        rank(counted(several, barred), assigned, BY_MODEL) for several in (scores, other, without)
    )
    assert first == second == third


def test_rules_that_rank_by_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="ranks"):
        RankingRules("hours", 3)
    with pytest.raises(ValueError, match="quorum"):
        RankingRules(RAW_MEAN, 0)


def test_the_error_of_a_difference_of_raw_means_by_hand() -> None:
    """Squares around the means 7, 5 and 2: 2 + 2 + 0 with three degrees of freedom."""
    found = ranking_of({"n0": {"a": 8, "b": 6}, "n1": {"a": 6, "b": 4}, "n2": {"a": 2, "b": 2}})
    error = found.standard_error_of_difference(standing(found, "n0"), standing(found, "n1"))
    assert error == pytest.approx(sqrt(4 / 3 * (1 / 2 + 1 / 2)))


WIDE: dict[str, dict[str, int | str]] = {
    "n0": {"a": 10, "b": 10},
    "n1": {"a": 8, "b": 8},
    "n2": {"a": 6, "b": 6},
    "n3": {"a": 4, "b": 4},
}


@pytest.mark.parametrize(
    ("changes", "laureates", "line"),
    [
        ({}, 2, CutLine(("n0", "n1"), (), ())),
        ({}, 0, CutLine((), (), ())),
        ({}, 9, CutLine(("n0", "n1", "n2", "n3"), (), ())),
        ({"n1": {"a": 10, "b": 10}}, 2, CutLine(("n0", "n1"), (("n0", "n1"),), ())),
        ({"n2": {"a": 8, "b": 8}}, 2, CutLine(("n0",), (("n1", "n2"),), ())),
        # Squares of 2.305 around four means: one error of a difference is 0.76.
        (
            {"n1": {"a": "7.25", "b": "6.75"}, "n2": {"a": 7, "b": "6.4"}, "n3": {"a": 3, "b": 5}},
            2,
            CutLine(("n0", "n1"), (), ("n1", "n2")),
        ),
        (
            {"n1": {"a": 9, "b": 7}, "n2": {"a": 7, "b": 9}, "n3": {"a": 7, "b": 8}},
            2,
            CutLine(("n0",), (("n1", "n2"),), ("n1", "n2", "n3")),
        ),
    ],
)
def test_the_line_below_the_laureates(changes: Any, laureates: int, line: CutLine) -> None:
    assert cut_line(ranking_of(WIDE | changes), laureates) == line


def test_a_statistical_tie_of_calibrated_scores_takes_the_models_error() -> None:
    rows = {f"n{n}": {"a": 2 * n, "b": 2 * n + (n % 2)} for n in range(5)}
    found = ranking_of(rows, BY_MODEL)
    apart = standing(found, "n4").calibrated, standing(found, "n3").calibrated
    assert apart[0] is not None
    assert apart[1] is not None
    error = found.calibrations[0].standard_error_of_difference("n4", "n3")
    assert error is not None
    assert ("n3" in cut_line(found, 1).statistical_tie) == (apart[0] - apart[1] < error)
    loose = {f"n{n}": {"a": 5 + n % 2, "b": 7 - n % 2} for n in range(4)} | {"n9": {"a": 7, "b": 6}}
    assert len(cut_line(ranking_of(loose, BY_MODEL), 1).statistical_tie) == 5


def test_a_single_score_each_tells_no_error() -> None:
    found = ranking_of({"n0": {"a": 9}, "n1": {"a": 8}}, RankingRules(RAW_MEAN, 1, Fraction(1)))
    assert found.standard_error_of_difference(*found.standings) is None
    assert cut_line(found, 1) == CutLine(("n0",), (), ())
