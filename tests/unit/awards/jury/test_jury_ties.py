"""The way out of a tie: which step decides, in which order, and when people must act."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_awards.domain.cycle.policy import TIE_STEPS, Criterion
from birge_awards.domain.jury.deliberation import (
    CastingVote,
    Deliberation,
    ExtraScores,
    InvalidDeliberation,
    OpenVote,
)
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.scoring import Score, counted
from birge_awards.domain.jury.ties import Decided, Resolution, TieRules, Waiting, resolve
from tests.unit.awards.jury.ballots import Table, all_of, ballots, table

CRITERIA = (Criterion("impact", 3), Criterion("steady", 2), Criterion("reach", 2))
RULES = TieRules(TIE_STEPS, CRITERIA)
EVEN: Table = {"n0": {"a": 7, "b": 8}, "n1": {"a": 8, "b": 7}}
"""A majority for nobody, and the same scores."""
TIED = frozenset({"n0", "n1"})
MEMBERS = frozenset({"m1", "m2", "m3"})


def without(*steps: str) -> TieRules:
    return replace(RULES, chain=tuple(step for step in TIE_STEPS if step not in steps))


def resolved(
    rows: Table, rules: TieRules = RULES, said: Mapping[frozenset[str], Deliberation] | None = None
) -> Resolution:
    return resolve(rows, all_of(rows), rules, said)


def test_most_of_those_who_scored_both_decide() -> None:
    """Equal means of 7; two of three prefer n0."""
    found = resolved({"n0": {"a": 8, "b": 8, "c": 5}, "n1": {"a": 7, "b": 7, "c": 7}})
    assert found.order == (("n0",), ("n1",))
    assert found.decided == (
        Decided("majority_of_common_judges", ("n0", "n1"), (("n0",), ("n1",))),
    )


def test_who_scored_only_one_of_them_has_no_voice_in_the_majority() -> None:
    found = resolved({"n0": {"a": 6, "x": 9, "y": 9}, "n1": {"a": 8, "b": 8, "z": 8}})
    assert found.order == (("n1",), ("n0",))
    assert found.decided[0].step == "majority_of_common_judges"


def test_a_preference_that_is_not_shown_is_none() -> None:
    found = resolved({"n0": {"a": "7.001", "b": 6}, "n1": {"a": "7.004", "b": 6}})
    assert found.waiting == (Waiting("extra_blind_judge", ("n0", "n1")),)


def test_jurors_who_prefer_in_a_ring_leave_the_three_equal_above_the_fourth() -> None:
    rows = {
        "n0": {"a": 9, "b": 7, "c": 8},
        "n1": {"a": 8, "b": 9, "c": 7},
        "n2": {"a": 7, "b": 8, "c": 9},
        "n3": {"a": 1, "b": 1, "c": 1},
    }
    found = resolved(rows)
    assert found.order == (("n0", "n1", "n2"), ("n3",))
    assert found.decided[0].into == found.order
    assert found.waiting == (Waiting("extra_blind_judge", ("n0", "n1", "n2")),)


@pytest.mark.parametrize(
    "beats",
    [
        # Nobody is against n2, so it stands between n0 and n1 and holds them together.
        [("n0", "n1")],
        # A ring of four through all of them, though n0 and n1 beat more than n2 and n3.
        [("n0", "n1"), ("n1", "n2"), ("n2", "n3"), ("n3", "n0"), ("n0", "n2"), ("n1", "n3")],
    ],
)
def test_a_majority_parts_only_those_whom_nothing_leads_back(
    beats: list[tuple[str, str]],
) -> None:
    rows: dict[str, dict[str, int | str]] = {}
    for winner, loser in beats:
        rows.setdefault(winner, {})[winner + loser] = 9
        rows.setdefault(loser, {})[winner + loser] = 1
    rows.setdefault("n2", {})["alone"] = 5
    found = resolved(rows, replace(RULES, chain=TIE_STEPS[:1]))
    assert found.order == (tuple(sorted(rows)),)
    assert found.waiting == (Waiting(None, tuple(sorted(rows))),)


def test_then_the_higher_best_score_and_the_next() -> None:
    found = resolved({"n0": {"a": 9, "b": 5}, "n1": {"c": 8, "d": 6}})
    assert found.decided == (Decided("count_back", ("n0", "n1"), (("n0",), ("n1",))),)
    found = resolved({"n0": {"a": 9, "b": 5, "e": 4}, "n1": {"c": 9, "d": 6, "f": 3}})
    assert found.order == (("n1",), ("n0",))


def test_missing_scores_count_below_the_lowest() -> None:
    found = resolved({"n0": {"a": 7, "b": 7}, "n1": {"c": 7, "d": 7, "e": 7}})
    assert found.decided == (Decided("count_back", ("n0", "n1"), (("n1",), ("n0",))),)


def marked(nominee: str, juror: str, **marks: int | None) -> Score:
    """Everybody's score is 7, whatever the marks."""
    return Score(nominee, juror, Fraction(7), marks)


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        ({"impact": 8, "steady": 5}, {"impact": 7, "steady": 9}, "n0"),
        ({"impact": 7, "steady": 5, "reach": 8}, {"impact": 7, "steady": 6, "reach": 8}, "n1"),
        # Criteria of equal weight are one together: 12 against 13.
        ({"impact": 7, "steady": 9, "reach": 3}, {"impact": 7, "steady": 6, "reach": 7}, "n1"),
        # The heaviest does not apply to one of them, so the next decides.
        ({"impact": None, "steady": 9}, {"impact": 10, "steady": 6}, "n0"),
    ],
)
def test_then_the_heaviest_criterion_and_the_next(first: Any, second: Any, winner: str) -> None:
    scores = counted([marked("n0", "a", **first), marked("n1", "a", **second)], ())
    found = resolve(["n0", "n1"], scores, RULES)
    assert found.order[0] == (winner,)
    assert [one.step for one in found.decided] == ["heaviest_criteria"]


