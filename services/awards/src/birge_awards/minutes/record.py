"""All that the minutes of a sitting say, as values that can be hashed, signed and printed.

Signatures are not part of it: members sign its hash, so it must not change when they do.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

NATIONAL, INTERNATIONAL = "national", "international"
"""Panels that are no region's."""
CHAIR, MEMBER = "chair", "member"
"""Roles in a panel."""


@dataclass(frozen=True)
class Texts:
    """One text in the three languages."""

    kk: str
    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `kk`, `ru` or `en`. Raises KeyError for another language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


@dataclass(frozen=True)
class Member:
    """Somebody of the panel by an opaque id; `recused` counts nominees not judged by own word."""

    id: str
    name: str
    role: str
    present: bool
    recused: int = 0


@dataclass(frozen=True)
class Quorum:
    """Members present, those of them without a conflict, and how many of these it takes."""

    present: int
    unconflicted: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether the sitting could decide."""
        return self.unconflicted >= self.needed


@dataclass(frozen=True)
class PolicyInForce:
    """The rules as they were frozen at opening; `ranks_by` is `raw_mean` or `calibrated`."""

    version: int
    hash: str
    ranks_by: str


@dataclass(frozen=True)
class AssignmentPlan:
    """What lets anybody repeat who was given whom to read."""

    hash: str
    seed: str


@dataclass(frozen=True)
class NomineeStanding:
    """A nominee in the ranking, with the name that may be shown; scores at published precision.

    `state` is `ranked`, `below_quorum` or `unjudged`; `place` is inside its `part`, the parts
    being nominees whose jurors connect them.
    """

    nominee: str
    name: str
    state: str
    scores: int
    assigned: int
    raw_mean: Decimal | None = None
    calibrated: Decimal | None = None
    standard_error: Decimal | None = None
    part: int | None = None
    place: int | None = None


@dataclass(frozen=True)
class OpenVote:
    """Whom a member put first in an open vote; `nominee` is None for an abstention."""

    member: str
    nominee: str | None


@dataclass(frozen=True)
class TieStep:
    """A step of the chain, who had tied, and the groups that they became, the best first.

    `votes` are those of an open vote; `decided_by` and `reason` belong to the chair's word.
    """

    step: str
    tied: tuple[str, ...]
    into: tuple[tuple[str, ...], ...]
    votes: tuple[OpenVote, ...] = ()
    decided_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class ResultWithoutOne:
    """What would change without one juror, who is not named; all are ids of nominees.

    `in_doubt` would tie for the last place; where no common order were left, `is_comparable` is
    False and the rest is empty.
    """

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    in_doubt: tuple[str, ...] = ()
    is_comparable: bool = True


@dataclass(frozen=True)
class Confirmation:
    """The vote by which a jury confirms a result that hangs on one juror."""

    in_favour: int
    against: int
    abstained: int = 0


@dataclass(frozen=True)
class Stability:
    """Nothing in `changes` is a result that hangs on no single juror."""

    changes: tuple[ResultWithoutOne, ...] = ()
    confirmation: Confirmation | None = None


@dataclass(frozen=True)
class Citation:
    """What the jury says of a laureate, in the languages that it was written in."""

    kk: str | None = None
    ru: str | None = None
    en: str | None = None


@dataclass(frozen=True)
class LaureateOfRecord:
    """A laureate, the place from 1, and the prize in whole tenge."""

    nominee: str
    name: str
    place: int
    citation: Citation
    prize_tenge: int = 0


@dataclass(frozen=True)
class NominationOfRecord:
    """One category; `comparability` is `COMPARABLE` or `NOT_COMPARABLE`.

    `no_award` is the reason why there is no laureate.
    """

    code: str
    title: Texts
    standings: tuple[NomineeStanding, ...]
    comparability: str
    ties: tuple[TieStep, ...] = ()
    stability: Stability | None = None
    laureates: tuple[LaureateOfRecord, ...] = ()
    no_award: str | None = None


@dataclass(frozen=True)
class ConflictCount:
    """How many pairs of juror and nominee a kind of conflict kept apart; never who."""

    kind: str
    declared: int
    computed: int


@dataclass(frozen=True)
class AppealTerm:
    """Appeals are taken for so many days, the last one in the panel's own calendar."""

    days: int
    until: date


@dataclass(frozen=True)
class LogCheckpoint:
    """The state of the log of acts that these minutes rest on; the hash in hexadecimal."""

    origin: str
    size: int
    root_hash: str


@dataclass(frozen=True)
class MinutesRecord:
    """The record of one sitting; `panel` is a region's code, `national` or `international`.

    Instants are UTC-aware. Names are those that may be shown: who gave no consent to publication
    comes with initials from the caller.
    """

    number: str
    award: Texts
    cycle: str
    panel: str
    place: Texts
    opened_at: datetime
    closed_at: datetime
    members: tuple[Member, ...]
    quorum: Quorum
    policy: PolicyInForce
    nominations: tuple[NominationOfRecord, ...]
    plan: AssignmentPlan | None = None
    conflicts: tuple[ConflictCount, ...] = ()
    recusals: int = 0
    appeal: AppealTerm | None = None
    checkpoint: LogCheckpoint | None = None

    def names(self) -> Mapping[str, str]:
        """The shown names of members, nominees and laureates, by id."""
        return {
            **{one.id: one.name for one in self.members},
            **{one.nominee: one.name for each in self.nominations for one in each.standings},
            **{one.nominee: one.name for each in self.nominations for one in each.laureates},
        }


@dataclass(frozen=True)
class Signature:
    """A member signed the record's hash."""

    member: str
    name: str
    signed_at: datetime


def record_hash(record: MinutesRecord) -> str:
    """SHA-256 of the record's canonical JSON in hexadecimal: what members sign.

    Keys are sorted, nothing is escaped that need not be, decimals and instants are text, so that
    anybody can compute it from the published record. Names are no part of it, only ids: erasing a
    person must not take the ground from under a signature.
    """
    return hashlib.sha256(canonical_json(record)).hexdigest()


def canonical_json(record: MinutesRecord) -> bytes:
    """The record without names as UTF-8, the same bytes for equal records."""
    said = json.dumps(
        asdict(record, dict_factory=_unnamed),
        default=_as_text,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return said.encode()


def _unnamed(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in fields if key != "name"}


def _as_text(value: object) -> str:
    match value:
        case datetime():
            if value.tzinfo is None:
                raise ValueError("an instant of the record says its time zone")
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            # 7.5 and 7.50 are equal, and equal records have one hash.
            return format(value.normalize(), "f")
    raise TypeError(f"{type(value).__name__} has no canonical form")
