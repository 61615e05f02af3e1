"""Records of the log that tests bend in one place."""

import json
from typing import Any

from birge_stack.oracle import Recount

OFFICE = "urn:birge:office:KZ-71"


def record(event_type: str, subject: str, data: dict[str, Any], *, source: str = OFFICE) -> bytes:
    """A record's value as ingest writes it."""
    event = {
        "specversion": "1.0",
        "id": f"{subject}-{data.get('version')}",
        "source": source,
        "type": f"kz.birge.{event_type}.v1",
        "subject": subject,
        "data": data,
    }
    return json.dumps(event).encode()


def report(report_id: str = "r1", *, source: str = OFFICE, **changed: Any) -> bytes:
    """A front-office report of ten hours of care in Astana in March 2022."""
    data = {
        "report_id": report_id,
        "version": 1,
        "region": "KZ-71",
        "period": "2022-03",
        "direction": "qamqor",
        "format": "offline",
        "hours": 10,
        "layer": "front_office",
        "development": False,
        **changed,
    }
    return record("activity.reported", report_id, data, source=source)


def retraction(report_id: str = "r1", *, version: int = 2) -> bytes:
    """The report counts no more."""
    return record("activity.retracted", report_id, {"report_id": report_id, "version": version})


def census(
    region: str = "KZ-71",
    period: str = "2022-H2",
    *,
    source: str = OFFICE,
    version: int = 1,
    **changed: Any,
) -> bytes:
    """A census of a hundred volunteers, ten NGOs and thirty groups."""
    data = {
        "region": region,
        "period": period,
        "version": version,
        "volunteers": {"total": 100, "gender": {"men": 40, "women": 60}},
        "organisations": {"ngos": 10, "initiative_groups": 30},
        **changed,
    }
    return record("census.submitted", f"{region}/{period}", data, source=source)


def partner(key_id: str, source: str, regions: list[str] | None, *, registered_at: str) -> bytes:
    """The registration of a key."""
    data = {
        "key_id": key_id,
        "sources": [source],
        "regions": regions,
        "registered_at": registered_at,
    }
    return json.dumps({"data": data}).encode()


def recount_of(*records: bytes) -> Recount:
    """The oracle after these records."""
    recount = Recount()
    for value in records:
        recount.apply(value)
    return recount
