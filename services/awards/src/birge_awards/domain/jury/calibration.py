"""Scores corrected for harsh and lenient jurors: the shrunk additive model m + q + b.

    s_ij = m + q_i + b_j + e_ij,   q ~ N(0, σ²/κ),  b ~ N(0, σ²/λ),  e_ij ~ N(0, σ²/h_ij)

q and b are best linear unbiased predictions: Henderson's mixed model equations, solved directly.
Nominees are eliminated first, which leaves a matrix of the jurors only. m + q_i is published, with
its standard error; b_j goes to the chair.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from birge_awards.domain.jury.scoring import Counted

Floats = npt.NDArray[np.float64]

LOW_CONFIDENCE_WEIGHT = 0.5
"""What a score counts whose juror was not sure (MacKay and others, 2017)."""
SCORES_TO_CALIBRATE_MIN = 5
"""A juror with fewer scores is taken as neither harsh nor lenient."""


@dataclass(frozen=True)
class Ratios:
    """κ = σ²/σ_q² and λ = σ²/σ_b²: how strongly nominees and jurors are drawn to the mean.

    `estimated_from` is a number of scores, 0 where the ratios were fixed in advance.
    """

    kappa: float
    lambda_: float
    estimated_from: int = 0

    def __post_init__(self) -> None:
        """Without any pull the equations of a single panel have no unique solution."""
        if not (0 < self.kappa < math.inf and 0 < self.lambda_ < math.inf):
            raise ValueError("both ratios are above zero and finite")


DEFAULT_RATIOS = Ratios(kappa=0.5, lambda_=1.0)


class Uncalibrated(StrEnum):
    """Why a juror's severity is taken as zero."""

    FEW_SCORES = "few_scores"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True)
class Severity:
    """b of a juror on the scale of the scores: below zero for a harsh one; `flag` where it is 0."""

    b: float
    scores: int
    flag: Uncalibrated | None = None


@dataclass(frozen=True)
class Calibration:
    """The fitted model of one set of scores.

    `calibrated` are m + q by nominee; `residuals` stand in the order of the scores. `sigma` is the
    standard deviation of the noise, None where there are too few scores to tell.
    """

    mean: float
    calibrated: Mapping[str, float]
    severities: Mapping[str, Severity]
    residuals: tuple[float, ...]
    ratios: Ratios
    sigma: float | None
    _spread: Mapping[str, tuple[float, Floats]] = field(repr=False, compare=False)
    """By nominee: 1/D, and its row in a factor of the rest of the inverse matrix."""

    def standard_error(self, nominee: str) -> float | None:
        """Of m + q of a nominee."""
        if self.sigma is None:
            return None
        own, row = self._spread[nominee]
        return self.sigma * math.sqrt(own + float(row @ row))

    def standard_error_of_difference(self, one: str, other: str) -> float | None:
        """Of the difference of two nominees; less than it seems where the same jurors read both."""
        if self.sigma is None:
            return None
        if one == other:
            return 0.0
        (own, row), (others, other_row) = self._spread[one], self._spread[other]
        apart = row - other_row
        return self.sigma * math.sqrt(own + others + float(apart @ apart))


@dataclass(frozen=True)
class Equations:
    """Henderson's equations of a set of scores; `rows` and `columns` say whose each score is.

    Column 0 is m; each juror who can be calibrated has one of the others.
    """

    nominees: tuple[str, ...]
    flags: Mapping[str, Uncalibrated | None]
    column_of: Mapping[str, int]
    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    weights: Floats
    values: Floats
    ratios: Ratios

    def solved(self, weights: Floats) -> "Solved":
        """The solution with these weights; a score of weight 0 is as if it had not been given."""
        width = 1 + len(self.column_of)
        judged = self.columns > 0
        diagonal = np.bincount(self.rows, weights, len(self.nominees)) + self.ratios.kappa
        border = np.zeros((len(self.nominees), width))
        border[:, 0] = diagonal - self.ratios.kappa
        np.add.at(border, (self.rows[judged], self.columns[judged]), weights[judged])
        right_q = np.bincount(self.rows, weights * self.values, len(self.nominees))
        right = np.bincount(self.columns, weights * self.values, width)
        right[0] = (weights * self.values).sum()
        load = np.bincount(self.columns, weights, width)
        corner = np.diag(load + self.ratios.lambda_)
        corner[0, 0] = weights.sum()
        corner[0, 1:] = corner[1:, 0] = load[1:]
        scaled = border / diagonal[:, None]
        # The Schur complement of the nominees: positive definite, since κ and λ are above zero.
        factor = np.linalg.cholesky(corner - border.T @ scaled)
        solution = np.linalg.solve(factor.T, np.linalg.solve(factor, right - scaled.T @ right_q))
        quality = right_q / diagonal - scaled @ solution
        return Solved(solution, quality, diagonal, scaled, factor)


