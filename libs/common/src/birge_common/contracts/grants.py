"""What the grants service says: projects, their amendments, and listed performers."""

from typing import Annotated, Literal

from pydantic import Field

from birge_common.contracts.base import Contract, IdentifierPart, Instant, Link, Version
from birge_common.contracts.primitives import PlainDay, RegionCode, ShortText

Regions = Annotated[tuple[RegionCode, ...], Field(max_length=20)]


class GrantProjectRegisteredV1(Contract):
    """A grant project as it is in force; a higher version replaces a lower one."""

    project: IdentifierPart
    """The project; the event's subject."""
    version: Version
    """The highest version is in force."""
    title: ShortText
    """Title."""
    direction: Annotated[str, Field(pattern="^[a-z_]{1,64}$")]
    """Grant direction; `silver` is one of them."""
    performer: IdentifierPart
    """The grantee."""
    geography: Literal["republican", "local"]
    """Declared geography."""
    regions: Regions | None = None
    """Declared regions; absent for the whole country."""
    starts_on: PlainDay
    """First day."""
    ends_on: PlainDay
    """Last day."""


class GrantAmendmentDecidedV1(Contract):
    """An amendment of a project's plan, budget or indicators was decided."""

    project: IdentifierPart
    """The project; the event's subject."""
    amendment: IdentifierPart
    """The amendment."""
    decision: Literal["accepted", "refused"]
    """The decision."""
    effective_on: PlainDay | None = None
    """From when on it holds."""
    decided_at: Instant
    """When it was decided."""


class GrantPerformerListedV1(Contract):
    """A performer was put on the public registry of bad faith, after due process."""

    performer: IdentifierPart
    """The grantee; the event's subject."""
    listed_until: PlainDay
    """Last day on the registry."""
    page: Link
    """The public entry."""
    listed_at: Instant
    """When it was listed."""


class GrantPerformerRemovedV1(Contract):
    """A performer was taken off the public registry."""

    performer: IdentifierPart
    """The grantee; the event's subject."""
    removed_at: Instant
    """When it was removed."""