def test_then_people_are_needed() -> None:
    assert resolved(EVEN) == Resolution(
        (("n0", "n1"),), waiting=(Waiting("extra_blind_judge", ("n0", "n1")),)
    )


EXTRA = ExtraScores("extra", {"n0": Fraction(6), "n1": Fraction(7)})
SAME = ExtraScores("extra", {"n0": Fraction(6), "n1": Fraction("6.001")})
VOTE = OpenVote(MEMBERS, {"m1": "n0", "m2": "n0", "m3": "n1"})
SPLIT = OpenVote(MEMBERS, {"m1": "n0", "m2": "n1"})
CHAIR = CastingVote("chair", ("n1", "n0"), "The longer service to hospices.")


@pytest.mark.parametrize(
    ("said", "rules", "winner", "step"),
    [
        (Deliberation(extra=EXTRA), RULES, "n1", "extra_blind_judge"),
        (Deliberation(extra=EXTRA, vote=VOTE), RULES, "n1", "extra_blind_judge"),
        (Deliberation(extra=SAME), RULES, None, "open_vote"),
        (Deliberation(no_extra_judge="All others are conflicted."), RULES, None, "open_vote"),
        (Deliberation(vote=VOTE), RULES, None, "extra_blind_judge"),
        (Deliberation(extra=SAME, vote=VOTE), RULES, "n0", "open_vote"),
        (Deliberation(vote=VOTE), without("extra_blind_judge"), "n0", "open_vote"),
        (Deliberation(extra=SAME, vote=SPLIT), RULES, None, "chair_with_reason"),
        (Deliberation(extra=SAME, vote=SPLIT, casting=CHAIR), RULES, "n1", "chair_with_reason"),
        # One of three is no quorum of two thirds, and nobody at all is none either.
        (
            Deliberation(extra=SAME, vote=OpenVote(MEMBERS, {"m1": "n0"}), casting=CHAIR),
            RULES,
            None,
            "open_vote",
        ),
        (Deliberation(extra=SAME, vote=OpenVote(frozenset(), {})), RULES, None, "open_vote"),
        (
            Deliberation(extra=SAME, vote=SPLIT),
            without("chair_with_reason", "shared_award"),
            None,
            None,
        ),
    ],
)
def test_what_people_decide_counts_in_its_turn(
    said: Deliberation, rules: TieRules, winner: str | None, step: str | None
) -> None:
    found = resolved(EVEN, rules, {TIED: said})
    if winner is None:
        assert found == Resolution((("n0", "n1"),), waiting=(Waiting(step, ("n0", "n1")),))
    else:
        assert found.order[0] == (winner,)
        assert [one.step for one in found.decided] == [step]
        assert not found.waiting


