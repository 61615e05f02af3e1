"""Nominations for "Volunteer of the Year", as nominators send them to the door."""

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from birge_common.contracts.activity import Evidence
from birge_common.contracts.base import (
    Code,
    Contract,
    FreeText,
    Identifier,
    IdentifierPart,
    Version,
    refuse,
)
from birge_common.contracts.primitives import (
    CountryCode,
    RegionCode,
    ShortText,
    VolunteerReference,
    Year,
)

WHERE_FROM: dict[str, JsonValue] = {
    "allOf": [
        {
            "if": {"properties": {"track": {"const": track}}},
            "then": {"required": [needed], "properties": {needed: {"type": "string"}}},
        }
        for track, needed in (("domestic", "region"), ("international", "country"))
    ]
}


NomineeKind = Literal["person", "group", "organisation", "project"]
Track = Literal["domestic", "international"]


class Nominee(Contract):
    """Who is nominated."""

    kind: NomineeKind
    """What kind of nominee it is."""
    name: ShortText
    """Name; sealed before it reaches the log."""
    volunteer: VolunteerReference | None = None
    """Opaque reference of the volunteer in activity reports."""
    birth_year: Year | None = None
    """Year of birth; sealed before it reaches the log."""
    contact: ShortText
    """Address, phone or e-mail; sealed before it reaches the log."""
    organisation: ShortText | None = None
    """Organisation the nominee belongs to; sealed before it reaches the log."""


class Nominator(Contract):
    """Who nominates."""

    name: ShortText
    """Name; sealed before it reaches the log."""
    contact: ShortText
    """Address, phone or e-mail; sealed before it reaches the log."""
    organisation: ShortText | None = None
    """Organisation the nominator belongs to."""
    relation: ShortText
    """Relation to the nominee."""


class Confirmation(Contract):
    """An organisation that confirms the nominee's work."""

    organisation: ShortText
    """The organisation."""
    contact: ShortText | None = None
    """Whom to ask; sealed before it reaches the log."""


class Consents(Contract):
    """What the nominee, and a minor's guardian, agreed to."""

    processing: bool
    """That personal data is processed."""
    publication: bool
    """That the name is published."""
    guardian: bool | None = None
    """That of a minor's guardian."""


class NominationSubmittedV1(Contract, json_schema_extra=WHERE_FROM):
    """A nominee for a track, region and nomination of a cycle."""

    nomination_id: Identifier
    """The sender's identifier; the event's subject."""
    version: Version
    """The highest version counts."""
    cycle: IdentifierPart
    """The cycle, such as 2023."""
    track: Track
    """Which award."""
    region: RegionCode | None = None
    """The region that decides first; required in the domestic track."""
    country: CountryCode | None = None
    """Where the nominee is from, ISO 3166-1 alpha-2; required in the international track."""
    nomination: Code
    """Category of the award."""
    nominee: Nominee
    """Who is nominated."""
    nominator: Nominator
    """Who nominates."""
    citation: FreeText
    """Why; no personal numbers."""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=100)]
    """Where it can be checked."""
    confirmations: Annotated[tuple[Confirmation, ...], Field(max_length=20)] | None = None
    """Organisations that confirm it."""
    consents: Consents
    """What was agreed to."""

    @model_validator(mode="after")
    def _says_where_from(self) -> Self:
        needed = "region" if self.track == "domestic" else "country"
        if getattr(self, needed) is None:
            refuse({(needed,): ("required", f"The {self.track} track needs a {needed}")})
        return self


class NominationWithdrawnV1(Contract):
    """A nomination is taken back."""

    nomination_id: Identifier
    """The nomination taken back; the event's subject."""
    version: Version
    """Takes back every lower version."""
    reason: FreeText
    """Why; no personal numbers."""
