"""What the handlers need from outside: the log, the memory of events, the quarantine."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from birge_common.contracts.partner import PartnerChangedV1
from birge_ingest.domain.records import Position, Quarantined, Record, SeenEvent, Sender


class LogUnavailableError(Exception):
    """The log did not acknowledge everything in time: give no receipt, and let the sender retry.

    Some of the records may be in the log; a retry is safe, because the same event counts once.
    """


class EventLog(Protocol):
    """The log, as far as one who only appends sees it."""

    async def append(self, records: Sequence[Record]) -> list[Position]:
        """Append all and return their places in order, once every in-sync replica has them.

        Raises LogUnavailableError where that is not certain of each record.
        """
        ...

    async def is_usable(self) -> bool:
        """Whether an append would be tried now."""
        ...


class SeenEvents(Protocol):
    """Remembers accepted events, to tell the sender early that one is a duplicate."""

    async def find(self, identities: Collection[str]) -> Mapping[str, SeenEvent]:
        """Those of the events that were accepted before."""
        ...

    async def remember(self, events: Sequence[SeenEvent]) -> None:
        """Keep what was accepted; of two under one identity the first stays."""
        ...


class StoreUnavailableError(Exception):
    """The database does not answer: what was asked for cannot be guessed; ask again later."""


class QuarantineWrites(Protocol):
    """Keeps what was refused, for its sender."""

    async def keep(self, entries: Sequence[Quarantined]) -> None:
        """Keep the entries; keeping one again changes nothing."""
        ...


class QuarantineReads(Protocol):
    """Shows a sender what was refused; raises StoreUnavailableError rather than guess."""

    async def newest(
        self, sender: Sender, *, limit: int, before: str | None = None
    ) -> list[Quarantined]:
        """The sender's own entries, newest first, from the one before the id `before` on."""
        ...

    async def find(self, sender: Sender, quarantine_id: str) -> Quarantined | None:
        """One of the sender's own entries."""
        ...


class SourceTakenError(Exception):
    """Another partner has the source: choose another, or use that partner's name."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


class PartnerRegistry(Protocol):
    """Partners' keys, as hashes; each change is said on `birge.partners.v1` without fail."""

    async def register(self, key: PartnerChangedV1) -> None:
        """Keep a new key; SourceTakenError where a source is another partner's."""
        ...

    async def revoke(self, key_id: str) -> PartnerChangedV1 | None:
        """Revoke a key; None where there is none of that id. Revoking again changes nothing."""
        ...

    async def keys(self) -> list[PartnerChangedV1]:
        """All keys ever registered, oldest first."""
        ...
