"""Records of the log as this service reads them: nominations opened, reports cut to their hours."""

from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Raw, Struct
from pydantic import ValidationError

from birge_awards.ports import ActivityNote
from birge_common.contracts.nomination import NominationSubmittedV1, NominationWithdrawnV1
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.sealed_nomination import (
    SealMismatch,
    nomination_from,
    withdrawal_from,
)
from birge_common.errors import InvalidMessage
from birge_common.security.sealing import NotSealed, OpeningKeys, key_id_of

SUBMITTED = "kz.birge.nomination.submitted.v1"
WITHDRAWN = "kz.birge.nomination.withdrawn.v1"
_ACTIVITY = ("kz.birge.activity.reported.v1", "kz.birge.activity.retracted.v1")
_HUNDREDTHS = 100


@dataclass(frozen=True)
class Submitted:
    """A nomination, opened."""

    source: str
    data: NominationSubmittedV1
    sealed_to: str
    """The id of the key that it was sealed to."""


@dataclass(frozen=True)
class Withdrawn:
    """A nomination is taken back."""

    source: str
    data: NominationWithdrawnV1


class _Envelope(Struct, gc=False):
    source: str
    type: str
    subject: str
    data: Raw


class _Hours(Struct, gc=False):
    volunteer: str
    hours: float


class _Report(Struct, gc=False):
    version: int
    period: str = ""
    volunteer_hours: list[_Hours] | None = None


_envelope = msgspec.json.Decoder(_Envelope)
_report = msgspec.json.Decoder(_Report)


def read(value: bytes | None, keys: OpeningKeys) -> Submitted | Withdrawn | ActivityNote | None:
    """What a record says to the awards; None where it is of another type.

    Raises InvalidMessage with a code, whose message never repeats what the record holds, and
    UnknownSealingKey.
    """
    if value is None:
        raise InvalidMessage("tombstone")
    try:
        envelope = _envelope.decode(value)
        if envelope.type in _ACTIVITY:
            return _note_from(envelope, _report.decode(envelope.data))
        if envelope.type == SUBMITTED:
            sealed = _sealed(envelope)
            data = nomination_from(sealed, keys.open)
            return Submitted(envelope.source, data, key_id_of(sealed.sealed))
        if envelope.type == WITHDRAWN:
            return Withdrawn(envelope.source, withdrawal_from(_sealed(envelope), keys.open))
        return None
    except (msgspec.DecodeError, ValidationError, SealMismatch, NotSealed):
        # Without its cause: a validation error repeats the input, and this one has names in it.
        raise InvalidMessage("undecodable") from None


def _sealed(envelope: _Envelope) -> Any:
    model = EVENT_TYPES[envelope.type].sealed
    assert model is not None, "nominations are sealed on the log"
    return model.model_validate_json(bytes(envelope.data), extra="ignore")


def _note_from(envelope: _Envelope, report: _Report) -> ActivityNote:
    hundredths: dict[str, int] = {}
    for one in report.volunteer_hours or ():
        hours = round(one.hours * _HUNDREDTHS)
        hundredths[one.volunteer] = hundredths.get(one.volunteer, 0) + hours
    identity = f"{envelope.source}|{envelope.subject}"
    return ActivityNote(identity, report.version, report.period, hundredths)
