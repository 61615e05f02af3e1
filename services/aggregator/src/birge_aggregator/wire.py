"""Records of the log, decoded to what is counted; the door has validated them already.

Types are checked all the same: a record that does not decode is quarantined, never guessed at.
"""

from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Raw, Struct

from birge_aggregator.domain.contribution import Contribution, Excluded
from birge_aggregator.domain.ledger import Place, Statement
from birge_aggregator.domain.statements import (
    CENSUS,
    EXPLANATION,
    INDICATOR,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    MILESTONE,
    REFERENCE,
)
from birge_aggregator.stated_wire import read_stated
from birge_common.codelists import (
    CATEGORIES,
    DIRECTIONS,
    EXCLUSION_REASONS,
    FORMATS,
    LAYERS,
    SUPPORT_KINDS,
)
from birge_common.errors import InvalidMessage
from birge_common.periods import is_period
from birge_common.regions import COUNTRY, REGIONS

_Hours = Annotated[float, Meta(gt=0, le=100_000_000)]
_Count = Annotated[int, Meta(ge=0, le=10_000_000)]
_Instant = Annotated[datetime, Meta(tz=True)]
_Version = Annotated[int, Meta(ge=1, le=2_147_483_647)]

_REGIONS: Final = frozenset({*REGIONS, COUNTRY})
_DIRECTIONS: Final = frozenset({*DIRECTIONS, None})
_FORMATS: Final = frozenset({*FORMATS, None})
_LAYERS: Final = frozenset(LAYERS)
_CATEGORIES: Final = frozenset(CATEGORIES)
_SUPPORT_KINDS: Final = frozenset(SUPPORT_KINDS)
_EXCLUSION_REASONS: Final = frozenset(EXCLUSION_REASONS)
_LEVELS_MAX = 32
_is_period = lru_cache(4_096)(is_period)
_INTEGER_MAX = 2**63 - 1


class _Already(Struct, gc=False):
    hours: _Hours


class _Excluded(Struct, gc=False):
    reason: str
    hours: _Hours | None = None
    volunteers: _Count | None = None


class _Organisation(Struct, gc=False):
    id: str


class _VolunteerHours(Struct, gc=False):
    volunteer: str
    hours: _Hours


class _Activity(Struct, gc=False):
    report_id: str
    version: _Version
    region: str
    period: str
    hours: _Hours
    layer: str
    organisation: _Organisation
    held_on: str | None = None
    district: str | None = None
    direction: str | None = None
    format: str | None = None
    events: _Count | None = None
    volunteers: _Count | None = None
    participants: dict[str, _Count | None] | None = None
    development: bool = False
    support: list[str] | None = None
    already_counted: list[_Already] | None = None
    regularity: Literal["continuous", "one_off"] | None = None
    excluded: list[_Excluded] | None = None
    grant_project: str | None = None
    volunteer_hours: list[_VolunteerHours] | None = None


class _Retraction(Struct, gc=False):
    version: _Version


class _Event(Struct, tag_field="type"):
    source: str
    subject: str


class ActivityReported(_Event, tag="kz.birge.activity.reported.v1"):
    """Hours of one organisation, direction and period."""

    time: _Instant
    data: _Activity


class ActivityRetracted(_Event, tag="kz.birge.activity.retracted.v1"):
    """The report counts no more."""

    data: _Retraction


class _Kept(_Event):
    """Kept as it was sent, once `read_stated` has found in it what the tables need."""

    data: Raw


class CensusSubmitted(_Kept, tag="kz.birge.census.submitted.v1"):
    """A half-year snapshot."""


class InquiryReceived(_Kept, tag="kz.birge.inquiry.received.v1"):
    """Somebody asked the information centre."""


class InquiryResolved(_Kept, tag="kz.birge.inquiry.resolved.v1"):
    """An inquiry was brought to a result."""


class MilestoneReported(_Kept, tag="kz.birge.milestone.reported.v1"):
    """A step of a region's programme."""


class ReferencePublished(_Kept, tag="kz.birge.reference.published.v1"):
    """Reference data with its source."""


class GrantIndicatorReported(_Kept, tag="kz.birge.grant-indicator.reported.v1"):
    """A statement about a grant's indicator: never hours."""


class FindingExplained(_Kept, tag="kz.birge.finding.explained.v1"):
    """What an office says about figures that do not fit."""


