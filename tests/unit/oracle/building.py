"""Records of the log that tests bend in one place."""

import json
from typing import Any

from birge_stack.oracle import Recount

OFFICE = "urn:birge:office:KZ-71"
NETWORK = "urn:birge:network"
IN_TIME = "2022-02-05T09:00:00+05:00"


def record(
    event_type: str,
    subject: str,
    data: dict[str, Any],
    *,
    source: str = OFFICE,
    time: str | None = IN_TIME,
) -> bytes:
    """A record's value as ingest writes it."""
    event = {
        "specversion": "1.0",
        "id": f"{subject}-{data.get('version')}",
        "source": source,
        "type": f"kz.birge.{event_type}.v1",
        "subject": subject,
        "time": time,
        "data": data,
    }
    return json.dumps(event).encode()


def report(
    report_id: str = "r1", *, source: str = OFFICE, time: str | None = IN_TIME, **changed: Any
) -> bytes:
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
        "organisation": {"id": "o1", "name": "Clean city", "kind": "ngo"},
        **changed,
    }
    return record("activity.reported", report_id, data, source=source, time=time)


def newest(year: int = 2022, time: str = "2024-06-01T00:00:00Z") -> bytes:
    """A grantee's report of the country that was sent late: every month of its year is over."""
    changed: dict[str, Any] = {"layer": "grant", "region": "KZ", "organisation": by("o-late")}
    return report(f"newest-{year}", period=f"{year}", source=NETWORK, time=time, **changed)


def by(organisation_id: str) -> dict[str, str]:
    """An organisation."""
    return {"id": organisation_id, "name": "Clean city", "kind": "ngo"}


def elsewhere(hours: float) -> list[dict[str, Any]]:
    """Hours that another report has counted already."""
    return [{"report_id": "x", "hours": hours}]


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


def reference(
    table: str, *rows: dict[str, Any], period: str = "2022", source: str = NETWORK
) -> bytes:
    """A table of reference data."""
    data = {
        "table": table,
        "period": period,
        "version": 1,
        "publisher": "network",
        "rows": list(rows),
    }
    return record("reference.published", f"{table}/{period}", data, source=source)


def explanation(finding: str, *, source: str = OFFICE, version: int = 1, **changed: Any) -> bytes:
    """Why a finding of Astana is as it is."""
    data = {
        "finding": finding,
        "region": "KZ-71",
        "version": version,
        "reason": "real",
        "text": "It was so.",
        **changed,
    }
    return record("finding.explained", finding, data, source=source)


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


def findings(
    recount: Recount, check: str, period: str = "2022", region: str = "KZ", **options: Any
) -> list[dict[str, Any]]:
    """What one check found."""
    rows = recount.table("quality", period, region, **options)["rows"]
    return [row for row in rows if row["check"] == check]


def said(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Of each finding where and when it is, what it is of, and its figures."""
    return [
        tuple(row[name] for name in ("region", "period", "what", "expected", "found"))
        for row in rows
    ]
