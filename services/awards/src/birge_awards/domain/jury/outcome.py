"""Who is a laureate when places and the chain of ties have spoken, and who waits for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from birge_awards.domain.jury.cut_line import CutLine, cut_line
from birge_awards.domain.jury.deliberation import Deliberation
from birge_awards.domain.jury.ranking import Ranking
from birge_awards.domain.jury.scoring import Counted
from birge_awards.domain.jury.ties import Decided, Resolution, TieRules, Waiting, resolve


@dataclass(frozen=True)
class Placed:
    """A laureate and the place, from 1; who shares a place leaves the next ones empty."""

    nominee: str
    place: int


@dataclass(frozen=True)
class Outcome:
    """What the scores and people's decisions come to so far.

    Nobody is a laureate while a group waits: it would not be known who of it is.
    """

    laureates: tuple[Placed, ...]
    decided: tuple[Decided, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def outcome_of(
    ranking: Ranking,
    places: int,
    scores: Counted,
    rules: TieRules,
    deliberations: Mapping[frozenset[str], Deliberation],
) -> Outcome:
    """The laureates of so many places. Raises NotComparable and InvalidDeliberation.

    Statistically tied nominees on the line are one group with all who tie exactly with them; those
    above it are laureates for certain and come first, in the order of their scores.
    """
    resolutions = [
        resolve(group, scores, rules, deliberations)
        for group in _groups(ranking, cut_line(ranking, places))
    ]
    waiting = tuple(one for each in resolutions for one in each.waiting)
    return Outcome(
        () if waiting else tuple(_placed(resolutions, places)),
        tuple(one for each in resolutions for one in each.decided),
        waiting,
    )


def _groups(ranking: Ranking, line: CutLine) -> Iterator[set[str]]:
    """The nominees who may be laureates: groups to be ordered inside, the best group first."""
    on_the_line = set(line.statistical_tie)
    for tied in line.ties:
        if on_the_line & set(tied):
            on_the_line |= set(tied)
    taken = set(on_the_line)
    ties = {one: set(tied) for tied in line.ties for one in tied}
    for standing in ranking.ranked():
        if standing.nominee in line.inside and standing.nominee not in taken:
            group = ties.get(standing.nominee, {standing.nominee})
            taken |= group
            yield group
    # A tie that does not fit in as a whole is no part of `inside`.
    split = [set(tied) for tied in line.ties if not set(tied) <= taken]
    yield from split
    if on_the_line:
        yield on_the_line


def _placed(resolutions: list[Resolution], places: int) -> Iterator[Placed]:
    place = 1
    for equal in (group for each in resolutions for group in each.order):
        if place > places:
            return
        for nominee in equal:
            yield Placed(nominee, place)
        place += len(equal)
