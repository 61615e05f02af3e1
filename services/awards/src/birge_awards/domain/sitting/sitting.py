"""A jury's work in one stage as it stands: a region's, or the commission's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from birge_awards.domain.jury.assignment import Plan
from birge_awards.domain.jury.conflicts import Conflict, barred_pairs
from birge_awards.domain.jury.deliberation import Deliberation
from birge_awards.domain.jury.pair import Pair

COMMISSION = "commission"
"""The panel of the national and international stage; the others are named by their region."""


class Phase(StrEnum):
    """The phases of a sitting, in their order; none is skipped."""

    FORMING = "forming"
    DECLARING = "declaring"
    SCORING = "scoring"
    DELIBERATING = "deliberating"
    SIGNING = "signing"
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class Juror:
    """A member of the jury, by an opaque id; `region` is None for somebody from abroad.

    `keys` are keyed digests of contacts and organisations, to be held against the nominees'.
    """

    person: str
    country: str
    region: str | None = None
    is_chair: bool = False
    capacity: int = 200
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A nominee before this jury; `region` is None in the international track."""

    nominee: str
    nomination: str
    region: str | None


@dataclass(frozen=True)
class Recusal:
    """A juror does not judge a nominee, by the juror's own word or the manager's."""

    nominee: str
    juror: str
    reason: str
    by: str


@dataclass(frozen=True)
class Award:
    """A laureate with the citation that the jury gives, by language; `place` from 1."""

    nomination: str
    nominee: str
    place: int
    citation: Mapping[str, str]


@dataclass(frozen=True)
class Sitting:
    """Changed by commands alone, each giving a new one. Sheets are kept beside it, one a pair."""

    cycle: str
    panel: str
    phase: Phase = Phase.FORMING
    members: tuple[Juror, ...] = ()
    dismissed: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    declared: Mapping[str, datetime] = field(default_factory=dict)
    """By member, when conflicts were declared, or that there are none."""
    conflicts: tuple[Conflict, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    plan: Plan | None = None
    seed: str = ""
    scoring_ends_at: datetime | None = None
    reviews: int = 0
    """Of each nominee, where scoring was resumed for more than the policy asks for."""
    deliberations: tuple[tuple[tuple[str, ...], Deliberation], ...] = ()
    """By the group that was deliberated on, its ids in order."""
    ballots: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...] = ()
    """Open votes that are not closed: by the group, each member's choice."""
    awards: tuple[Award, ...] = ()
    minutes: str | None = None
    """SHA-256 of the record that members sign."""
    proposed_at: datetime | None = None
    """When the result went to be signed: the minutes end there."""
    signatures: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def barred(self) -> frozenset[Pair]:
        """The pairs that must not meet."""
        recused = {Pair(one.nominee, one.juror) for one in self.recusals}
        left = {Pair(one.nominee, gone) for one in self.candidates for gone in self.dismissed}
        return barred_pairs(self.conflicts, recused | left)

    def member(self, person: str) -> Juror | None:
        """The member of this id."""
        return next((one for one in self.members if one.person == person), None)

    def unconflicted(self, nominee: str) -> frozenset[str]:
        """The members who may judge a nominee: a quorum is counted over these."""
        barred = self.barred
        return frozenset(
            one.person for one in self.members if Pair(nominee, one.person) not in barred
        )

    def of_nomination(self, nomination: str) -> Iterator[Candidate]:
        """The candidates of one category."""
        return (one for one in self.candidates if one.nomination == nomination)

    def readers_of(self, nominee: str) -> tuple[str, ...]:
        """Who was assigned to a nominee, recused ones included."""
        return self.plan.reviewers.get(nominee, ()) if self.plan else ()

    def reads_of(self, juror: str) -> tuple[str, ...]:
        """Whom a juror is to score: assigned, not barred since, and still standing, by id."""
        if self.plan is None:
            return ()
        standing, barred = {one.nominee for one in self.candidates}, self.barred
        return tuple(
            sorted(
                nominee
                for nominee, readers in self.plan.reviewers.items()
                if juror in readers and nominee in standing and Pair(nominee, juror) not in barred
            )
        )