_KINDS: Final[dict[type[_Event], str]] = {
    ActivityReported: "activity",
    ActivityRetracted: "activity",
    CensusSubmitted: CENSUS,
    InquiryReceived: INQUIRY_RECEIVED,
    InquiryResolved: INQUIRY_RESOLVED,
    MilestoneReported: MILESTONE,
    ReferencePublished: REFERENCE,
    GrantIndicatorReported: INDICATOR,
    FindingExplained: EXPLANATION,
}
_KIND_OF_TYPE: Final = {str(event.__struct_config__.tag): kind for event, kind in _KINDS.items()}
_UNVERSIONED = frozenset({INQUIRY_RECEIVED, INQUIRY_RESOLVED})

_decoder = msgspec.json.Decoder(
    ActivityReported
    | ActivityRetracted
    | CensusSubmitted
    | InquiryReceived
    | InquiryResolved
    | MilestoneReported
    | ReferencePublished
    | GrantIndicatorReported
    | FindingExplained
)


def identity_of(source: str, type_: str, subject: str) -> str:
    """What the ledger knows an event of this type by: reports and their retractions share it."""
    return f"{source}|{_KIND_OF_TYPE[type_]}|{subject}"


def statement_from(value: bytes | None, place: Place) -> Statement:
    """The statement in a record's value; raises InvalidMessage with a code where there is none."""
    if value is None:
        raise InvalidMessage("tombstone")
    try:
        event = _decoder.decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidMessage("undecodable") from error
    if "|" in event.source:
        # It separates source, kind and subject in an identity.
        raise InvalidMessage("undecodable")
    if type(event) is ActivityReported:
        return Statement(
            f"{event.source}|activity|{event.subject}",
            event.data.version,
            place,
            contribution_from(event.data, event.time),
        )
    if isinstance(event, ActivityRetracted):
        return Statement(
            f"{event.source}|activity|{event.subject}", event.data.version, place, None
        )
    assert isinstance(event, _Kept)
    return _kept(event, place)


def _kept(event: _Kept, place: Place) -> Statement:
    kind = _KINDS[type(event)]
    try:
        data = read_stated(kind, event.data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidMessage("undecodable") from error
    if not _fits(data):
        raise InvalidMessage("undecodable")
    return Statement(
        identity=f"{event.source}|{kind}|{event.subject}",
        version=0 if kind in _UNVERSIONED else data["version"],
        place=place,
        kind=kind,
        data=data,
        source=event.source,
    )


def _fits(value: Any, levels: int = _LEVELS_MAX) -> bool:
    """Whether the store can hold the value: one that it refuses would stop its partition."""
    if isinstance(value, dict):
        return levels > 0 and all(
            "\0" not in name and _fits(inner, levels - 1) for name, inner in value.items()
        )
    if isinstance(value, list):
        return levels > 0 and all(_fits(inner, levels - 1) for inner in value)
    return not isinstance(value, int) or abs(value) <= _INTEGER_MAX


def contribution_from(data: _Activity, sent: datetime) -> Contribution:
    """What the report adds; raises InvalidMessage where a code is none of ours."""
    if (
        data.region not in _REGIONS
        or data.direction not in _DIRECTIONS
        or data.format not in _FORMATS
        or data.layer not in _LAYERS
        or (data.participants and not _CATEGORIES.issuperset(data.participants))
        or (data.support and not _SUPPORT_KINDS.issuperset(data.support))
        or (data.excluded and not {item.reason for item in data.excluded} <= _EXCLUSION_REASONS)
    ):
        raise InvalidMessage("unknown_code")
    if not _is_period(data.period):
        raise InvalidMessage("undecodable")
    already, excluded = data.already_counted, data.excluded
    return Contribution(
        data.region,
        data.period,
        data.layer,
        data.direction,
        _hundredths(data.hours),
        data.events,
        data.volunteers,
        data.format,
        data.regularity,
        data.development,
        sum([round(item.hours * 100) for item in already]) if already else 0,
        tuple([(name, n) for name, n in data.participants.items() if n is not None])
        if data.participants
        else (),
        tuple(data.support) if data.support else (),
        tuple(
            Excluded(item.reason, round((item.hours or 0) * 100), item.volunteers or 0)
            for item in excluded
        )
        if excluded
        else (),
        data.grant_project,
        data.organisation.id,
        int(sent.timestamp()),
        tuple([(one.volunteer, _hundredths(one.hours)) for one in data.volunteer_hours])
        if data.volunteer_hours
        else (),
        data.held_on is not None and not _is_day_in(data.held_on, data.period),
        data.held_on,
        data.district,
    )


def _is_day_in(day: str, period: str) -> bool:
    if "-H" in period:
        return day[:4] == period[:4] and (day[5:7] <= "06") == (period[-1] == "1")
    return day.startswith(period)


def _hundredths(hours: float) -> int:
    hundredths = round(hours * 100)
    if hundredths / 100 != hours:
        raise InvalidMessage("undecodable")
    return hundredths
