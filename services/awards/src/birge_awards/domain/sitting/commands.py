"""What people ask of a jury's sitting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from birge_awards.domain.jury.conflicts import Conflict, Kind
from birge_awards.domain.sitting.sitting import Candidate, Juror


@dataclass(frozen=True)
class AddMember:
    """Appoint a juror; also later, when reviews are missing.

    `computed` are then the conflicts that keys show with the nominees who stand already.
    """

    member: Juror
    computed: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class DismissMember:
    """A juror leaves; the sheets stay on record and count no more."""

    person: str
    reason: str


@dataclass(frozen=True)
class OpenDeclarations:
    """The nominees are known: each member says with whom there is a conflict.

    `computed` are the conflicts that keys show; the members never see them.
    """

    candidates: tuple[Candidate, ...]
    computed: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Declare:
    """A member's own conflicts, by nominee; none is a declaration too."""

    conflicts: Mapping[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True)
class AssignReviews:
    """Draw who reads whom, and say until when."""

    seed: str
    scoring_ends_at: datetime


@dataclass(frozen=True)
class EnsureReviews:
    """Give what is missing after recusals or to members who came later; nobody loses a review."""


@dataclass(frozen=True)
class Recuse:
    """A juror does not judge this nominee from now on."""

    nominee: str
    juror: str
    reason: str


@dataclass(frozen=True)
class CloseScoring:
    """The time is over, or every sheet is in."""


@dataclass(frozen=True)
class ResumeScoring:
    """Sheets are taken again until a new end: a deadline was missed, or more have to be read.

    Sheets that were submitted stand; what was said on ties falls, for the scores may part them.
    `reviews` are those that every nominee gets from now on, where the policy asks for fewer.
    """

    reason: str
    scoring_ends_at: datetime
    reviews: int = 0


@dataclass(frozen=True)
class SayNoExtraJudge:
    """There is nobody without a conflict who could read those who tied."""

    tied: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class ScoreAsExtraJudge:
    """A juror who read none of them scores all who tied."""

    tied: tuple[str, ...]
    marks: Mapping[str, Mapping[str, Decimal | None]]


@dataclass(frozen=True)
class VoteOnTie:
    """An open vote of a member for one of those who tied."""

    tied: tuple[str, ...]
    choice: str


@dataclass(frozen=True)
class CloseVote:
    """The vote is over; who did not vote abstained."""

    tied: tuple[str, ...]


@dataclass(frozen=True)
class CastVote:
    """The chair orders those who tied, and says why."""

    tied: tuple[str, ...]
    order: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class ProposeAwards:
    """The result goes to be signed; `citations` by nominee and language.

    A region's jury gives one at least, the commission kk, ru and en.
    """

    citations: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class SignMinutes:
    """A member signs the record with this hash."""

    minutes: str


@dataclass(frozen=True)
class Conclude:
    """Enough have signed: the result is the jury's."""


@dataclass(frozen=True)
class Reopen:
    """Take the result back for a reason: citations and signatures are given anew."""

    reason: str


Command = (
    AddMember
    | DismissMember
    | OpenDeclarations
    | Declare
    | AssignReviews
    | EnsureReviews
    | Recuse
    | CloseScoring
    | ResumeScoring
    | SayNoExtraJudge
    | ScoreAsExtraJudge
    | VoteOnTie
    | CloseVote
    | CastVote
    | ProposeAwards
    | SignMinutes
    | Conclude
    | Reopen
)
