"""A record of the log that its reader cannot use: kept whole by the reader, and told to others."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from birge_common.contracts.topics import QUARANTINE
from birge_common.messaging.outbox import outbox_row

# In base64 it must fit into a message of Kafka; a longer value stays in the reader's store.
_TOLD_BYTES_MAX = 512 * 1024


@dataclass(frozen=True)
class UnreadableRecord:
    """Where the log holds it, what is wrong with it in a code, and its value."""

    topic: str
    partition: int
    offset: int
    code: str
    raw: bytes | None

    @property
    def id(self) -> str:
        """The record's place in the log: reading it again finds the same row."""
        return f"{self.topic}:{self.partition}:{self.offset}"

    def document(self) -> dict[str, Any]:
        """The row in the reader's own collection."""
        return {
            "_id": self.id,
            "topic": self.topic,
            "partition": self.partition,
            "offset": self.offset,
            "code": self.code,
            "raw": self.raw,
        }

    def outgoing_row(self, *, source: str, detail: str) -> dict[str, Any]:
        """`kz.birge.submission.quarantined.v1`; its id comes from the record's place."""
        return outbox_row(QUARANTINE, self.id, self._event(source, detail))

    def _event(self, source: str, detail: str) -> bytes:
        now = datetime.now(UTC).isoformat()
        raw = self.raw or b""
        event = {
            "specversion": "1.0",
            "id": self.id,
            "source": source,
            "type": "kz.birge.submission.quarantined.v1",
            "subject": self.id,
            "time": now,
            "data": {
                "quarantine_id": self.id,
                "received_at": now,
                "errors": [{"code": "malformed", "pointer": "", "detail": detail}],
                "digest": hashlib.sha256(raw).hexdigest(),
                "raw": base64.b64encode(raw).decode() if len(raw) <= _TOLD_BYTES_MAX else None,
                "origin": {
                    "topic": self.topic,
                    "partition": self.partition,
                    "offset": self.offset,
                },
            },
        }
        return json.dumps(event, separators=(",", ":")).encode()
