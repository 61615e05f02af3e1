"""The way out of a tie: a fixed chain of steps, each tried only where those before say nothing.

What never decides: hours, the time of submission, the alphabet, and decimals that are not shown.
A step may part a group without ordering it wholly; who is then still equal begins the chain anew,
as if only they had tied.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from birge_awards.domain.cycle.policy import TIE_STEPS, Criterion
from birge_awards.domain.jury.deliberation import Deliberation
from birge_awards.domain.jury.scoring import Counted, published

(
    MAJORITY,
    COUNT_BACK,
    HEAVIEST_CRITERIA,
    EXTRA_JUDGE,
    OPEN_VOTE,
    CHAIR,
    SHARED,
) = TIE_STEPS

Groups = tuple[tuple[str, ...], ...]
"""Nominees from best to worst; those in one group are equal, in order of ids for display."""


@dataclass(frozen=True)
class Decided:
    """A step that parted a group, or that let them share."""

    step: str
    tied: tuple[str, ...]
    into: Groups


@dataclass(frozen=True)
class Waiting:
    """A group that only people can part: `step` is theirs to take, None where the chain ends."""

    step: str | None
    tied: tuple[str, ...]


@dataclass(frozen=True)
class Resolution:
    """The order so far, each step that made it, in turn, and who still waits for people."""

    order: Groups
    decided: tuple[Decided, ...] = ()
    waiting: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class TieRules:
    """The chain of the policy, the criteria of the scores, and the quorum of the open vote."""

    chain: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    quorum: Fraction = Fraction(2, 3)

    def __post_init__(self) -> None:
        """The chain's order is not the policy's to choose."""
        if self.chain != tuple(step for step in TIE_STEPS if step in self.chain):
            raise ValueError("the chain takes known steps, each once, in their fixed order")


@dataclass(frozen=True)
class _Case:
    """One group under the chain, with all that a step may look at."""

    tied: tuple[str, ...]
    scores: Counted
    rules: TieRules
    said: Deliberation = field(default_factory=Deliberation)


def resolve(
    tied: Iterable[str],
    scores: Counted,
    rules: TieRules,
    deliberations: Mapping[frozenset[str], Deliberation] | None = None,
) -> Resolution:
    """The order of nominees who tied; `deliberations` by the group that was deliberated on.

    A pure function of its arguments: asked again with what people decided since, it goes the same
    way and further. Raises InvalidDeliberation where people decided against the rules.
    """
    group = tuple(sorted(set(tied)))
    if len(group) < 2:
        return Resolution((group,) if group else ())
    said = (deliberations or {}).get(frozenset(group), Deliberation())
    of_group = scores.of(group)
    said.check(group, of_group)
    case = _Case(group, of_group, rules, said)
    for step in rules.chain:
        if step == SHARED:
            return Resolution((group,), (Decided(step, group, (group,)),))
        if step in _PEOPLE and not _PEOPLE[step](case):
            return Resolution((group,), waiting=(Waiting(step, group),))
        into = _STEPS[step](case)
        if len(into) > 1:
            parts = [resolve(part, scores, rules, deliberations) for part in into]
            return Resolution(
                tuple(equal for part in parts for equal in part.order),
                (Decided(step, group, into), *(one for part in parts for one in part.decided)),
                tuple(one for part in parts for one in part.waiting),
            )
    return Resolution((group,), waiting=(Waiting(None, group),))


def _by(tied: Iterable[str], key: Callable[[str], Any]) -> Groups:
    """The nominees grouped by a key, the highest first."""
    in_order = sorted(sorted(tied), key=key, reverse=True)
    return tuple(tuple(several) for _, several in groupby(in_order, key=key))


def _majority(case: _Case) -> Groups:
    """Jurors who scored both prefer one or the other; of several nominees, the Smith sets.

    "No majority against" connects any two nominees in at least one direction, so what can be
    reached from whom gives an order, in which nominees who beat each other in a ring are equal.
    """
    of = {one: _values(case.scores, one) for one in case.tied}
    holds = {one: {other for other in case.tied if _holds(of[one], of[other])} for one in case.tied}
    reached = {one: _closure(one, holds) for one in case.tied}
    return _by(case.tied, key=lambda one: len(reached[one]))


def _values(scores: Counted, nominee: str) -> dict[str, Decimal]:
    return {one.juror: published(one.value) for one in scores if one.nominee == nominee}


def _holds(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> bool:
    common = one.keys() & other.keys()
    for_one = sum(one[juror] > other[juror] for juror in common)
    return for_one >= sum(one[juror] < other[juror] for juror in common)


def _closure(first: str, leads_to: Mapping[str, set[str]]) -> set[str]:
    reached, steps = {first}, [first]
    while steps:
        new = leads_to[steps.pop()] - reached
        reached |= new
        steps += new
    return reached


def _count_back(case: _Case) -> Groups:
    """Who has the higher best score; then the second best, and so on (Minshall).

    Who has fewer scores is filled up with ones below the lowest, which is how sequences compare.
    """
    best_first = {
        one: sorted(_values(case.scores, one).values(), reverse=True) for one in case.tied
    }
    return _by(case.tied, key=lambda one: best_first[one])


def _heaviest_criteria(case: _Case) -> Groups:
    """The mean of the heaviest criterion; then the next. Those of equal weight are one together.

    A criterion that is n/a throughout for one of them tells nothing about them.
    """
    for weight in sorted({one.weight for one in case.rules.criteria}, reverse=True):
        codes = [one.code for one in case.rules.criteria if one.weight == weight]
        means = {one: _mean_mark(case.scores, one, codes) for one in case.tied}
        told = {one: mean for one, mean in means.items() if mean is not None}
        if len(told) == len(case.tied) and len(into := _by(case.tied, told.__getitem__)) > 1:
            return into
    return (case.tied,)


def _mean_mark(scores: Counted, nominee: str, codes: Sequence[str]) -> Decimal | None:
    marks = [
        Fraction(mark)
        for one in scores
        if one.nominee == nominee
        for code in codes
        if (mark := one.marks.get(code)) is not None
    ]
    return published(sum(marks, Fraction()) / len(marks)) if marks else None


def _extra_judge(case: _Case) -> Groups:
    """The order of one more juror, who did not know that there was a tie."""
    extra = case.said.extra
    if extra is None:
        return (case.tied,)
    return _by(case.tied, key=lambda one: published(extra.scores[one]))


def _open_vote(case: _Case) -> Groups:
    """More votes of the members present go before fewer."""
    vote = case.said.vote
    votes = Counter(vote.votes.values()) if vote else Counter[str]()
    return _by(case.tied, key=lambda one: votes[one])


def _chair(case: _Case) -> Groups:
    casting = case.said.casting
    return tuple((one,) for one in casting.order) if casting else (case.tied,)


def _has_extra(case: _Case) -> bool:
    return case.said.extra is not None or case.said.no_extra_judge is not None


def _has_vote(case: _Case) -> bool:
    vote = case.said.vote
    if vote is None or not vote.members:
        return False
    return len(vote.votes) >= case.rules.quorum * len(vote.members)


def _has_casting(case: _Case) -> bool:
    return case.said.casting is not None


_STEPS: Mapping[str, Callable[[_Case], Groups]] = {
    MAJORITY: _majority,
    COUNT_BACK: _count_back,
    HEAVIEST_CRITERIA: _heaviest_criteria,
    EXTRA_JUDGE: _extra_judge,
    OPEN_VOTE: _open_vote,
    CHAIR: _chair,
}
_PEOPLE: Mapping[str, Callable[[_Case], bool]] = {
    EXTRA_JUDGE: _has_extra,
    OPEN_VOTE: _has_vote,
    CHAIR: _has_casting,
}
"""Steps that wait until people have acted."""
