"""A juror's score of a nominee, and which scores count."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_awards.domain.cycle.policy import Criterion
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.scoring import InvalidMarks, counted, published, score_of
from tests.unit.awards.jury.ballots import score

IMPACT, STEADY = Criterion("impact", 3), Criterion("steady", 2)
STORY = Criterion("story", 1, required=False)
SHEET = (IMPACT, STEADY, STORY)


@pytest.mark.parametrize(
    ("marks", "value"),
    [
        ({"impact": 9, "steady": 6, "story": 3}, Fraction(42, 6)),
        ({"impact": 9, "steady": 6, "story": None}, Fraction(39, 5)),
        ({"impact": 1, "steady": 10, "story": 10}, Fraction(33, 6)),
        ({"impact": Decimal("7.5"), "steady": 7, "story": None}, Fraction(73, 10)),
    ],
)
def test_a_score_is_the_weighted_mean_of_what_applies(marks: Any, value: Fraction) -> None:
    assert score_of(SHEET, marks, (1, 10)) == value


@pytest.mark.parametrize(
    ("marks", "code", "criterion"),
    [
        ({"impact": None, "steady": 6, "story": 3}, "required", "impact"),
        ({"impact": 9, "story": 3}, "not_answered", "steady"),
        ({"impact": 9, "steady": 6}, "not_answered", "story"),
        ({"impact": 11, "steady": 6, "story": 3}, "outside_scale", "impact"),
        ({"impact": 9, "steady": 0, "story": 3}, "outside_scale", "steady"),
        ({"impact": 9, "steady": Decimal("10.01"), "story": 3}, "outside_scale", "steady"),
        ({"impact": Decimal("NaN"), "steady": 6, "story": 3}, "outside_scale", "impact"),
        ({"impact": Decimal("Infinity"), "steady": 6, "story": 3}, "outside_scale", "impact"),
        ({"impact": 9, "steady": 6, "story": 3, "hours": 400}, "unknown_criterion", "hours"),
    ],
)
def test_a_sheet_that_is_not_whole_is_refused(marks: Any, code: str, criterion: str) -> None:
    with pytest.raises(InvalidMarks) as refusal:
        score_of(SHEET, marks, (1, 10))
    assert (refusal.value.code, refusal.value.criterion) == (code, criterion)


def test_a_sheet_of_nothing_but_n_a_is_no_score() -> None:
    with pytest.raises(InvalidMarks) as refusal:
        score_of((STORY,), {"story": None}, (1, 10))
    assert refusal.value.code == "no_marks"


@given(st.lists(st.integers(1, 10), min_size=3, max_size=3), st.integers(1, 9))
def test_a_score_stays_between_its_marks_whatever_the_unit_of_weight(
    marks: list[int], factor: int
) -> None:
    sheet = dict(zip(("impact", "steady", "story"), marks, strict=True))
    value = score_of(SHEET, sheet, (1, 10))
    assert min(marks) <= value <= max(marks)
    heavier = tuple(Criterion(one.code, one.weight * factor) for one in SHEET)
    assert score_of(heavier, sheet, (1, 10)) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(22, 3), "7.33"),
        (Fraction(23, 3), "7.67"),
        (Fraction(1401, 200), "7.01"),
        (Fraction(1399, 200), "7.00"),
        (Fraction(7), "7.00"),
        (Fraction(-1, 3), "-0.33"),
        (7.0049999999999, "7.01"),
        (7.005000000001, "7.01"),
        (7.00499, "7.00"),
        (1e-12, "0.00"),
    ],
)
def test_scores_are_published_to_a_hundredth(value: Fraction | float, shown: str) -> None:
    assert str(published(value)) == shown


def test_a_barred_score_never_counts() -> None:
    scores = [score("n0", "j0", 9), score("n0", "j1", 3), score("n1", "j0", 5)]
    assert [one.value for one in counted(scores, {Pair("n0", "j0")})] == [3, 5]
    assert list(counted(scores, {one.pair for one in scores})) == []


def test_a_pair_with_two_scores_is_refused() -> None:
    with pytest.raises(ValueError, match="j0 scored n0 twice"):
        counted([score("n0", "j0", 9), score("n0", "j0", 8)], ())


def test_the_order_in_which_scores_arrive_makes_no_difference() -> None:
    scores = [score("n1", "j0", 5), score("n0", "j1", 3), score("n0", "j0", 9)]
    held = counted(scores, ())
    assert held == counted(reversed(scores), ())
    assert list(held.by_nominee()) == ["n0", "n1"]
    assert {name: len(several) for name, several in held.by_juror().items()} == {"j0": 2, "j1": 1}
    assert [one.pair for one in held.without("j0")] == [("n0", "j1")]
    assert [one.pair for one in held.of({"n1"})] == [("n1", "j0")]
