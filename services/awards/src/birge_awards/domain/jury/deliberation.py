"""What people decided about a tie, and what makes it void."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.scoring import Counted


class InvalidDeliberation(Exception):
    """People decided against the rules; nothing of it counts. `code` for programs."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True)
class ExtraScores:
    """One more juror's scores of all who tied, by nominee; not among the scores that rank."""

    juror: str
    scores: Mapping[str, Fraction]


@dataclass(frozen=True)
class OpenVote:
    """Whom each member put first; `members` are all with no conflict with any of the tied.

    A member who abstained is in `members` alone.
    """

    members: frozenset[str]
    votes: Mapping[str, str]


@dataclass(frozen=True)
class CastingVote:
    """The order that the chair, or an acting chair without a conflict, gave them, and why."""

    chair: str
    order: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Deliberation:
    """All that people did about one group; `no_extra_judge` says why there was none to ask."""

    extra: ExtraScores | None = None
    no_extra_judge: str | None = None
    vote: OpenVote | None = None
    casting: CastingVote | None = None

    def check(self, tied: Collection[str], scores: Counted) -> None:
        """Refuse what a conflicted person did, what is about others, and what has no reason."""
        everyone, barred = set(tied), scores.barred
        if self.extra is not None:
            if self.extra.juror in scores.by_juror():
                raise InvalidDeliberation("not_extra", "The extra juror scored none of them yet.")
            _refuse_barred(self.extra.juror, everyone, barred)
            if not everyone <= self.extra.scores.keys():
                raise InvalidDeliberation("not_scored", "The extra juror scores all who tied.")
        if self.no_extra_judge is not None and not self.no_extra_judge.strip():
            raise InvalidDeliberation("no_reason", "Say why no extra juror could be asked.")
        if self.vote is not None:
            for member in sorted(self.vote.members | self.vote.votes.keys()):
                _refuse_barred(member, everyone, barred)
            if not self.vote.votes.keys() <= self.vote.members:
                raise InvalidDeliberation("not_a_member", "Only members vote.")
            if not set(self.vote.votes.values()) <= everyone:
                raise InvalidDeliberation("not_tied", "Votes are for those who tied.")
        if self.casting is not None:
            _refuse_barred(self.casting.chair, everyone, barred)
            if sorted(self.casting.order) != sorted(everyone):
                raise InvalidDeliberation("not_tied", "The chair orders those who tied, each once.")
            if not self.casting.reason.strip():
                raise InvalidDeliberation("no_reason", "The chair gives a reason.")


def _refuse_barred(person: str, tied: Collection[str], barred: Collection[Pair]) -> None:
    for nominee in sorted(tied):
        if Pair(nominee, person) in barred:
            raise InvalidDeliberation("conflict", f"{person} has a conflict with {nominee}.")
