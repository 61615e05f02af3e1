"""Records as ingest writes them, valid by default."""

import json
from dataclasses import dataclass, field
from typing import Any

from birge_aggregator.ports import Partition

SUBMISSIONS = "birge.submissions.v1"


@dataclass(frozen=True)
class LogRecord:
    """A consumer's record without a consumer."""

    value: bytes | None
    offset: int = 0
    partition: int = 0
    topic: str = SUBMISSIONS
    timestamp: int = 1_669_900_000_000
    headers: list[tuple[str, bytes | None]] = field(default_factory=list)


def event(
    type_: str,
    subject: str,
    data: dict[str, Any],
    source: str = "urn:birge:a",
    time: str = "2022-12-01T09:00:00Z",
) -> bytes:
    """A CloudEvent as the log holds it."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"{subject}-{data.get('version', 0)}",
            "source": source,
            "type": type_,
            "subject": subject,
            "time": time,
            "data": data,
        }
    ).encode()


def report(
    report_id: str = "r-1",
    *,
    source: str = "urn:birge:a",
    time: str = "2022-04-05T09:00:00Z",
    **changes: Any,
) -> bytes:
    """An activity report, sent in time for its month."""
    data = {
        "report_id": report_id,
        "version": 1,
        "region": "KZ-71",
        "period": "2022-03",
        "direction": "umit",
        "format": "offline",
        "hours": 10,
        "layer": "front_office",
        "organisation": {"id": "o-1", "name": "Үміт", "kind": "ngo"},
        "development": False,
        **changes,
    }
    return event("kz.birge.activity.reported.v1", report_id, data, source, time)


def retraction(report_id: str = "r-1", *, version: int = 2, source: str = "urn:birge:a") -> bytes:
    """The retraction of a report."""
    data = {"report_id": report_id, "version": version, "reason": "sent twice"}
    return event("kz.birge.activity.retracted.v1", report_id, data, source)


def census(region: str = "KZ-71", period: str = "2022-H2", **changes: Any) -> bytes:
    """A census of a region."""
    source = changes.pop("source", f"urn:birge:office:{region}")
    data = {
        "region": region,
        "period": period,
        "version": 1,
        "volunteers": {
            "total": 100,
            "gender": {"men": 40, "women": 60},
            "age": {"under_18": 10, "from_18_to_29": 60, "from_30_to_pension": 20, "pension": 10},
            "occupation": {
                "school_pupil": 10,
                "student": 50,
                "neet": 5,
                "employed": 25,
                "unemployed": 5,
                "retired": 5,
            },
        },
        "organisations": {"ngos": 3, "initiative_groups": 7},
        **changes,
    }
    return event("kz.birge.census.submitted.v1", f"{region}/{period}", data, source)


def printed(
    *rows: dict[str, Any], period: str = "2022", version: int = 1, source: str = "urn:birge:a"
) -> bytes:
    """Totals that somebody printed; a row is of hours, unless it says otherwise."""
    data = {
        "table": "printed_total",
        "period": period,
        "version": version,
        "publisher": "network",
        "rows": [{"what": "hours", "unit": "h", "parts": [], **row} for row in rows],
    }
    return event("kz.birge.reference.published.v1", f"printed_total/{period}", data, source)


def explanation(finding: str, region: str = "KZ-71", **changes: Any) -> bytes:
    """What an office says about a finding of its region."""
    source = changes.pop("source", f"urn:birge:office:{region}")
    data = {
        "finding": finding,
        "region": region,
        "version": 1,
        "reason": "real",
        "text": "A flood brought them.",
        **changes,
    }
    return event("kz.birge.finding.explained.v1", finding, data, source)


def as_log(values: list[bytes | None], partition: int = 0) -> dict[Partition, list[LogRecord]]:
    """The values as one partition's records from offset 0."""
    return {
        Partition(SUBMISSIONS, partition): [
            LogRecord(value, offset, partition) for offset, value in enumerate(values)
        ]
    }
