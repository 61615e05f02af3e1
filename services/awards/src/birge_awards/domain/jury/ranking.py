"""Raw mean and calibrated score side by side, and the places that one of them gives.

Places are given inside parts that share jurors, and only to nominees with a quorum. Equal at the
published precision is equal: in order of ids for display, with one place for all.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import fmean

from birge_awards.domain.cycle.policy import CALIBRATED, RAW_MEAN
from birge_awards.domain.jury.calibration import Calibration, Ratios, calibrate
from birge_awards.domain.jury.components import components
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.scoring import Counted, published, published_mean
from birge_awards.domain.jury.variances import estimated_ratios


class State(StrEnum):
    """Whether a nominee has a place. Nobody is left out of the list."""

    RANKED = "ranked"
    BELOW_QUORUM = "below_quorum"
    UNJUDGED = "unjudged"


class Status(StrEnum):
    """Whether all places are of one order."""

    COMPARABLE = "COMPARABLE"
    NOT_COMPARABLE = "NOT_COMPARABLE"


@dataclass(frozen=True)
class RankingRules:
    """What is fixed in advance: what ranks, and when a nominee has a quorum.

    `assigned_share_min` is of the jurors assigned, barred ones left out.
    """

    ranks_by: str
    reviews_min: int
    assigned_share_min: Fraction = Fraction(4, 5)

    def __post_init__(self) -> None:
        """Something must rank, and it takes a score to have one."""
        if self.ranks_by not in (RAW_MEAN, CALIBRATED):
            raise ValueError("the raw mean or the calibrated score ranks")
        if self.reviews_min < 1:
            raise ValueError("a quorum is at least one score")


@dataclass(frozen=True)
class Standing:
    """A nominee in the ranking; scores as published, None where there are none.

    `part` numbers the connected parts from 1; `place` is inside it, 1, 2, 2, 4.
    """

    nominee: str
    state: State
    scores: int
    assigned: int
    raw_mean: Decimal | None = None
    calibrated: Decimal | None = None
    standard_error: float | None = None
    part: int | None = None
    place: int | None = None


@dataclass(frozen=True)
class Ranking:
    """All nominees: by part and place, then those below quorum, then the unjudged."""

    standings: tuple[Standing, ...]
    rules: RankingRules
    ratios: Ratios
    calibrations: tuple[Calibration, ...]
    """By part, the first for part 1."""
    _noise: tuple[float | None, ...]
    """By part: the variance of scores around their nominee's raw mean."""

    @property
    def status(self) -> Status:
        """NOT_COMPARABLE where places are of several orders."""
        parts = {one.part for one in self.ranked()}
        return Status.NOT_COMPARABLE if len(parts) > 1 else Status.COMPARABLE

    def ranked(self) -> list[Standing]:
        """Those with a place."""
        return [one for one in self.standings if one.state == State.RANKED]

    def ranking_score(self, one: Standing) -> Decimal:
        """The score that the rules rank by."""
        score = one.calibrated if self.rules.ranks_by == CALIBRATED else one.raw_mean
        assert score is not None, "an unjudged nominee has no score"
        return score

    def standard_error_of_difference(self, one: Standing, other: Standing) -> float | None:
        """Of the ranking scores of two nominees of one part; None where nothing tells it.

        Of raw means it is that of two samples of jurors, as if no juror had read both.
        """
        assert one.part is not None, "an unjudged nominee has no part"
        assert one.part == other.part, "parts cannot be compared"
        if self.rules.ranks_by == CALIBRATED:
            fitted = self.calibrations[one.part - 1]
            return fitted.standard_error_of_difference(one.nominee, other.nominee)
        noise = self._noise[one.part - 1]
        return None if noise is None else math.sqrt(noise * (1 / one.scores + 1 / other.scores))


def rank(
    scores: Counted,
    assigned: Mapping[str, Collection[str]],
    rules: RankingRules,
    ratios: Ratios | None = None,
) -> Ranking:
    """The ranking of all nominees in `assigned`, which says who was to read whom.

    Each part is fitted by itself, so that no place depends on a jury that never read there.
    Without `ratios` they are estimated from these scores. Raises ValueError for a score that was
    not asked for: the sheet of a juror who was not assigned.
    """
    if strangers := [one.pair for one in scores if one.juror not in assigned.get(one.nominee, ())]:
        raise ValueError(f"{strangers[0].juror} was not to read {strangers[0].nominee}")
    by_nominee = scores.by_nominee()
    ratios = ratios or estimated_ratios(scores)
    standings: list[Standing] = []
    calibrations: list[Calibration] = []
    noise: list[float | None] = []
    for part, nominees in enumerate(components(scores), 1):
        of_part = scores.of(nominees)
        fitted = calibrate(of_part, ratios)
        calibrations.append(fitted)
        noise.append(_noise_around_means(of_part))
        standings += [
            Standing(
                nominee=nominee,
                state=_state(scores.barred, nominee, len(by_nominee[nominee]), assigned, rules),
                scores=len(by_nominee[nominee]),
                assigned=_unbarred(scores.barred, nominee, assigned),
                raw_mean=published_mean([one.value for one in by_nominee[nominee]]),
                calibrated=published(fitted.calibrated[nominee]),
                standard_error=fitted.standard_error(nominee),
                part=part,
            )
            for nominee in sorted(nominees)
        ]
    standings += [
        Standing(nominee, State.UNJUDGED, 0, _unbarred(scores.barred, nominee, assigned))
        for nominee in sorted(assigned.keys() - by_nominee.keys())
    ]
    unplaced = Ranking(tuple(standings), rules, ratios, tuple(calibrations), tuple(noise))
    return replace(unplaced, standings=tuple(_placed(standings, unplaced.ranking_score)))


def _unbarred(
    barred: Collection[Pair], nominee: str, assigned: Mapping[str, Collection[str]]
) -> int:
    return sum(Pair(nominee, juror) not in barred for juror in set(assigned[nominee]))


def _state(
    barred: Collection[Pair],
    nominee: str,
    number: int,
    assigned: Mapping[str, Collection[str]],
    rules: RankingRules,
) -> State:
    share = Fraction(number, _unbarred(barred, nominee, assigned))
    enough = number >= rules.reviews_min and share >= rules.assigned_share_min
    return State.RANKED if enough else State.BELOW_QUORUM


def _noise_around_means(scores: Counted) -> float | None:
    by_nominee = [[float(one.value) for one in several] for several in scores.by_nominee().values()]
    degrees_of_freedom = len(scores) - len(by_nominee)
    if degrees_of_freedom < 1:
        return None
    squares = ((value - fmean(values)) ** 2 for values in by_nominee for value in values)
    return math.fsum(squares) / degrees_of_freedom


def _placed(
    standings: Sequence[Standing], ranking_score: Callable[[Standing], Decimal]
) -> Iterator[Standing]:
    """The ranked with their places, then the rest in their order."""
    by_part: dict[int | None, list[Standing]] = {}
    for one in standings:
        if one.state == State.RANKED:
            by_part.setdefault(one.part, []).append(one)
    for several in by_part.values():
        place = 0
        before: Decimal | None = None
        in_order = sorted(several, key=lambda one: (-ranking_score(one), one.nominee))
        for number, one in enumerate(in_order, 1):
            score = ranking_score(one)
            place = place if score == before else number
            before = score
            yield replace(one, place=place)
    for state in (State.BELOW_QUORUM, State.UNJUDGED):
        yield from (one for one in standings if one.state == state)