def test_they_share_where_the_rules_allow_and_nothing_else_decided() -> None:
    found = resolved(EVEN, without("extra_blind_judge", "open_vote", "chair_with_reason"))
    assert found == Resolution(
        (("n0", "n1"),), (Decided("shared_award", ("n0", "n1"), (("n0", "n1"),)),)
    )


def test_who_is_left_after_a_step_begins_anew() -> None:
    """Jurors who scored all are split, count-back parts n2 off, and a majority parts the two."""
    rows = {
        "n0": {"a": 7, "b": 6, "c": 8},
        "n1": {"a": 8, "b": 7, "c": 6},
        "n2": {"a": 6, "b": 9, "c": 7},
    }
    found = resolved(rows)
    assert found.order == (("n2",), ("n1",), ("n0",))
    assert [(one.step, one.tied) for one in found.decided] == [
        ("count_back", ("n0", "n1", "n2")),
        ("majority_of_common_judges", ("n0", "n1")),
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Deliberation(extra=replace(EXTRA, juror="kin")), "conflict"),
        (Deliberation(extra=replace(EXTRA, juror="a")), "not_extra"),
        (Deliberation(extra=ExtraScores("extra", {"n0": Fraction(6)})), "not_scored"),
        (Deliberation(no_extra_judge=" "), "no_reason"),
        (Deliberation(vote=OpenVote(MEMBERS | {"kin"}, {"m1": "n0"})), "conflict"),
        (Deliberation(vote=OpenVote(MEMBERS, {"m9": "n0"})), "not_a_member"),
        (Deliberation(vote=OpenVote(MEMBERS, {"m1": "n7"})), "not_tied"),
        (Deliberation(casting=replace(CHAIR, chair="kin")), "conflict"),
        (Deliberation(casting=replace(CHAIR, order=("n0",))), "not_tied"),
        (Deliberation(casting=replace(CHAIR, order=("n0", "n0"))), "not_tied"),
        (Deliberation(casting=replace(CHAIR, reason="")), "no_reason"),
    ],
)
def test_people_cannot_decide_against_the_rules(said: Deliberation, code: str) -> None:
    scores = counted(table(EVEN), {Pair("n1", "kin")})
    with pytest.raises(InvalidDeliberation) as refusal:
        resolve(TIED, scores, RULES, {TIED: said})
    assert refusal.value.code == code


def test_a_barred_juror_prefers_nobody() -> None:
    rows = {"n0": {"a": 7, "b": 8, "kin": 9}, "n1": {"a": 8, "b": 7, "kin": 1}}
    scores = counted(table(rows), {Pair("n0", "kin"), Pair("n1", "kin")})
    assert resolve(TIED, scores, RULES).waiting == (Waiting("extra_blind_judge", ("n0", "n1")),)


def test_a_chain_of_its_own_order_is_refused() -> None:
    with pytest.raises(ValueError, match="fixed order"):
        TieRules(("count_back", "majority_of_common_judges"), CRITERIA)
    with pytest.raises(ValueError, match="fixed order"):
        TieRules(("alphabet",), CRITERIA)


def test_nobody_and_one_are_no_tie() -> None:
    assert resolve([], all_of(EVEN), RULES) == Resolution(())
    assert resolve(["n0"], all_of(EVEN), RULES) == Resolution((("n0",),))


@settings(max_examples=30, deadline=None)
@given(ballots(nominees=4, jurors=4, least=6), st.permutations(["w", "x", "y", "z"]))
def test_names_decide_nothing(scores: list[Score], names: list[str]) -> None:
    """Under other names, the same nominees stand in the same groups."""
    new = {f"n{number}": name for number, name in enumerate(names)}
    renamed = [replace(one, nominee=new[one.nominee]) for one in scores]
    tied = sorted({one.nominee for one in scores})
    found = resolve(tied, counted(scores, ()), RULES)
    again = resolve([new[one] for one in tied], counted(renamed, ()), RULES)
    assert [{new[one] for one in group} for group in found.order] == [
        set(group) for group in again.order
    ]
    assert sorted(one for group in found.order for one in group) == tied
    assert [one.step for one in found.decided] == [one.step for one in again.decided]
