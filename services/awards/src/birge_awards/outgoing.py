"""Events of this service as records of the log: ids that name their cause, subjects as agreed."""

import json
from datetime import datetime
from typing import Any

from birge_awards.ports import Outgoing
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.messaging.outbox import outbox_row

SOURCE = "urn:birge:awards"


def record_of(outgoing: Outgoing, *, cause: str, now: datetime) -> dict[str, Any]:
    """The outbox row; the same cause gives the same event, however often it is told."""
    kind = EVENT_TYPES[f"kz.birge.{outgoing.type}.v1"]
    subject = kind.subject_of(outgoing.data)
    event = {
        "specversion": "1.0",
        "id": cause,
        "source": SOURCE,
        "type": kind.type,
        "subject": subject,
        "time": now.isoformat(),
        "data": outgoing.data.model_dump(mode="json"),
    }
    value = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return outbox_row(kind.topic, f"{SOURCE}|{subject}", value)
