"""Who is to be read, who can read, and what the rules of an assignment are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from birge_awards.domain.jury.pair import Pair


@dataclass(frozen=True)
class Nominee:
    """A nominee as the assignment sees it: nothing here says who it is or what it did.

    A juror must read all of `languages`. `kept` are jurors who stay (their reviews have begun, or
    only what is missing is asked for); `movable` ones stay where nothing speaks against it. None
    as the region is outside the country: nobody is at home there.
    """

    id: str
    region: str | None
    languages: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    movable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Juror:
    """A juror as the assignment sees it; `capacity` counts all reviews, kept ones included.

    A capacity below what is kept takes nothing away, it only adds nothing.
    """

    id: str
    region: str | None
    capacity: int
    languages: frozenset[str] = frozenset()
    expertise: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AssignmentPolicy:
    """What is fixed in advance: reviews of each nominee, and how many of them by guests.

    A guest is a juror from another region than the nominee's. The rest are soft costs of one
    review, in whole points: a juror from the nominee's own region, each field of the nominee that
    the juror is no expert of, and giving a review to somebody who did not have it.

    Two jurors who read together again and again are no cost here: that depends on two reviews at
    once, which a flow cannot price. The seed mixes them instead.
    """

    reviews: int
    guests: int = 0
    own_region: int = 4
    expertise_gap: int = 2
    change: int = 8

    def __post_init__(self) -> None:
        """A policy that no plan can follow is refused here."""
        if not 0 <= self.guests <= self.reviews:
            raise ValueError("guests are some of the reviews")
        if min(self.own_region, self.expertise_gap, self.change) < 0:
            raise ValueError("soft costs are not below zero")


@dataclass(frozen=True)
class Panel:
    """The nominees and jurors of one stage, and the pairs that must not meet.

    `barred` are conflicts and recusals; they hold against kept reviewers too.
    """

    nominees: tuple[Nominee, ...]
    jurors: tuple[Juror, ...]
    barred: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        """Ids are unique: a nominee listed twice would be read twice, or not at all."""
        _refuse_twice("nominees", (one.id for one in self.nominees))
        _refuse_twice("jurors", (one.id for one in self.jurors))
        if any(juror.capacity < 0 for juror in self.jurors):
            raise ValueError("a capacity is not below zero")

    def kept_of(self, nominee: Nominee) -> frozenset[str]:
        """The kept reviewers who still are jurors and are not barred since."""
        jurors = {one.id for one in self.jurors}
        return frozenset(
            juror
            for juror in nominee.kept
            if juror in jurors and Pair(nominee.id, juror) not in self.barred
        )


def _refuse_twice(what: str, ids: Iterable[str]) -> None:
    if twice := sorted(one for one, number in Counter(ids).items() if number > 1):
        raise ValueError(f"{what} listed twice: {', '.join(twice)}")
