"""What the aggregator says to the log of its own: a publication is out."""

import json
from typing import Any

from birge_aggregator.editions import Edition
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.statistics import PublicationIssuedV1
from birge_common.messaging.outbox import outbox_row

SOURCE = "urn:birge:aggregator"


def issued_record(edition: Edition, address: str) -> dict[str, Any]:
    """The outbox row of `kz.birge.publication.issued.v1`; `address` is the public site's."""
    kind = EVENT_TYPES["kz.birge.publication.issued.v1"]
    note = edition.change_note
    data = PublicationIssuedV1(
        publication_id=edition.id,
        period=edition.period,
        edition=edition.number,
        issued_at=edition.issued_at,
        as_of=edition.counted_at,
        page=f"{address}/publications/{edition.id}",
        changes=None if note is None else note["en"],
    )
    event = {
        "specversion": "1.0",
        "id": edition.id,
        "source": SOURCE,
        "type": kind.type,
        "subject": kind.subject_of(data),
        "time": edition.issued_at.isoformat(),
        "data": data.model_dump(mode="json"),
    }
    value = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return outbox_row(kind.topic, f"{SOURCE}|{edition.id}", value)
