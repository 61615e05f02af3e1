"""Who is a laureate by places alone, and where people must look: ties at and above the cut line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from birge_awards.domain.jury.ranking import Ranking, Standing, Status


class NotComparable(Exception):
    """The ranking has several orders, so no line can be drawn through it.

    Add anchors or guest jurors, or give each part laureates of its own.
    """


@dataclass(frozen=True)
class CutLine:
    """What a number of laureates means in a ranking.

    `inside` have a place among them for certain. `ties` are the groups of equal published score
    that touch a laureate's place, the highest first; the last one may not fit inside as a whole.
    `statistical_tie` are those on both sides of the line who differ from the other side by less
    than one standard error of the difference: the jury deliberates on them.
    """

    inside: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...]
    statistical_tie: tuple[str, ...]


def require_comparable(ranking: Ranking) -> None:
    """Raises NotComparable where there is no order of all."""
    if ranking.status == Status.NOT_COMPARABLE:
        raise NotComparable("there is no common order of all nominees")


def cut_line(ranking: Ranking, laureates: int) -> CutLine:
    """The line below so many laureates. Raises NotComparable."""
    require_comparable(ranking)
    ranked = ranking.ranked()
    groups = [list(several) for _, several in groupby(ranked, key=lambda one: one.place)]
    above: list[list[Standing]] = []
    taken = 0
    for group in groups:
        if taken >= laureates:
            break
        above.append(group)
        taken += len(group)
    is_split = taken > laureates
    inside = [one for group in (above[:-1] if is_split else above) for one in group]
    return CutLine(
        tuple(one.nominee for one in inside),
        tuple(tuple(one.nominee for one in group) for group in above if len(group) > 1),
        tuple(_statistical_tie(ranking, groups, above, is_split=is_split)),
    )


def _statistical_tie(
    ranking: Ranking,
    groups: Sequence[Sequence[Standing]],
    above: Sequence[Sequence[Standing]],
    *,
    is_split: bool,
) -> Iterator[str]:
    """Each side is held against the group of the other that is nearest to the line."""
    below = groups[len(above) - is_split :]
    if not above or not below:
        return
    near_above, near_below = above[-1], below[0]
    if is_split:
        # The group on the line is on both of its sides.
        tied = [one for group in groups for one in group if _is_near(ranking, one, near_above)]
    else:
        tied = [one for group in above for one in group if _is_near(ranking, one, near_below)]
        tied += [one for group in below for one in group if _is_near(ranking, one, near_above)]
    yield from (one.nominee for one in tied)


def _is_near(ranking: Ranking, one: Standing, others: Sequence[Standing]) -> bool:
    return any(
        (error := ranking.standard_error_of_difference(one, other)) is not None
        and abs(ranking.ranking_score(one) - ranking.ranking_score(other)) < error
        for other in others
        if other is not one
    )
