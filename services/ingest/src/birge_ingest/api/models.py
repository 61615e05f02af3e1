"""What the door answers, as its documentation shows it."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from birge_common.web.problems import ProblemDetails
from birge_ingest.checks.flags import COUNT_USUAL_MAX, HOURS_USUAL_MAX, LATE_AFTER


class ErrorItem(BaseModel):
    """One reason why an event was rejected."""

    code: str = Field(description="Stable code")
    pointer: str = Field(description="JSON Pointer to the place, from the top of the event")
    detail: str = Field(description="What to do about it; never repeats what was sent")


class WarningItem(BaseModel):
    """Something that was accepted and should be looked at."""

    code: Literal["text_normalised", "mixed_script", "above_soft_cap", "late"] = Field(
        description="text_normalised: letters were composed or invisible characters removed; "
        "mixed_script: Latin and Cyrillic letters stand in one word; "
        f"above_soft_cap: a report of more than {HOURS_USUAL_MAX:,} hours or {COUNT_USUAL_MAX:,} "
        "events, volunteers or participants of a category, counted and to be reviewed; "
        f"late: the period ended more than {LATE_AFTER.days} days ago, and counts there"
    )
    pointer: str = Field(description="JSON Pointer to the place, from the top of the event")


class EventResult(BaseModel):
    """What became of one event."""

    id: str | None = Field(description="The event's id, where it has one")
    status: Literal["accepted", "duplicate", "rejected"]
    receipt: str | None = Field(
        description="Proof that the event is in the log; a duplicate has the first one's"
    )
    errors: list[ErrorItem]
    warnings: list[WarningItem] = Field([], description="Only there where there is one")


class EventResults(BaseModel):
    """One result for each event, in order."""

    results: list[EventResult]
    trace_id: str


class RejectedProblem(ProblemDetails):
    """A problem with the request; where its events were looked at, with their results."""

    results: list[EventResult] | None = None


class ReceiptContent(BaseModel):
    """What a receipt proves: this event is in the log at this place."""

    source: str
    id: str
    type: str
    subject: str
    version: int | None
    topic: str
    partition: int
    offset: int
    digest: str = Field(
        description="Digest of type, subject and data, hexadecimal: SHA-256, of nominations keyed"
    )
    trace_id: str


class QuarantineEntry(BaseModel):
    """A rejected event: whole where it may be kept, else its digest alone."""

    quarantine_id: str
    received_at: datetime
    source: str | None
    event_id: str | None
    type: str | None
    errors: list[ErrorItem]
    digest: str = Field(description="SHA-256 of the event, hexadecimal; keyed where it is not kept")
    event: Any = Field(description="The event as JSON, where it was JSON and may be kept")
    raw: str | None = Field(description="The bytes in base64, where they were no JSON")
    trace_id: str | None


class QuarantinePage(BaseModel):
    """Rejected events, newest first."""

    entries: list[QuarantineEntry]
    next: str | None = Field(description="Send it as `after` for older ones; null at the end")
