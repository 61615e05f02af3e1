"""The stores and the log without any server: for tests, and to try things out."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from birge_common.contracts.partner import PartnerChangedV1
from birge_ingest.domain.records import Position, Quarantined, Record, SeenEvent, Sender
from birge_ingest.ports import LogUnavailableError, SourceTakenError


class MemorySeenEvents:
    """Accepted events in a dictionary."""

    def __init__(self) -> None:
        self._events: dict[str, SeenEvent] = {}

    async def find(self, identities: Collection[str]) -> Mapping[str, SeenEvent]:
        """Those of the events that were accepted before."""
        return {name: self._events[name] for name in identities if name in self._events}

    async def remember(self, events: Sequence[SeenEvent]) -> None:
        """Keep what was accepted; of two under one identity the first stays."""
        for event in events:
            self._events.setdefault(event.identity, event)

    def clear(self) -> None:
        """Forget everything."""
        self._events.clear()


class MemoryQuarantine:
    """Refused events in a dictionary."""

    def __init__(self) -> None:
        self._entries: dict[str, Quarantined] = {}

    async def keep(self, entries: Sequence[Quarantined]) -> None:
        """Keep the entries; keeping one again changes nothing."""
        for entry in entries:
            self._entries.setdefault(entry.quarantine_id, entry)

    async def newest(
        self, sender: Sender, *, limit: int, before: str | None = None
    ) -> list[Quarantined]:
        """The sender's own entries, newest first, from the one before the id `before` on."""
        own = (
            entry
            for quarantine_id, entry in sorted(self._entries.items(), reverse=True)
            if entry.is_visible_to(sender) and (before is None or quarantine_id < before)
        )
        return list(islice(own, limit))

    async def find(self, sender: Sender, quarantine_id: str) -> Quarantined | None:
        """One of the sender's own entries."""
        entry = self._entries.get(quarantine_id)
        return entry if entry is not None and entry.is_visible_to(sender) else None

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()


class MemoryEventLog:
    """A log of one partition a topic; `is_away` makes it refuse, as a log without brokers does."""

    def __init__(self) -> None:
        self.records: dict[str, list[Record]] = {}
        self.is_away = False

    async def append(self, records: Sequence[Record]) -> list[Position]:
        """Append all and return their places in order."""
        if self.is_away:
            raise LogUnavailableError
        return [self._appended(record) for record in records]

    async def is_usable(self) -> bool:
        """Whether an append would be tried now."""
        return not self.is_away

    def clear(self) -> None:
        """Forget everything, and be there."""
        self.records.clear()
        self.is_away = False

    def _appended(self, record: Record) -> Position:
        of_topic = self.records.setdefault(record.topic, [])
        of_topic.append(record)
        return Position(record.topic, 0, len(of_topic) - 1)


class MemoryPartnerRegistry:
    """Keys in a dictionary; `announced` holds what would be said, in order."""

    def __init__(self) -> None:
        self._keys: dict[str, PartnerChangedV1] = {}
        self.announced: list[PartnerChangedV1] = []

    async def register(self, key: PartnerChangedV1) -> None:
        """Keep a new key; SourceTakenError where a source is another partner's."""
        owners = {source: known.name for known in self._keys.values() for source in known.sources}
        for source in key.sources:
            if owners.get(source, key.name) != key.name:
                raise SourceTakenError(source)
        self._change(key)

    async def revoke(self, key_id: str) -> PartnerChangedV1 | None:
        """Revoke a key; None where there is none of that id. Revoking again changes nothing."""
        if key_id not in self._keys:
            return None
        revoked = self._keys[key_id].model_copy(update={"state": "revoked"})
        self._change(revoked)
        return revoked

    async def keys(self) -> list[PartnerChangedV1]:
        """All keys ever registered, oldest first."""
        return sorted(self._keys.values(), key=lambda key: key.registered_at)

    def _change(self, key: PartnerChangedV1) -> None:
        self._keys[key.key_id] = key
        self.announced.append(key)
