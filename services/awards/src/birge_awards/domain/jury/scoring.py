"""What one juror's marks of a nominee come to, and which of these scores count.

Scores are exact fractions. Only when shown are they rounded, to the published precision, and ties
are decided there: hidden decimals never decide.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from birge_awards.domain.cycle.policy import Criterion
from birge_awards.domain.jury.pair import Pair

PRECISION = Decimal("0.01")
"""The published precision of every score."""

Mark = int | Decimal
"""A mark on the policy's scale."""


class InvalidMarks(Exception):
    """The sheet cannot be submitted; `code` for programs, `criterion` says where."""

    def __init__(self, code: str, criterion: str | None, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.criterion = criterion


@dataclass(frozen=True)
class Score:
    """A juror's score of a nominee, as submitted; `marks` by criterion, None for n/a.

    `is_confident` is False where the juror said that he was not sure.
    """

    nominee: str
    juror: str
    value: Fraction
    marks: Mapping[str, Mark | None] = field(default_factory=dict)
    is_confident: bool = True

    @property
    def pair(self) -> Pair:
        """Who scored whom."""
        return Pair(self.nominee, self.juror)


def score_of(
    criteria: Sequence[Criterion], marks: Mapping[str, Mark | None], scale: tuple[int, int]
) -> Fraction:
    """The weighted mean of the marks; n/a leaves numerator and denominator.

    Every criterion must be answered, if only with n/a: one that was forgotten is not one that does
    not apply. Raises InvalidMarks.
    """
    if strangers := sorted(marks.keys() - {one.code for one in criteria}):
        raise InvalidMarks("unknown_criterion", strangers[0], f"There is no {strangers[0]}.")
    answered = [(one, mark) for one in criteria if (mark := _mark(one, marks, scale)) is not None]
    if not answered:
        raise InvalidMarks("no_marks", None, "Mark at least one criterion.")
    weights = sum(one.weight for one, _ in answered)
    return sum((one.weight * mark for one, mark in answered), Fraction()) / weights


def _mark(
    criterion: Criterion, marks: Mapping[str, Mark | None], scale: tuple[int, int]
) -> Fraction | None:
    code = criterion.code
    if code not in marks:
        raise InvalidMarks("not_answered", code, f"{code} has no mark yet.")
    mark = marks[code]
    if mark is None:
        if criterion.required:
            raise InvalidMarks("required", code, f"{code} must be marked.")
        return None
    lowest, highest = scale
    if isinstance(mark, Decimal) and not mark.is_finite():
        raise InvalidMarks("outside_scale", code, f"{code}: a mark is a number.")
    if not lowest <= mark <= highest:
        raise InvalidMarks("outside_scale", code, f"{code} is marked from {lowest} to {highest}.")
    return Fraction(mark)


def published(score: Fraction | float) -> Decimal:
    """The score as it is shown, and compared: rounded to 0.01, halves up.

    A calculated figure is rounded to nine places first, so that the last bit of a processor's
    arithmetic does not choose the side on which 7.005 falls.
    """
    exact = score if isinstance(score, Fraction) else Fraction(str(round(score, 9)))
    hundredths = (200 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return hundredths * PRECISION


def published_mean(values: Sequence[Fraction]) -> Decimal:
    """The mean as it is shown."""
    # Over one denominator: adding fractions one by one took a third of the time of a ranking.
    common = math.lcm(*(value.denominator for value in values))
    total = sum(value.numerator * (common // value.denominator) for value in values)
    return published(Fraction(total, common * len(values)))


@dataclass(frozen=True)
class Counted:
    """The scores that count, by nominee and juror in order of ids.

    Made by `counted` alone: what ranks takes nothing else, so a barred juror's score cannot come
    in by another way, and the order in which scores arrived makes no difference. `barred` is kept
    because those pairs are outside the denominator of a quorum as well.
    """

    scores: tuple[Score, ...]
    barred: frozenset[Pair] = frozenset()

    def __iter__(self) -> Iterator[Score]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)

    def without(self, juror: str) -> "Counted":
        """The scores of everybody else."""
        return replace(self, scores=tuple(one for one in self.scores if one.juror != juror))

    def of(self, nominees: Collection[str]) -> "Counted":
        """The scores of these nominees."""
        return replace(self, scores=tuple(one for one in self.scores if one.nominee in nominees))

    def by_nominee(self) -> dict[str, list[Score]]:
        """The scores of each nominee that has any."""
        return _grouped((one.nominee, one) for one in self.scores)

    def by_juror(self) -> dict[str, list[Score]]:
        """The scores that each juror gave."""
        return _grouped((one.juror, one) for one in self.scores)


def _grouped(named: Iterable[tuple[str, Score]]) -> dict[str, list[Score]]:
    groups: dict[str, list[Score]] = {}
    for name, score in named:
        groups.setdefault(name, []).append(score)
    return groups


def counted(scores: Iterable[Score], barred: Collection[Pair]) -> Counted:
    """All scores but those of barred pairs: conflicts and recusals.

    A pair that comes twice is refused: the caller holds one version of each sheet in force.
    """
    held: dict[Pair, Score] = {}
    for score in scores:
        if score.pair in held:
            raise ValueError(f"{score.juror} scored {score.nominee} twice")
        held[score.pair] = score
    kept = (score for pair, score in sorted(held.items()) if pair not in barred)
    return Counted(tuple(kept), frozenset(barred))
