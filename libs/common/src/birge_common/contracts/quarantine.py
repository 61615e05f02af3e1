"""What could not be accepted: whole where it may be kept, with the reasons."""

from typing import Annotated

from pydantic import Field, JsonValue

from birge_common.contracts.base import Contract, Identifier, Instant


class Refusal(Contract):
    """One reason."""

    code: str
    """Stable error code."""
    pointer: str
    """JSON Pointer (RFC 6901) to the place, from the top of the event."""
    detail: str
    """The reason in words; never repeats the input."""


class Origin(Contract):
    """The record that could not be read, where it came over Kafka."""

    topic: str
    """Topic."""
    partition: Annotated[int, Field(ge=0)]
    """Partition."""
    offset: Annotated[int, Field(ge=0)]
    """Offset."""


class SubmissionQuarantinedV1(Contract):
    """A submission was not accepted; its sender can read, fix and replay it.

    What the sender wrote is kept as it was, so it is not held to any bound here.
    """

    quarantine_id: Identifier
    """Identifier of this entry."""
    source: str | None = None
    """The event's source, where it has one."""
    event_id: str | None = None
    """The event's id, where it has one."""
    type: str | None = None
    """The event's type, where it has one."""
    received_at: Instant
    """When it came in."""
    errors: tuple[Refusal, ...]
    """Why it was refused."""
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the bytes received, hexadecimal; keyed where the event may not be kept."""
    event: JsonValue = None
    """The event, where it may be kept."""
    raw: str | None = None
    """The bytes received in base64, where they were no JSON."""
    origin: Origin | None = None
    """The Kafka record, where it came that way."""
    trace_id: str | None = None
    """Trace of the request."""
