"""Statements that are kept as they were sent: censuses, inquiries, milestones, reference data."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

CENSUS, REFERENCE, MILESTONE, INDICATOR = "census", "reference", "milestone", "grant-indicator"
EXPLANATION = "explanation"
INQUIRY_RECEIVED, INQUIRY_RESOLVED = "inquiry-received", "inquiry-resolved"

BY_PERIOD = frozenset({INQUIRY_RECEIVED, MILESTONE})
"""Kinds of which a window's own are read; of the others all, because older ones serve it too."""


class Stated(NamedTuple):
    """A statement in force; `data` as it was sent."""

    kind: str
    source: str
    subject: str
    data: Mapping[str, Any]


Statements = Mapping[str, Sequence[Stated]]
"""Statements by their kind."""


def stated_in(kind: str, data: Mapping[str, Any]) -> str | None:
    """The period a statement of this kind is found by.

    An inquiry's is the month it came in; a milestone's the month it was done in, else its year.
    """
    if kind == INQUIRY_RECEIVED:
        return str(data.get("received_on", ""))[:7]
    if kind == MILESTONE:
        return str(data.get("held_on") or data.get("year"))[:7]
    period = data.get("period")
    return None if period is None else str(period)


def subject_of(identity: str) -> str:
    """The subject in an identity `source|kind|subject`."""
    return identity.split("|", 2)[2]
