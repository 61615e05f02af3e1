"""What an event is found to be: something for the log, or something refused."""

from typing import Any

import msgspec
from msgspec import Struct, field

from birge_ingest.domain.refusal import Refusal
from birge_ingest.domain.value import Warned


class Admissible(Struct, frozen=True, gc=False):
    """An event that may go to the log; `text` is the event as checked, not yet sealed.

    `identity` is source and id: the same pair again is the same event.
    """

    identity: str
    source: str
    id: str
    type: str
    subject: str
    version: int | None
    topic: str
    text: bytes
    digest: str
    traceparent: str | None
    tracestate: str | None
    warnings: list[Warned]

    def refused_as(self, refusal: Refusal) -> "Inadmissible":
        """The same event, refused after all."""
        return Inadmissible([refusal], msgspec.json.decode(self.text), warnings=self.warnings)


class Inadmissible(Struct, frozen=True):
    """An event that is refused; `event` is its JSON value, where it has one, else `raw` is it."""

    refusals: list[Refusal]
    event: Any = None
    raw: bytes = b""
    warnings: list[Warned] = field(default_factory=list)

    @property
    def id(self) -> str | None:
        """The event's id, where it is one."""
        return self.text_of("id", 128)

    @property
    def source(self) -> str | None:
        """The event's source, where it is one."""
        return self.text_of("source", 256)

    def text_of(self, attribute: str, length_max: int) -> str | None:
        """An attribute that is a short printable text, else None."""
        value = self.event.get(attribute) if isinstance(self.event, dict) else None
        fits = isinstance(value, str) and value.isprintable() and 0 < len(value) <= length_max
        return value if fits else None
