"""What the door hands to the log and to its stores, and gets back.

What is made for each event is a msgspec structure: a frozen dataclass takes three times as long.
"""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from birge_ingest.domain.refusal import Refusal


class Record(Struct, frozen=True, gc=False):
    """A record for the log; records of one key stay in their order."""

    topic: str
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]


class Position(Struct, frozen=True, gc=False):
    """Where the log holds a record."""

    topic: str
    partition: int
    offset: int


class SeenEvent(Struct, frozen=True, gc=False):
    """An event that was accepted once: its identity, its content, and where the log has it.

    With the event that is sent again these make its first receipt anew, which is four times as
    long.
    """

    identity: str
    digest: str
    partition: int
    offset: int
    trace_id: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose quarantine it is: the sources of a key, and the key itself."""

    key_id: str
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A refused event as it is kept: whole where it may be (`event` or `raw`), else its digest.

    `owned_source` is its source where the sender's key covers it: all keys of that source may
    read the entry, where a foreign source would show it to a stranger.
    """

    quarantine_id: str
    received_at: datetime
    key_id: str
    owned_source: str | None
    source: str | None
    event_id: str | None
    type: str | None
    refusals: tuple[Refusal, ...]
    digest: str
    event: bytes | None
    raw: bytes | None
    trace_id: str | None

    def is_visible_to(self, sender: Sender) -> bool:
        """Whether the entry is the sender's own."""
        return self.key_id == sender.key_id or self.owned_source in sender.sources