@dataclass(frozen=True)
class Solved:
    """m and b, then q, and what their errors are made of."""

    solution: npt.NDArray[np.floating[Any]]
    quality: npt.NDArray[np.floating[Any]]
    diagonal: npt.NDArray[np.floating[Any]]
    scaled: npt.NDArray[np.floating[Any]]
    factor: npt.NDArray[np.floating[Any]]

    @property
    def mean(self) -> float:
        """m."""
        return float(self.solution[0])


def equations_of(scores: Counted, ratios: Ratios) -> Equations:
    """The equations of these scores; at least one. The order of arrival makes no difference."""
    if not len(scores):
        raise ValueError("there is nothing to calibrate")
    by_juror = scores.by_juror()
    flags = {juror: _flag([one.value for one in several]) for juror, several in by_juror.items()}
    nominees = tuple(scores.by_nominee())
    column_of = {juror: 1 + n for n, juror in enumerate(j for j in sorted(flags) if not flags[j])}
    row_of = {nominee: n for n, nominee in enumerate(nominees)}
    return Equations(
        nominees,
        flags,
        column_of,
        rows=np.array([row_of[one.nominee] for one in scores]),
        columns=np.array([column_of.get(one.juror, 0) for one in scores]),
        weights=score_weights(scores),
        values=np.array([float(one.value) for one in scores]),
        ratios=ratios,
    )


def calibrate(scores: Counted, ratios: Ratios = DEFAULT_RATIOS) -> Calibration:
    """The model of these scores; at least one. The order of arrival makes no difference."""
    equations = equations_of(scores, ratios)
    found = equations.solved(equations.weights)
    values, mean = equations.values, found.mean
    b = np.concatenate(([0.0], found.solution[1:]))
    residuals = values - mean - found.quality[equations.rows] - b[equations.columns]
    sigma = None
    if len(values) > 1:
        # The REML estimate for given ratios; m is the one fixed effect.
        squares = float((equations.weights * values) @ residuals)
        sigma = math.sqrt(max(squares, 0.0) / (len(values) - 1))
    unit = np.zeros(len(found.solution))
    unit[0] = 1.0
    spread = np.linalg.solve(found.factor, (unit - found.scaled).T).T
    nominees = equations.nominees
    return Calibration(
        mean=mean,
        calibrated={name: mean + float(q) for name, q in zip(nominees, found.quality, strict=True)},
        severities={
            juror: Severity(
                float(b[equations.column_of.get(juror, 0)]), len(several), equations.flags[juror]
            )
            for juror, several in sorted(scores.by_juror().items())
        },
        residuals=tuple(float(one) for one in residuals),
        ratios=ratios,
        sigma=sigma,
        _spread={
            name: (1 / float(own), row)
            for name, own, row in zip(nominees, found.diagonal, spread, strict=True)
        },
    )


def score_weights(scores: Counted) -> Floats:
    """h of each score: a half where the juror was not sure."""
    return np.array([1.0 if one.is_confident else LOW_CONFIDENCE_WEIGHT for one in scores])


def _flag(values: list[Fraction]) -> Uncalibrated | None:
    if len(values) < SCORES_TO_CALIBRATE_MIN:
        return Uncalibrated.FEW_SCORES
    has_spread = any(value != values[0] for value in values)
    return None if has_spread else Uncalibrated.NO_SPREAD
