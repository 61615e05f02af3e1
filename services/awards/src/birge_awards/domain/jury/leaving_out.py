"""The ranking again without each juror: only what a juror's scores touch is computed anew.

A whole ranking for each of 120 jurors over 400 nominees took seven seconds of a signature's time.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import numpy as np

from birge_awards.domain.cycle.policy import CALIBRATED
from birge_awards.domain.jury.calibration import Equations, equations_of
from birge_awards.domain.jury.ranking import Ranking
from birge_awards.domain.jury.scoring import Counted, Score, published, published_mean

_ROUNDING = 0.02
"""Two scores further apart than this are unlike at the published precision too."""


class LeavingOut:
    """The ranking scores of the ranked by the same ratios, for one juror after another."""

    def __init__(self, scores: Counted, ranking: Ranking) -> None:
        self._ranked = {one.nominee: ranking.ranking_score(one) for one in ranking.ranked()}
        self._by_nominee = scores.by_nominee()
        self._by_juror = scores.by_juror()
        self._equations: Equations | None = None
        if self._ranked and ranking.rules.ranks_by == CALIBRATED:
            part = self._connected(next(iter(self._ranked)), None)
            of_part = scores.of(part)
            self._equations = equations_of(of_part, ranking.ratios)
            self._jurors = np.array([one.juror for one in of_part])

    def without(self, juror: str, places: int) -> Mapping[str, Decimal] | None:
        """The scores of those who may have one of so many places; None without a common order.

        Who has no other juror is not among them.
        """
        touched = {one.nominee for one in self._by_juror[juror]}
        left = [one for one in self._ranked if one not in touched or len(self._by_nominee[one]) > 1]
        if not left:
            return {}
        part = self._connected(left[0], juror)
        if not part.issuperset(left):
            return None
        if self._equations is not None:
            return self._calibrated(self._equations, juror, part, left, places)
        return {
            one: self._mean_without(one, juror) if one in touched else self._ranked[one]
            for one in left
        }

    def _mean_without(self, nominee: str, juror: str) -> Decimal:
        return published_mean([one.value for one in _others(self._by_nominee[nominee], juror)])

    def _calibrated(
        self, equations: Equations, juror: str, part: set[str], left: list[str], places: int
    ) -> Mapping[str, Decimal]:
        in_part = np.array([one in part for one in equations.nominees])
        counts = in_part[equations.rows] & (self._jurors != juror)
        found = equations.solved(np.where(counts, equations.weights, 0.0))
        scores = dict(zip(equations.nominees, (found.mean + found.quality).tolist(), strict=True))
        # Exact rounding is slow: it is left to those near the last place and above.
        lowest = sorted((scores[one] for one in left), reverse=True)[:places][-1] - _ROUNDING
        return {one: published(scores[one]) for one in left if scores[one] >= lowest}

    def _connected(self, first: str, without: str | None) -> set[str]:
        """The nominees whom a chain of shared jurors connects with this one."""
        part, seen, steps = {first}, {without}, [first]
        while steps:
            for score in self._by_nominee[steps.pop()]:
                if score.juror not in seen:
                    seen.add(score.juror)
                    new = {one.nominee for one in self._by_juror[score.juror]} - part
                    part |= new
                    steps += new
        return part


def _others(scores: Iterable[Score], juror: str) -> list[Score]:
    return [one for one in scores if one.juror != juror]
