"""What the aggregator says to the log of its own: a month changed, a publication is out."""

import json
from datetime import datetime
from typing import Any

from birge_aggregator.changes import MonthChanged
from birge_aggregator.editions import Edition
from birge_aggregator.rendering import by_topic
from birge_common.contracts.base import Contract
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.statistics import PublicationIssuedV1, StatisticsChangedV1
from birge_common.messaging.outbox import outbox_row

SOURCE = "urn:birge:aggregator"


def issued_record(edition: Edition, address: str) -> dict[str, Any]:
    """The outbox row of `kz.birge.publication.issued.v1`; `address` is the public site's."""
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
    return _record("kz.birge.publication.issued.v1", edition.id, data, edition.issued_at)


def changed_record(changed: MonthChanged) -> dict[str, Any]:
    """The outbox row of `kz.birge.statistics.changed.v1`; its id grows with each change."""
    data = StatisticsChangedV1(
        region=changed.region,
        month=changed.month,
        positions=by_topic(changed.positions),
        counted_at=changed.counted_at,
    )
    name = f"{changed.region}/{changed.month}/{changed.revision}"
    return _record("kz.birge.statistics.changed.v1", name, data, changed.counted_at)


def _record(type_: str, name: str, data: Contract, at: datetime) -> dict[str, Any]:
    kind = EVENT_TYPES[type_]
    subject = kind.subject_of(data)
    event = {
        "specversion": "1.0",
        "id": name,
        "source": SOURCE,
        "type": kind.type,
        "subject": subject,
        "time": at.isoformat(),
        "data": data.model_dump(mode="json"),
    }
    value = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    return outbox_row(kind.topic, f"{SOURCE}|{subject}", value)
