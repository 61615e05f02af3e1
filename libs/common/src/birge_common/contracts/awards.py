"""What the awards service says: laureates, letters of gratitude and best practices."""

from typing import Annotated

from pydantic import Field

from birge_common.contracts.base import Code, Contract, FreeText, IdentifierPart, Instant, Link
from birge_common.contracts.primitives import (
    HalfYear,
    LongText,
    RegionCode,
    RegionOrCountry,
    ShortText,
    Year,
)


class LaureateConfirmedV1(Contract):
    """A region confirmed its "Best volunteer", who enters the national stage; never a name."""

    cycle: IdentifierPart
    """The cycle."""
    region: RegionCode
    """The region that decided."""
    nomination: Code
    """Category of the award."""
    nominee: IdentifierPart
    """Identifier of the nominee."""
    page: Link
    """Address of the laureate's page."""
    confirmed_at: Instant
    """When it was decided."""


class LaureateWaivedV1(Contract):
    """A region gives no award in this cycle, and says why."""

    cycle: IdentifierPart
    """The cycle."""
    region: RegionCode
    """The region that decided."""
    reason: FreeText
    """Why."""
    signed_by: Annotated[tuple[IdentifierPart, ...], Field(min_length=2, max_length=20)]
    """Identifiers of the two or more people who signed."""
    waived_at: Instant
    """When it was decided."""


class LaureateAnnouncedV1(Contract):
    """A laureate was made public."""

    laureate_id: IdentifierPart
    """The laureate; the event's subject."""
    cycle: IdentifierPart
    """The cycle."""
    nomination: Code
    """Category of the award."""
    region: RegionCode | None = None
    """The laureate's region; absent in the international track."""
    page: Link
    """Address of the laureate's page."""
    announced_at: Instant
    """When it was made public."""


class LetterIssuedV1(Contract):
    """A letter of gratitude was issued."""

    letter_id: IdentifierPart
    """Number of the letter; the event's subject."""
    region: RegionOrCountry
    """The region that proposed it."""
    period: HalfYear
    """The half-year it thanks for."""
    page: Link
    """Where the letter can be checked."""
    issued_at: Instant
    """When it was issued."""


class PracticePublishedV1(Contract):
    """A best practice was published."""

    practice_id: IdentifierPart
    """The practice; the event's subject."""
    region: RegionOrCountry
    """Where it is practised."""
    year: Year
    """The yearly collection it belongs to."""
    title: ShortText
    """Title."""
    page: Link
    """Where it can be read."""
    published_at: Instant
    """When it was published."""


class CheckpointSignedV1(Contract):
    """The log of acts grew, and was signed: a copy where its writer cannot reach."""

    log: IdentifierPart
    """The log."""
    size: Annotated[int, Field(ge=0)]
    """How many acts the log holds."""
    note: Annotated[tuple[LongText, ...], Field(min_length=5, max_length=100)]
    """The signed note line by line (C2SP tlog-checkpoint); each line ends with a line feed."""
