"""Nominations as the log holds them: what names or describes a person is sealed to the awards.

The whole statement is sealed, beside what readers and operators may see of it. So a sealed text
that was moved to another nomination does not open there, and what is opened is what was sent.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import StringConstraints, ValidationError

from birge_common.contracts.base import Code, Contract, Identifier, IdentifierPart, Version
from birge_common.contracts.nomination import (
    WHERE_FROM,
    Consents,
    NominationSubmittedV1,
    NominationWithdrawnV1,
    NomineeKind,
    Track,
)
from birge_common.contracts.primitives import CountryCode, RegionCode, VolunteerReference
from birge_common.security.sealing import SEALED_PATTERN

Seal = Callable[[bytes], str]
Open = Callable[[str], bytes]
StatementT = TypeVar("StatementT", NominationSubmittedV1, NominationWithdrawnV1)

# Of 64 KiB that an event may have, padded, sealed and in base64.
_SEALED_CHARACTERS_MAX = 100_000

SealedText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=_SEALED_CHARACTERS_MAX, pattern=SEALED_PATTERN),
]


class SealMismatch(Exception):
    """What was sealed is not what stands beside it: quarantine the event, and ask who wrote it."""


class SealedNominee(Contract):
    """What may be seen of who is nominated."""

    kind: NomineeKind
    """What kind of nominee it is."""
    volunteer: VolunteerReference | None = None
    """Opaque reference of the volunteer in activity reports."""


class SealedNominationV1(Contract, json_schema_extra=WHERE_FROM):
    """A nominee for a track, region and nomination of a cycle, as the log holds it."""

    nomination_id: Identifier
    """The sender's identifier; the event's subject."""
    version: Version
    """The highest version counts."""
    cycle: IdentifierPart
    """The cycle, such as 2023."""
    track: Track
    """Which award."""
    region: RegionCode | None = None
    """The region that decides first; given in the domestic track."""
    country: CountryCode | None = None
    """Where the nominee is from, ISO 3166-1 alpha-2; given in the international track."""
    nomination: Code
    """Category of the award."""
    nominee: SealedNominee
    """What may be seen of who is nominated."""
    consents: Consents
    """What was agreed to."""
    sealed: SealedText
    """The whole statement, for the awards service alone: `v1.<key id>.<base64url>`."""


class SealedWithdrawalV1(Contract):
    """A nomination is taken back, as the log holds it."""

    nomination_id: Identifier
    """The nomination taken back; the event's subject."""
    version: Version
    """Takes back every lower version."""
    sealed: SealedText
    """The whole statement with its reason, for the awards service alone."""


def sealed_data(data: NominationSubmittedV1, seal: Seal) -> SealedNominationV1:
    """The nomination for the log; `seal` is that of a `SealingKey`."""
    return SealedNominationV1(**_open_part(data), sealed=seal(_text_of(data)))


def nomination_from(sealed: SealedNominationV1, open_text: Open) -> NominationSubmittedV1:
    """The nomination as it was sent; `open_text` is that of `OpeningKeys` and raises as it does.

    SealMismatch where another nomination, or none, was sealed.
    """
    data = _opened(NominationSubmittedV1, sealed.sealed, open_text)
    return _same(data, _open_part(data), sealed)


def sealed_withdrawal(data: NominationWithdrawnV1, seal: Seal) -> SealedWithdrawalV1:
    """The withdrawal for the log."""
    return SealedWithdrawalV1(
        nomination_id=data.nomination_id, version=data.version, sealed=seal(_text_of(data))
    )


def withdrawal_from(sealed: SealedWithdrawalV1, open_text: Open) -> NominationWithdrawnV1:
    """The withdrawal as it was sent; raises as `nomination_from` does."""
    data = _opened(NominationWithdrawnV1, sealed.sealed, open_text)
    return _same(data, {"nomination_id": data.nomination_id, "version": data.version}, sealed)


def _open_part(data: NominationSubmittedV1) -> dict[str, Any]:
    names = SealedNominationV1.model_fields.keys() - {"nominee", "sealed"}
    seen = SealedNominee(kind=data.nominee.kind, volunteer=data.nominee.volunteer)
    return {"nominee": seen, **{name: getattr(data, name) for name in names}}


def _text_of(data: Contract) -> bytes:
    return data.model_dump_json(exclude_none=True).encode()


def _opened(model: type[StatementT], text: str, open_text: Open) -> StatementT:
    try:
        return model.model_validate_json(open_text(text), extra="ignore")
    except ValidationError:
        # Pydantic's own words repeat what was sealed.
        raise SealMismatch("What was sealed is no statement of this type.") from None


def _same(data: StatementT, open_part: dict[str, Any], sealed: Contract) -> StatementT:
    if any(getattr(sealed, name) != value for name, value in open_part.items()):
        raise SealMismatch("Another statement was sealed than the one that stands beside it.")
    return data
