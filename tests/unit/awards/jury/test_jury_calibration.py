"""The shrunk additive model, held against a dense solution of the mixed model equations."""

import math
import random
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from birge_awards.domain.jury.calibration import (
    DEFAULT_RATIOS,
    Ratios,
    Severity,
    Uncalibrated,
    calibrate,
)
from birge_awards.domain.jury.components import components
from birge_awards.domain.jury.scoring import Score, counted
from birge_awards.domain.jury.variances import (
    RATIO_MAX,
    RATIO_MIN,
    estimated_ratios,
    variances,
)
from tests.unit.awards.jury.ballots import all_of, ballots, score

ratios = st.builds(Ratios, st.floats(0.05, 20), st.floats(0.05, 20))


class Dense:
    """BLUP and its errors from the marginal covariance V, without Henderson's equations.

    V = I-weights + Z_q Z_q'/κ + Z_b Z_b'/λ (in units of σ²); m by generalised least squares,
    q + m as its covariance with the scores times V⁻¹(y − m), errors by the textbook formula.
    """

    def __init__(self, scores: list[Score], given: Ratios) -> None:
        self.nominees = sorted({one.nominee for one in scores})
        by_juror: dict[str, list[Fraction]] = {}
        for one in scores:
            by_juror.setdefault(one.juror, []).append(one.value)
        self.jurors = sorted(
            name for name, values in by_juror.items() if len(values) >= 5 and len(set(values)) > 1
        )
        n = len(scores)
        z_q = np.array([[one.nominee == name for name in self.nominees] for one in scores], float)
        z_b = np.array([[one.juror == name for name in self.jurors] for one in scores], float)
        z_b = z_b.reshape(n, len(self.jurors))
        y = np.array([float(one.value) for one in scores])
        r = np.diag([1.0 if one.is_confident else 2.0 for one in scores])
        g_q, g_b = (
            np.eye(len(self.nominees)) / given.kappa,
            np.eye(len(self.jurors)) / given.lambda_,
        )
        v = r + z_q @ g_q @ z_q.T + z_b @ g_b @ z_b.T
        inverse = np.linalg.inv(v)
        x = np.ones((n, 1))
        of_m = 1 / (x.T @ inverse @ x).item()
        self.m = of_m * (x.T @ inverse @ y).item()
        self.q = g_q @ z_q.T @ inverse @ (y - self.m)
        self.b = g_b @ z_b.T @ inverse @ (y - self.m)
        # REML: y'Py/(n − 1), P the projection that takes m out.
        p = inverse - of_m * inverse @ x @ x.T @ inverse
        self.sigma2 = float(y @ p @ y) / (n - 1) if n > 1 else math.nan
        # Var(m̂ + q̂ − m − q) = G − GZ'PZG + terms of m̂, gathered by t = 1 − GZ'V⁻¹1.
        c = g_q @ z_q.T
        t = np.ones((len(self.nominees), 1)) - c @ inverse @ x
        self.errors = g_q - c @ inverse @ c.T + of_m * t @ t.T


