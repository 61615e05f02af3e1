"""The door with memory behind it, and events that are valid by default."""

import copy
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from pydantic import SecretStr

from birge_common.contracts.personal import is_iin
from birge_common.security.keys import KeyDirectory, issue_key
from birge_common.security.receipts import ReceiptSigner
from birge_common.security.sealing import OpeningKeys, new_sealing_pair
from birge_common.settings import SecuritySettings
from birge_common.testing.clock import ManualClock
from birge_ingest.app import Parts, create_app
from birge_ingest.partner_keys import partner_key
from birge_ingest.settings import DoorSettings, IngestSettings
from birge_ingest.stores.memory import MemoryEventLog, MemoryQuarantine, MemorySeenEvents

Event = dict[str, Any]

SOURCE = "https://almaty.example.kz/front-office"
OTHER_SOURCE = "https://astana.example.kz/front-office"
# The first number of a day in 1990 that has a valid check digit; nobody's in particular.
IIN = next(f"90010130{rest:04d}" for rest in range(10_000) if is_iin(f"90010130{rest:04d}"))
NOW = datetime(2022, 12, 1, 9, 0, tzinfo=UTC)
PEPPER, RECEIPT_KEY = "p" * 32, "r" * 32
SEALING_KEY, PRIVATE_HALF = new_sealing_pair("2022")
OPENING_KEYS = OpeningKeys.parse(PRIVATE_HALF)

SETTINGS = IngestSettings(
    security=SecuritySettings(
        environment="test", key_pepper=SecretStr(PEPPER), receipt_key=SecretStr(RECEIPT_KEY)
    ),
    door=DoorSettings(
        acknowledge_timeout_seconds=6, store_timeout_seconds=1, read_timeout_seconds=0.2
    ),
)

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
NDJSON = "application/x-ndjson"


def activity(report_id: str = "r-1", *, source: str = SOURCE, **changes: Any) -> Event:
    """An activity report; keywords change its data, `None` values are sent as null."""
    data = {
        "report_id": report_id,
        "version": 1,
        "region": "KZ-75",
        "period": "2022-03",
        "direction": "taza_alem",
        "format": "offline",
        "hours": 12.5,
        "layer": "front_office",
        "organisation": {"id": "o-1", "name": "Таза Қала", "kind": "ngo"},
        "development": False,
        **changes,
    }
    return event("kz.birge.activity.reported.v1", report_id, data, source=source)


def event(type_: str, subject: str, data: Any, *, source: str = SOURCE) -> Event:
    """An event of any type; its id is made of the subject."""
    return {
        "specversion": "1.0",
        "id": f"e-{subject}",
        "source": source,
        "type": type_,
        "subject": subject,
        "time": "2022-12-01T08:59:00Z",
        "datacontenttype": "application/json",
        "data": data,
    }


def census(region: str = "KZ-75", period: str = "2022-H1") -> Event:
    """A census with little in it."""
    data = {
        "region": region,
        "period": period,
        "version": 1,
        "volunteers": {"total": 10},
        "organisations": {"ngos": 1},
    }
    return event("kz.birge.census.submitted.v1", f"{region}/{period}", data)


def without(document: Event, name: str) -> Event:
    """A copy without an attribute."""
    return {key: value for key, value in document.items() if key != name}


def with_data(document: Event, **changes: Any) -> Event:
    """A copy with other data."""
    changed = copy.deepcopy(document)
    changed["data"].update(changes)
    return changed


def as_text(value: Any) -> bytes:
    """The value as JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False).encode()


def as_lines(events: Collection[Any]) -> bytes:
    """One event a line."""
    return b"\n".join(as_text(item) for item in events)


@dataclass
class DoorUnderTest:
    """The application, what lies behind it, and a client with the key of SOURCE."""

    log: MemoryEventLog = field(default_factory=MemoryEventLog)
    seen: MemorySeenEvents = field(default_factory=MemorySeenEvents)
    quarantine: MemoryQuarantine = field(default_factory=MemoryQuarantine)
    keys: KeyDirectory = field(default_factory=lambda: KeyDirectory(PEPPER))
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    settings: IngestSettings = SETTINGS

    def __post_init__(self) -> None:
        parts = Parts(
            log=self.log,
            seen=self.seen,
            quarantine=self.quarantine,
            quarantine_reads=self.quarantine,
            keys=self.keys,
            clock=self.clock,
            sealing_key=SEALING_KEY,
        )
        self.app = create_app(self.settings, parts)
        self.key = self.new_key("Almaty office", sources=[SOURCE])
        self.signer = ReceiptSigner(RECEIPT_KEY)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    def clear(self) -> None:
        """Forget every event and every further key; faster than a new door."""
        for part in (self.log, self.seen, self.quarantine):
            part.clear()

    def new_key(self, name: str, *, sources: Collection[str], **scope: Collection[str]) -> str:
        """A live key; `regions`, `kinds` and `actions` limit it."""
        issued = issue_key("test", PEPPER)
        change = partner_key(
            issued,
            name,
            sources=sources,
            regions=scope.get("regions", ()),
            kinds=scope.get("kinds", ()),
            now=self.clock.now(),
        )
        actions = scope.get("actions")
        self.keys.apply(change.model_copy(update={"actions": tuple(actions)} if actions else {}))
        return issued.text

    def revoke(self, key: str) -> None:
        """As if the revocation had come over the log."""
        self._change(key, state="revoked")

    def expire(self, key: str, at: datetime) -> None:
        """As if the key had been made with an end."""
        self._change(key, expires_at=at)

    def _change(self, key: str, **changes: Any) -> None:
        entry = self.keys._entries[key.split("_")[2]]
        self.keys.apply(entry.model_copy(update=changes))

    async def send(
        self,
        body: bytes,
        content_type: str | None = STRUCTURED,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a body as it is."""
        given = {
            "Authorization": f"Bearer {key or self.key}",
            **({} if content_type is None else {"Content-Type": content_type}),
            **(headers or {}),
        }
        return await self.client.post("/v1/events", content=body, headers=given)

    async def send_one(self, one: Any, **options: Any) -> httpx.Response:
        """Send one event in structured mode."""
        return await self.send(as_text(one), STRUCTURED, **options)

    async def get(self, path: str, *, key: str | None = None) -> httpx.Response:
        """Read an address with a key."""
        return await self.client.get(path, headers={"Authorization": f"Bearer {key or self.key}"})

    def values(self, topic: str = "birge.submissions.v1") -> list[Event]:
        """The events in a topic of the log."""
        return [json.loads(record.value) for record in self.log.records.get(topic, [])]
