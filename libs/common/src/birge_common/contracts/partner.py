"""Partners' keys: identifiers, keyed hashes and scopes, by which every API checks a key."""

from typing import Annotated, Literal

from pydantic import Field

from birge_common.contracts.base import Code, Contract, IdentifierPart, Instant, Source
from birge_common.contracts.primitives import RegionOrCountry, ShortText

Action = Annotated[str, Field(pattern="^[a-z]{1,32}:[a-z]{1,32}$")]


class PartnerChangedV1(Contract):
    """The newest state of one key; the topic keeps the last of each."""

    key_id: IdentifierPart
    """Public part of the key; the event's subject."""
    name: ShortText
    """The partner."""
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """HMAC-SHA256 of the whole key under the installation's pepper, hexadecimal."""
    sources: tuple[Source, ...]
    """Sources the partner may send as."""
    regions: tuple[RegionOrCountry, ...] | None = None
    """Regions the partner may send for; all where absent."""
    kinds: tuple[Code, ...] | None = None
    """Families of events the partner may send; all where absent."""
    actions: tuple[Action, ...] = ("events:write", "receipts:read", "statistics:read")
    """What the key may be used for."""
    state: Literal["active", "revoked"]
    """A revoked key is refused."""
    expires_at: Instant | None = None
    """From when on the key is refused."""
    registered_at: Instant
    """When the partner was registered."""
