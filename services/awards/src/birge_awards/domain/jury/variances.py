"""How much of the spread of scores is nominees, jurors, and noise: Henderson's third method.

Sums of squares of nested fits, set equal to their expectations (C. R. Henderson, Biometrics 9,
1953; S. R. Searle and others, Variance Components, 5.5). In closed form, unbiased for designs of
any shape, and without an iteration that might end elsewhere on another machine.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from birge_awards.domain.jury.calibration import (
    DEFAULT_RATIOS,
    Floats,
    Ratios,
    score_weights,
)
from birge_awards.domain.jury.components import components
from birge_awards.domain.jury.scoring import Counted

SCORES_TO_ESTIMATE_MIN = 30
"""With fewer scores the ratios are those fixed in advance."""
RATIO_MIN, RATIO_MAX = 1 / 20, 20.0
"""Where estimates stop: chance makes variances of nearly nothing, and even ones below zero."""


class Variances(NamedTuple):
    """σ², σ_q² and σ_b², on the scale of the scores squared; estimates, so the last may be < 0."""

    noise: float
    nominees: float
    jurors: float


def estimated_ratios(scores: Counted) -> Ratios:
    """κ and λ of these scores, best of a whole cycle; the defaults where they are too few."""
    found = variances(scores) if len(scores) >= SCORES_TO_ESTIMATE_MIN else None
    if found is None:
        return DEFAULT_RATIOS
    return Ratios(
        _ratio(found.noise, found.nominees), _ratio(found.noise, found.jurors), len(scores)
    )


def _ratio(noise: float, of: float) -> float:
    return RATIO_MAX if of <= 0 else min(max(noise / of, RATIO_MIN), RATIO_MAX)


def variances(scores: Counted) -> Variances | None:
    """The estimates; None where the design leaves nothing to tell noise by."""
    nominees, rows = _numbered([one.nominee for one in scores])
    jurors, columns = _numbered([one.juror for one in scores])
    parts = len(components(scores))
    degrees_of_freedom = len(scores) - (nominees + jurors - parts)
    # Each of the other two needs a degree of its own beyond the parts.
    if degrees_of_freedom < 1 or nominees <= parts or jurors <= parts:
        return None
    weights = score_weights(scores)
    values = np.array([float(one.value) for one in scores])
    values -= np.average(values, weights=weights)
    table = np.zeros((nominees, jurors))
    table[rows, columns] = weights
    by_nominee, by_juror = table.sum(axis=1), table.sum(axis=0)
    sums_of_nominees = np.bincount(rows, weights * values)
    sums_of_jurors = np.bincount(columns, weights * values)
    explained_by_nominees = float((sums_of_nominees**2 / by_nominee).sum())
    explained_by_jurors = float((sums_of_jurors**2 / by_juror).sum())
    scaled = table / by_nominee[:, None]
    # One zero eigenvalue for each part: severities are told only up to a constant inside it.
    reduced = np.diag(by_juror) - table.T @ scaled
    rest = sums_of_jurors - scaled.T @ sums_of_nominees
    severity: Floats = np.linalg.lstsq(reduced, rest, rcond=None)[0]
    explained = explained_by_nominees + float(rest @ severity)
    noise = max(float((weights * values) @ values) - explained, 0.0) / degrees_of_freedom
    total = float(weights.sum())
    for_nominees = total - float(((table**2).sum(axis=0) / by_juror).sum())
    for_jurors = total - float(((table**2).sum(axis=1) / by_nominee).sum())
    return Variances(
        noise,
        (explained - explained_by_jurors - noise * (nominees - parts)) / for_nominees,
        (explained - explained_by_nominees - noise * (jurors - parts)) / for_jurors,
    )


def _numbered(names: Sequence[str]) -> tuple[int, list[int]]:
    number = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return len(number), [number[name] for name in names]
