"""Partners' API keys: made once, kept as a keyed hash, checked in constant time."""

import hmac
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.telemetry import metrics

EVENTS_WRITE, RECEIPTS_READ, STATISTICS_READ = "events:write", "receipts:read", "statistics:read"


@dataclass(frozen=True)
class IssuedKey:
    """A new key; `text` is shown once and kept nowhere."""

    text: str
    key_id: str
    digest: str


@dataclass(frozen=True)
class Partner:
    """Who a key belongs to and what it covers; None covers all."""

    key_id: str
    name: str
    sources: frozenset[str]
    regions: frozenset[str] | None
    kinds: frozenset[str] | None
    actions: frozenset[str]
    registered_at: datetime

    def may_send_for(self, region: str) -> bool:
        """Whether the key covers this region."""
        return self.regions is None or region in self.regions

    def may_send_kind(self, family: str) -> bool:
        """Whether the key covers this family of events."""
        return self.kinds is None or family in self.kinds


def key_digest(text: str, pepper: str) -> str:
    """HMAC-SHA256 of the whole key, hexadecimal.

    A key holds 256 random bits, so a fast hash is enough (ASVS 6.5.2); the pepper makes a copy
    of the table useless by itself.
    """
    return hmac.digest(pepper.encode(), text.encode(), "sha256").hex()


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"


def issue_key(environment: str, pepper: str) -> IssuedKey:
    """A new key `vk_<environment>_<key id>_<256 bits>_<crc>`."""
    key_id = secrets.token_hex(8)
    body = f"vk_{environment}_{key_id}_{secrets.token_hex(32)}"
    text = f"{body}_{_checksum(body)}"
    return IssuedKey(text, key_id, key_digest(text, pepper))


def key_id_of(text: str) -> str | None:
    """The key id in a key's text; None where it is no key, without asking any store."""
    if len(text) > 200:
        return None
    body, _, checksum = text.rpartition("_")
    parts = body.split("_")
    if len(parts) != 4 or parts[0] != "vk" or _checksum(body) != checksum:
        return None
    return parts[2]


class KeyDirectory:
    """What is known of partners' keys, in memory; filled from `birge.partners.v1`."""

    def __init__(self, pepper: str) -> None:
        self._pepper = pepper
        self._entries: dict[str, PartnerChangedV1] = {}
        self.revision = 0

    def apply(self, change: PartnerChangedV1) -> None:
        """Take the newest state of a key."""
        self._entries[change.key_id] = change
        self.revision += 1
        metrics.PARTNER_KEYS.set(len(self._entries))

    def authenticate(self, text: str, now: datetime) -> Partner | None:
        """The partner whose live key this is, else None."""
        entry = self._entries.get(key_id_of(text) or "")
        digest = key_digest(text, self._pepper)
        if not hmac.compare_digest(digest, entry.digest if entry else "0" * 64) or entry is None:
            return None
        expired = entry.expires_at is not None and entry.expires_at <= now
        return None if expired or entry.state != "active" else _partner_from(entry)

    def partners(self) -> list[Partner]:
        """Every partner ever registered, revoked ones included: what they said still counts."""
        return [_partner_from(entry) for entry in self._entries.values()]


def _partner_from(entry: PartnerChangedV1) -> Partner:
    return Partner(
        key_id=entry.key_id,
        name=entry.name,
        sources=frozenset(entry.sources),
        regions=None if entry.regions is None else frozenset(entry.regions),
        kinds=None if entry.kinds is None else frozenset(entry.kinds),
        actions=frozenset(entry.actions),
        registered_at=entry.registered_at,
    )
