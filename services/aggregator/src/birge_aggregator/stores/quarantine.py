"""Records that could not be counted: kept here whole, and told to the rest by the outbox."""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from birge_aggregator.domain.ledger import Place
from birge_aggregator.ports import Unreadable
from birge_common.contracts.topics import QUARANTINE
from birge_common.messaging.outbox import outbox_row

_SOURCE = "urn:birge:aggregator"
# In base64 it must fit into a message of Kafka; a longer value stays in this service's store.
_TOLD_BYTES_MAX = 512 * 1024
_DETAILS = {
    "tombstone": "The record has no value.",
    "undecodable": "The record is no event of a known type, or its data do not fit the type.",
    "unknown_code": "The record names a region, direction, format or layer that does not exist.",
}


def quarantine_id_at(place: Place) -> str:
    """The record's place in the log: reading it again finds the same row."""
    return f"{place.topic}:{place.partition}:{place.offset}"


def quarantine_document(unreadable: Unreadable) -> dict[str, Any]:
    """The row in this service's own collection."""
    return {
        "_id": quarantine_id_at(unreadable.place),
        "topic": unreadable.place.topic,
        "partition": unreadable.place.partition,
        "offset": unreadable.place.offset,
        "code": unreadable.code,
        "raw": unreadable.raw,
    }


def outgoing_rows(several: Sequence[Unreadable]) -> list[dict[str, Any]]:
    """`kz.birge.submission.quarantined.v1` for each; its id comes from the record's place."""
    return [
        outbox_row(QUARANTINE, quarantine_id_at(unreadable.place), _event(unreadable))
        for unreadable in several
    ]


def _event(unreadable: Unreadable) -> bytes:
    now = datetime.now(UTC).isoformat()
    raw = unreadable.raw or b""
    event = {
        "specversion": "1.0",
        "id": quarantine_id_at(unreadable.place),
        "source": _SOURCE,
        "type": "kz.birge.submission.quarantined.v1",
        "subject": quarantine_id_at(unreadable.place),
        "time": now,
        "data": {
            "quarantine_id": quarantine_id_at(unreadable.place),
            "received_at": now,
            "errors": [{"code": "malformed", "pointer": "", "detail": _DETAILS[unreadable.code]}],
            "digest": hashlib.sha256(raw).hexdigest(),
            "raw": base64.b64encode(raw).decode() if len(raw) <= _TOLD_BYTES_MAX else None,
            "origin": unreadable.place._asdict(),
        },
    }
    return json.dumps(event, separators=(",", ":")).encode()
