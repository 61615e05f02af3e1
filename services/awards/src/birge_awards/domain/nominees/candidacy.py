"""A nomination as the awards hold it: where it stands, what became of it, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.nominees.nominee import Consents, Kind


class State(StrEnum):
    """What became of a nomination."""

    RECEIVED = "received"
    ADMITTED = "admitted"
    REFUSED = "refused"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


NEVER_SUBMITTED = ""
"""The cycle of what was withdrawn before it came: only its version is known."""
STANDING = (State.RECEIVED, State.ADMITTED)


@dataclass(frozen=True)
class Candidacy:
    """One nomination of one nominee; names and texts are sealed in `personal` with its own key.

    `keys` are keyed digests of contacts, names and organisations: equal where people mean the
    same, and nothing else can be read from them. `personal` is None once the person was erased.
    """

    id: str
    cycle: str
    track: str
    nomination: str
    region: str | None
    country: str | None
    kind: Kind
    consents: Consents
    source: str
    nomination_id: str
    version: int
    received_at: datetime
    volunteer: str | None = None
    personal: str | None = None
    blind_text: str | None = None
    keys: tuple[str, ...] = ()
    state: State = State.RECEIVED
    reason: str = ""
    merged_into: str | None = None
    is_guardian_confirmed: bool = False


@dataclass(frozen=True)
class Admit:
    """The nominee may stand: eligible, and not somebody else's double."""


@dataclass(frozen=True)
class Refuse:
    """The nominee may not stand, for a reason that the nominator is told."""

    reason: str


@dataclass(frozen=True)
class Merge:
    """This nomination is of the same nominee as another, which goes on for both."""

    into: str


@dataclass(frozen=True)
class Withdraw:
    """Nominee or nominator take it back; possible until the decision."""

    reason: str


@dataclass(frozen=True)
class ConfirmGuardian:
    """A guardian of a minor has confirmed the consent, in a way that the note says."""

    note: str


Command = Admit | Refuse | Merge | Withdraw | ConfirmGuardian


def after(candidacy: Candidacy, command: Command, act: Act) -> Candidacy:
    """The nomination after the command; raises Refused where its state forbids it."""
    if candidacy.state not in _HEARD_IN[type(command)]:
        states = ", ".join(_HEARD_IN[type(command)])
        raise Refused(
            "wrong_state", f"The nomination is {candidacy.state}; this is done while: {states}."
        )
    match command:
        case Admit():
            return replace(candidacy, state=State.ADMITTED)
        case Refuse(reason):
            _require(reason, "Say why, in words for the nominator.")
            return replace(candidacy, state=State.REFUSED, reason=reason)
        case Merge(into):
            if into == candidacy.id:
                raise Refused("same_nomination", "A nomination is not merged into itself.")
            return replace(candidacy, state=State.MERGED, merged_into=into)
        case Withdraw(reason):
            return replace(candidacy, state=State.WITHDRAWN, reason=reason)
        case ConfirmGuardian(note):
            _require(note, "Say how the guardian confirmed it.")
            return replace(candidacy, is_guardian_confirmed=True)


_HEARD_IN: Mapping[type[Command], tuple[State, ...]] = {
    Admit: (State.RECEIVED,),
    Refuse: STANDING,
    Merge: STANDING,
    Withdraw: STANDING,
    ConfirmGuardian: STANDING,
}


def _require(text: str, detail: str) -> None:
    if not text.strip():
        raise Refused("no_reason", detail)