@settings(max_examples=60, deadline=None)
@given(ballots(), ratios)
def test_it_is_the_best_linear_unbiased_prediction(scores: list[Score], given: Ratios) -> None:
    found, dense = calibrate(counted(scores, ()), given), Dense(scores, given)
    assert found.mean == pytest.approx(dense.m, abs=1e-6)
    assert list(found.calibrated.values()) == pytest.approx(dense.m + dense.q, abs=1e-6)
    assert [found.severities[name].b for name in dense.jurors] == pytest.approx(dense.b, abs=1e-6)
    assert {name for name, one in found.severities.items() if not one.flag} == set(dense.jurors)
    if found.sigma is None:
        assert len(scores) == 1
        return
    assert found.sigma**2 == pytest.approx(dense.sigma2, abs=1e-6)
    for row, one in enumerate(dense.nominees):
        expected = dense.sigma2 * dense.errors[row, row]
        assert (found.standard_error(one) or 0) ** 2 == pytest.approx(expected, abs=1e-6)
    for (row, one), (column, other) in pairwise(enumerate(dense.nominees)):
        difference = dense.errors[row, row] + dense.errors[column, column]
        difference -= 2 * dense.errors[row, column]
        error = found.standard_error_of_difference(one, other)
        assert (error or 0) ** 2 == pytest.approx(dense.sigma2 * difference, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(ballots(), st.randoms(use_true_random=False))
def test_the_order_of_scores_changes_no_bit(scores: list[Score], mixed: Any) -> None:
    shuffled = list(scores)
    mixed.shuffle(shuffled)
    one, other = calibrate(counted(scores, ())), calibrate(counted(shuffled, ()))
    assert one == other
    assert list(map(one.standard_error, one.calibrated)) == list(
        map(other.standard_error, other.calibrated)
    )


def test_by_hand_a_single_score_is_its_own_mean() -> None:
    found = calibrate(all_of({"n0": {"j0": 7}}))
    assert found.calibrated == {"n0": pytest.approx(7)}
    assert found.sigma is None
    assert found.standard_error("n0") is None
    assert found.standard_error_of_difference("n0", "n0") is None


def test_by_hand_two_nominees_are_drawn_to_their_mean() -> None:
    """One juror with two scores has b = 0: q = Σ(s − m)/(n + κ) = ±2/(1 + ½)."""
    found = calibrate(all_of({"n0": {"j0": 8}, "n1": {"j0": 4}}))
    assert found.mean == pytest.approx(6)
    assert found.calibrated == {"n0": pytest.approx(6 + 4 / 3), "n1": pytest.approx(6 - 4 / 3)}
    assert found.severities == {"j0": Severity(0.0, 2, Uncalibrated.FEW_SCORES)}
    # y'He = 8·(2/3) − 4·(2/3), over n − 1 = 1.
    assert found.sigma == pytest.approx(math.sqrt(8 / 3))
    # Of q₀ − q₁ with κ = ½: each 1/(1 + ½), and m has no part in it.
    error = found.standard_error_of_difference("n0", "n1")
    assert error == pytest.approx(math.sqrt(8 / 3 * 2 / 1.5))


def test_by_hand_a_harsh_juror_is_corrected() -> None:
    """Two jurors read the same five: b = ∓1 · 5/(5 + λ), as every nominee's mean is m + q's own."""
    rows = {f"n{n}": {"harsh": 3 + n, "kind": 5 + n} for n in range(5)}
    found = calibrate(all_of(rows))
    assert found.severities["kind"].b == pytest.approx(5 / 6)
    assert found.severities["harsh"].b == pytest.approx(-5 / 6)
    assert found.calibrated["n0"] == pytest.approx(6 - 2 * 2 / 2.5)


def test_jurors_of_few_scores_or_no_spread_are_flagged_and_not_corrected() -> None:
    rows = {
        f"n{n}": {"even": 7, "few": 2 + n, "whole": 3 + n} if n < 4 else {"even": 7, "whole": 3 + n}
        for n in range(5)
    }
    severities = calibrate(all_of(rows)).severities
    assert severities["even"] == Severity(0.0, 5, Uncalibrated.NO_SPREAD)
    assert severities["few"] == Severity(0.0, 4, Uncalibrated.FEW_SCORES)
    assert severities["whole"].flag is None


def test_a_score_without_confidence_counts_half() -> None:
    """m + q of a nominee alone: the weighted mean of 9 and 3 with 1 and ½."""
    scores = [score("n0", "j0", 9), score("n0", "j1", 3, confident=False)]
    assert calibrate(counted(scores, ())).calibrated["n0"] == pytest.approx(7)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(-3, 3))
def test_a_constant_added_to_one_jurors_scores_hardly_moves_anybody(seed: int, shift: int) -> None:
    """All jurors read all: the raw means move by shift/J alike, and so does everything."""
    drawn = random.Random(seed)
    scores = [score(f"n{n}", f"j{j}", drawn.randint(1, 10)) for n in range(8) for j in range(4)]
    moved = [
        score(one.nominee, one.juror, str(one.value + shift)) if one.juror == "j0" else one
        for one in scores
    ]
    before, after = calibrate(counted(scores, ())), calibrate(counted(moved, ()))
    flagged = [*before.severities.values(), *after.severities.values()]
    if any(one.flag for one in flagged):
        return
    for one, other in pairwise(before.calibrated):
        apart = before.calibrated[one] - before.calibrated[other]
        assert after.calibrated[one] - after.calibrated[other] == pytest.approx(apart, abs=1e-9)


def test_where_jurors_read_different_nominees_the_harsh_ones_nominees_gain() -> None:
    drawn = random.Random(5)
    truth = {f"n{n:02}": drawn.gauss(0, 1) for n in range(30)}
    harsh = {f"j{j}": drawn.gauss(0, 1) for j in range(6)}
    scores = [
        score(name, juror, str(round(6 + quality + harsh[juror] + drawn.gauss(0, 0.3), 2)))
        for name, quality in truth.items()
        for juror in drawn.sample(sorted(harsh), 3)
    ]
    found = calibrate(counted(scores, ()))
    raw = {name: 0.0 for name in truth}
    for one in scores:
        raw[one.nominee] += float(one.value) / 3
    right = list(truth.values())
    of_calibrated = np.corrcoef(right, [found.calibrated[name] for name in truth])[0, 1]
    assert of_calibrated > np.corrcoef(right, [raw[name] for name in truth])[0, 1] + 0.05


