"""Activity of volunteers: hours of one organisation, direction and period, and their retraction."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from birge_common.contracts.base import (
    Contract,
    Count,
    FreeText,
    Hours,
    Identifier,
    Link,
    Period,
    Source,
    Version,
    refuse,
)
from birge_common.contracts.primitives import (
    Direction,
    ExclusionReason,
    Format,
    Layer,
    PlainDay,
    RegionOrCountry,
    ShortText,
    SupportKind,
    VolunteerReference,
)

_HOURS_OF_A_DAY = Decimal(24)

# The validators below, said again in JSON Schema for those who check before they send.
_REPORT_OR_PLACE: dict[str, JsonValue] = {
    "anyOf": [
        {"required": ["report_id"], "properties": {"report_id": {"type": "string"}}},
        {
            "required": ["region", "period"],
            "properties": {"region": {"type": "string"}, "period": {"type": "string"}},
        },
    ]
}
_DIRECTION_AND_DAY: dict[str, JsonValue] = {
    "allOf": [
        {
            "if": {"properties": {"layer": {"const": "front_office"}}},
            "then": {"required": ["direction"], "properties": {"direction": {"type": "string"}}},
        },
        {
            "if": {"required": ["held_on"], "properties": {"held_on": {"type": "string"}}},
            "then": {
                "properties": {
                    "volunteer_hours": {"items": {"properties": {"hours": {"maximum": 24}}}}
                }
            },
        },
    ]
}


class Organisation(Contract):
    """Who did the work."""

    id: Identifier
    """The partner's own identifier; a business identification number (BIN) is allowed."""
    name: ShortText
    """Name of the organisation."""
    kind: Literal["ngo", "initiative_group", "state", "company", "other"]
    """Registered (`ngo`) or unregistered (`initiative_group`) volunteer organisation, or other."""


class Participants(Contract):
    """Volunteers by category; a person may belong to several."""

    child: Count | None = None
    """Under 18, persons."""
    inclusive: Count | None = None
    """People with disabilities, persons."""
    corporate: Count | None = None
    """Employees sent by their company, persons."""
    international: Count | None = None
    """Non-residents, persons."""
    silver: Count | None = None
    """55 and older, persons."""
    pro_bono: Count | None = None
    """Professionals giving their skill, persons."""
    general: Count | None = None
    """None of the other categories, persons."""


class AlreadyCounted(Contract, json_schema_extra=_REPORT_OR_PLACE):
    """A part of the hours that another report, or a region's own reports, hold too."""

    source: Source | None = None
    """Source of the other report; absent where it is the sender's own."""
    report_id: Identifier | None = None
    """The other report."""
    region: RegionOrCountry | None = None
    """Where the other report is not known: the region that counted it."""
    period: Period | None = None
    """Where the other report is not known: the period that counted it."""
    hours: Hours
    """How many hours are counted twice."""

    @model_validator(mode="after")
    def _names_where(self) -> Self:
        if self.report_id is None:
            missing = [name for name in ("region", "period") if getattr(self, name) is None]
            reason = "Give report_id, or region and period"
            refuse({(name,): ("required", reason) for name in missing})
        return self


class Exclusion(Contract):
    """What is no volunteering: shown, never counted, never subtracted."""

    reason: ExclusionReason
    """Why it does not count."""
    hours: Hours | None = None
    """Hours left out."""
    volunteers: Count | None = None
    """Persons left out."""


class VolunteerHours(Contract):
    """Hours of one volunteer."""

    volunteer: VolunteerReference
    """An opaque reference, never a name or a personal number."""
    hours: Hours
    """Hours of this volunteer; at most 24 in a report of one day."""


class Evidence(Contract):
    """Where the report can be checked."""

    kind: ShortText
    """What kind of evidence it is, such as photo or publication."""
    url: Link
    """Its address."""


class ActivityReportedV1(Contract, json_schema_extra=_DIRECTION_AND_DAY):
    """Hours of one organisation, direction and period; a higher version replaces a lower one."""

    report_id: Identifier
    """The sender's identifier of the report; the event's subject."""
    version: Version
    """The highest version of a report counts."""
    region: RegionOrCountry
    """Where; `KZ` is counted for the country and in no region."""
    district: ShortText | None = None
    """District or city within the region."""
    period: Period
    """Month, half-year or year that the hours belong to."""
    held_on: PlainDay | None = None
    """The day, where everything happened on one day."""
    direction: Direction | None = None
    """What for; only outside the layer `front_office` it may be missing."""
    format: Format | None = None
    """By car, online or offline."""
    hours: Hours
    """Volunteer hours, without what `excluded` lists; at most 2 decimals."""
    events: Count | None = None
    """Number of events; missing where steady work has none."""
    volunteers: Count | None = None
    """Engagements of volunteers, persons."""
    participants: Participants | None = None
    """Volunteers by category."""
    layer: Layer
    """The basis (`front_office`) or what stands beside it."""
    organisation: Organisation
    """Who did the work."""
    grant_project: Identifier | None = None
    """The grant project that paid for it."""
    development: bool
    """Whether this was for volunteers' development: training, motivation, recognition."""
    support: Annotated[tuple[SupportKind, ...], Field(max_length=8)] | None = None
    """What the front office helped with."""
    already_counted: Annotated[tuple[AlreadyCounted, ...], Field(max_length=50)] | None = None
    """Parts of the hours that are counted elsewhere."""
    regularity: Literal["continuous", "one_off"] | None = None
    """Steady work or a one-off action."""
    excluded: Annotated[tuple[Exclusion, ...], Field(max_length=50)] | None = None
    """What was left out because it is no volunteering."""
    volunteer_hours: Annotated[tuple[VolunteerHours, ...], Field(max_length=1_000)] | None = None
    """Hours by volunteer."""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=100)] | None = None
    """Where the report can be checked."""
    note: FreeText | None = None
    """Anything else; no personal numbers."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.direction is None and self.layer == "front_office":
            refuse({("direction",): ("required", "A front office's report needs a direction")})
        if self.held_on is not None and self.volunteer_hours:
            refuse(
                {
                    ("volunteer_hours", place, "hours"): ("range", "A day has 24 hours")
                    for place, entry in enumerate(self.volunteer_hours)
                    if entry.hours > _HOURS_OF_A_DAY
                }
            )
        return self


class ActivityRetractedV1(Contract):
    """The report counts no more; a higher version may report again."""

    report_id: Identifier
    """The report taken back; the event's subject."""
    version: Version
    """Takes back every lower version."""
    reason: FreeText
    """Why; no personal numbers."""
