"""What the aggregator says: something new was counted, or a publication is out."""

from birge_common.contracts.base import Contract, IdentifierPart, Instant, Link, Month, Period
from birge_common.contracts.primitives import LongText, RegionOrCountry, Version


class StatisticsChangedV1(Contract):
    """Something new was counted for a region and month."""

    region: RegionOrCountry
    """The region, or `KZ`."""
    month: Month
    """The month."""
    positions: dict[str, dict[str, int]]
    """By topic and partition the next offset: what is counted in."""
    counted_at: Instant
    """When it was counted."""


class PublicationIssuedV1(Contract):
    """A publication is out; it never changes, a correction makes a new edition."""

    publication_id: IdentifierPart
    """The publication; the event's subject."""
    period: Period
    """The period it is about."""
    edition: Version
    """From 1; a later one says what changed."""
    issued_at: Instant
    """When it came out."""
    as_of: Instant
    """The moment whose figures it freezes."""
    page: Link
    """Where it can be read."""
    changes: LongText | None = None
    """What changed since the edition before."""