@pytest.mark.parametrize(("kappa", "lambda_"), [(0, 1), (1, 0), (-1, 1), (math.inf, 1)])
def test_a_ratio_that_pulls_not_at_all_or_wholly_is_refused(kappa: float, lambda_: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        Ratios(kappa, lambda_)


def test_nothing_cannot_be_calibrated() -> None:
    with pytest.raises(ValueError, match="nothing"):
        calibrate(counted([], ()))


def test_parts_without_a_common_juror_are_told_apart() -> None:
    scores = all_of({"n0": {"j0": 1}, "n1": {"j0": 2, "j1": 3}, "n2": {"j2": 4}, "n3": {"j1": 5}})
    assert components(scores) == (frozenset({"n0", "n1", "n3"}), frozenset({"n2"}))
    assert components(counted([], ())) == ()


def test_by_hand_variances_of_a_whole_table_are_those_of_the_analysis_of_variance() -> None:
    """Sums of squares 21, 6 and 1 of nominees, jurors and rest, with 2, 1 and 2 degrees."""
    rows = {"n0": {"j0": 8, "j1": 6}, "n1": {"j0": 6, "j1": 5}, "n2": {"j0": 4, "j1": 1}}
    found = variances(all_of(rows))
    assert found is not None
    # Means 7, 5.5, 2.5 of nominees and 6, 4 of jurors, 5 of all.
    assert found.noise == pytest.approx(1 / 2)
    assert found.nominees == pytest.approx((21 / 2 - 0.5) / 2)
    assert found.jurors == pytest.approx((6 / 1 - 0.5) / 3)


TWO_PARTS = [
    score(f"{part}{n}", f"{part}j{j}", (n * n + 3 * j + n * j * shift) % 10 + 1)
    for part, shift in (("a", 1), ("b", 4))
    for n in range(4)
    for j in range(3)
]


@settings(max_examples=40, deadline=None)
@given(ballots(least=12))
@example(TWO_PARTS)
def test_variances_are_those_of_dense_projections(scores: list[Score]) -> None:
    """E(y'(P₁ − P₂)y) by traces of dense matrices, with weights."""
    held = counted(scores, ())
    found = variances(held)
    if found is None:
        return
    ordered = list(held)
    z_q, z_b = (
        np.array([[getattr(one, what) == name for name in names] for one in ordered], float)
        for what, names in (("nominee", held.by_nominee()), ("juror", held.by_juror()))
    )
    root = np.diag([1.0 if one.is_confident else math.sqrt(0.5) for one in ordered])
    y = root @ np.array([float(one.value) for one in ordered])
    z_q, z_b = root @ z_q, root @ z_b
    p_q, p_b, p = (z @ np.linalg.pinv(z) for z in (z_q, z_b, np.hstack([z_q, z_b])))
    left = np.eye(len(y)) - p
    noise = float(y @ left @ y) / round(np.trace(left))
    assert found.noise == pytest.approx(noise, abs=1e-6)
    for of, z, smaller in ((found.nominees, z_q, p_b), (found.jurors, z_b, p_q)):
        between = p - smaller
        expected = float(y @ between @ y) - noise * float(np.trace(between))
        assert of * float(np.trace(z.T @ between @ z)) == pytest.approx(expected, abs=1e-6)


def test_ratios_are_estimated_from_thirty_scores_on() -> None:
    drawn = random.Random(1)
    scores = [
        score(f"n{n}", f"j{j}", str(round(drawn.gauss(6, 1) + n / 2 + j / 2, 2)))
        for n in range(10)
        for j in range(3)
    ]
    assert estimated_ratios(counted(scores[:29], ())) == DEFAULT_RATIOS
    found = estimated_ratios(counted(scores, ()))
    assert found.estimated_from == 30
    assert RATIO_MIN < found.kappa < RATIO_MAX


def test_estimates_come_near_the_truth_with_many_scores() -> None:
    drawn = random.Random(2)
    jurors = {f"j{j}": drawn.gauss(0, 1.0) for j in range(60)}
    scores = []
    for n in range(300):
        quality = drawn.gauss(0, 2.0)
        for juror in drawn.sample(sorted(jurors), 5):
            value = 20 + quality + jurors[juror] + drawn.gauss(0, 1.0)
            scores.append(score(f"n{n}", juror, str(round(value, 3))))
    found = estimated_ratios(counted(scores, ()))
    assert found.kappa == pytest.approx(1 / 4, rel=0.25)
    assert found.lambda_ == pytest.approx(1, rel=0.35)


def test_estimates_stay_within_bounds_where_there_is_nothing_to_estimate() -> None:
    same = all_of({f"n{n}": {f"j{j}": 5 for j in range(3)} for n in range(10)})
    assert estimated_ratios(same) == Ratios(RATIO_MAX, RATIO_MAX, 30)
    without_noise = all_of({f"n{n}": {f"j{j}": n + j for j in range(3)} for n in range(10)})
    assert estimated_ratios(without_noise) == Ratios(RATIO_MIN, RATIO_MIN, 30)
    apart = all_of({f"n{n}": {f"j{n}": n} for n in range(30)})
    assert estimated_ratios(apart) == DEFAULT_RATIOS
