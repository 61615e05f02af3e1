"""How much a result hangs on one juror, on jurors' own regions, and where jurors disagree."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from statistics import fmean, variance

from birge_awards.domain.jury.cut_line import require_comparable
from birge_awards.domain.jury.leaving_out import LeavingOut
from birge_awards.domain.jury.ranking import Ranking
from birge_awards.domain.jury.scoring import Counted

T_FLAGGED = 2.0
"""A difference of more standard errors than this is not put down to chance."""
NO_ERROR = 1e-9
"""Below this a standard error is what rounding left of zero."""
RANGE_TRIGGER = Fraction(2, 5)
"""A range of this share of the scale asks for one more juror."""
DEVIATION_TRIGGER = Fraction(1, 5)
"""So does a standard deviation above this share of the highest mark: 2 on a scale to 10."""


@dataclass(frozen=True)
class LeftOut:
    """What another set of laureates there would be without a juror's scores.

    `in_doubt` would tie on the cut line. Where the juror alone connects two parts there would be
    no common order: then `is_comparable` is False and the rest is empty.
    """

    juror: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    in_doubt: tuple[str, ...] = ()
    is_comparable: bool = True


def left_out(scores: Counted, ranking: Ranking, laureates: int) -> tuple[LeftOut, ...]:
    """The jurors whose scores decide who is a laureate, by id; none where the result is stable.

    The same nominees are ranked by the same ratios: this asks what one juror's scores do, not what
    a missing juror would do to a quorum. Raises NotComparable, as the cut line itself does.
    """
    require_comparable(ranking)
    before = {one.nominee: ranking.ranking_score(one) for one in ranking.ranked()}
    winners, on_line = _winners(before, laureates)
    again = LeavingOut(scores, ranking)
    changes = []
    for juror in scores.by_juror():
        left = again.without(juror, laureates)
        if left is None:
            changes.append(LeftOut(juror, is_comparable=False))
            continue
        now, now_on_line = _winners(left, laureates)
        gone, new = winners - now - now_on_line, now - winners - on_line
        in_doubt = now_on_line - on_line
        if gone or new or in_doubt:
            changes.append(LeftOut(juror, _listed(gone), _listed(new), _listed(in_doubt)))
    return tuple(changes)


def _listed(nominees: set[str]) -> tuple[str, ...]:
    return tuple(sorted(nominees))


def _winners(scores: Mapping[str, Decimal], laureates: int) -> tuple[set[str], set[str]]:
    """Laureates for certain, and those who tie on the line."""
    inside: set[str] = set()
    by_score = groupby(sorted(scores, key=scores.__getitem__, reverse=True), scores.__getitem__)
    for _, equal in by_score:
        group = set(equal)
        if len(inside) == laureates:
            break
        if len(inside) + len(group) > laureates:
            return inside, group
        inside |= group
    return inside, set()


@dataclass(frozen=True)
class HomeBias:
    """Mean residual of jurors at home less that of guests, in points; `region` None for all.

    What home jurors give alike to all nominees of their region is in part taken for quality by the
    model, so the difference is rather too small than too large. `t` is None where there are fewer
    than two scores on either side.
    """

    region: str | None
    home: int
    guests: int
    difference: float | None = None
    standard_error: float | None = None
    t: float | None = None

    @property
    def is_flagged(self) -> bool:
        """Whether it is more than chance."""
        return self.t is not None and abs(self.t) > T_FLAGGED


def home_bias(
    scores: Counted,
    ranking: Ranking,
    *,
    region_of_nominee: Mapping[str, str],
    region_of_juror: Mapping[str, str | None],
) -> tuple[HomeBias, ...]:
    """The bias over all regions, then of each region that has nominees here, by id."""
    home: dict[str, list[float]] = {}
    guests: dict[str, list[float]] = {}
    for nominee, juror, residual in _residuals(scores, ranking):
        region = region_of_nominee[nominee]
        side = home if region_of_juror[juror] == region else guests
        side.setdefault(region, []).append(residual)
    regions = sorted(home.keys() | guests.keys())
    return (
        _bias(None, _all(home), _all(guests)),
        *(_bias(region, home.get(region, []), guests.get(region, [])) for region in regions),
    )


def _residuals(scores: Counted, ranking: Ranking) -> Iterator[tuple[str, str, float]]:
    nominees_of: dict[int, set[str]] = {}
    for one in ranking.standings:
        if one.part is not None:
            nominees_of.setdefault(one.part, set()).add(one.nominee)
    for part, nominees in nominees_of.items():
        fitted = ranking.calibrations[part - 1]
        for score, residual in zip(scores.of(nominees), fitted.residuals, strict=True):
            yield score.nominee, score.juror, residual


def _all(by_region: Mapping[str, Sequence[float]]) -> list[float]:
    return [one for _, several in sorted(by_region.items()) for one in several]


def _bias(region: str | None, home: Sequence[float], guests: Sequence[float]) -> HomeBias:
    if len(home) < 2 or len(guests) < 2:
        return HomeBias(region, len(home), len(guests))
    difference = fmean(home) - fmean(guests)
    error = math.sqrt(variance(home) / len(home) + variance(guests) / len(guests))
    if error > NO_ERROR:
        t = difference / error
    else:
        t = 0.0 if abs(difference) <= NO_ERROR else math.copysign(math.inf, difference)
    return HomeBias(region, len(home), len(guests), difference, error, t)


@dataclass(frozen=True)
class Disagreement:
    """A nominee whose jurors disagree so far that one more, without a conflict, is to read it.

    All scores stay. `squared_deviation` is the variance of the sample.
    """

    nominee: str
    range: Fraction
    squared_deviation: Fraction


def disagreements(scores: Counted, scale: tuple[int, int]) -> tuple[Disagreement, ...]:
    """The nominees whose range or deviation is above its trigger, by id."""
    lowest, highest = scale
    found = []
    for nominee, several in scores.by_nominee().items():
        values = [one.value for one in several]
        if len(values) < 2:
            continue
        apart = max(values) - min(values)
        squared = variance(values)
        if (
            apart >= RANGE_TRIGGER * (highest - lowest)
            or squared > (DEVIATION_TRIGGER * highest) ** 2
        ):
            found.append(Disagreement(nominee, apart, squared))
    return tuple(found)
