"""The checklist of a regional programme: one event for each thing done."""

from typing import Annotated, Literal

from pydantic import Field

from birge_common.contracts.base import Contract, FreeText, Version
from birge_common.contracts.primitives import PlainDay, RegionOrCountry, Year

Milestone = Literal[
    "council",
    "council_meeting",
    "programme",
    "support_centre",
    "support_standard",
    "training",
    "briefing",
    "regional_award",
    "gratitude_letters",
    "best_practices",
]


class MilestoneReportedV1(Contract):
    """A milestone of a region's programme for a year."""

    region: RegionOrCountry
    """Whose programme."""
    year: Year
    """The year of the programme."""
    milestone: Milestone
    """What was done."""
    n: Annotated[int, Field(ge=1, le=1_000)]
    """Which one of its kind in the year, from 1."""
    version: Version
    """The highest version counts."""
    held_on: PlainDay | None = None
    """The day it was done."""
    details: FreeText
    """What exactly; no personal numbers."""
