"""The CloudEvents envelope around data, and what the door is planned to say to each event."""

from dataclasses import dataclass
from typing import Any

ACTIVITY_REPORTED = "kz.birge.activity.reported.v1"
ACTIVITY_RETRACTED = "kz.birge.activity.retracted.v1"
CENSUS_SUBMITTED = "kz.birge.census.submitted.v1"
INQUIRY_RECEIVED = "kz.birge.inquiry.received.v1"
INQUIRY_RESOLVED = "kz.birge.inquiry.resolved.v1"
MILESTONE_REPORTED = "kz.birge.milestone.reported.v1"
REFERENCE_PUBLISHED = "kz.birge.reference.published.v1"
FINDING_EXPLAINED = "kz.birge.finding.explained.v1"
GRANT_INDICATOR_REPORTED = "kz.birge.grant-indicator.reported.v1"

ACCEPTED, DUPLICATE, REJECTED = "accepted", "duplicate", "rejected"

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """An event, the partner whose key it is sent with, and the answer it must get."""

    minute: int
    partner: str
    event: Event
    status: str = ACCEPTED
    code: str | None = None


def cloud_event(
    event_type: str, *, event_id: str, source: str, subject: str, time: str, data: dict[str, Any]
) -> Event:
    """One event as its sender writes it."""
    return {
        "specversion": "1.0",
        "id": event_id,
        "source": source,
        "type": event_type,
        "subject": subject,
        "time": time,
        "datacontenttype": "application/json",
        "data": data,
    }
