"""Records of the log, decoded to what is counted; the door has validated them already.

Types are checked all the same: a record that does not decode is quarantined, never guessed at.
"""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from birge_aggregator.domain.contribution import Contribution, Excluded
from birge_aggregator.domain.ledger import Place, Statement
from birge_common.codelists import DIRECTIONS, FORMATS, LAYERS
from birge_common.errors import InvalidMessage
from birge_common.regions import COUNTRY, REGIONS

_Hours = Annotated[float, Meta(gt=0, le=100_000_000)]
_Count = Annotated[int, Meta(ge=0)]
_Version = Annotated[int, Meta(ge=1)]

_REGIONS: Final = frozenset({*REGIONS, COUNTRY})
_DIRECTIONS: Final = frozenset({*DIRECTIONS, None})
_FORMATS: Final = frozenset({*FORMATS, None})
_LAYERS: Final = frozenset(LAYERS)


class _Already(Struct, gc=False):
    hours: _Hours


class _Excluded(Struct, gc=False):
    reason: str
    hours: _Hours | None = None
    volunteers: _Count | None = None


class _Activity(Struct, gc=False):
    report_id: str
    version: _Version
    region: str
    period: str
    hours: _Hours
    layer: str
    direction: str | None = None
    format: str | None = None
    events: _Count | None = None
    volunteers: _Count | None = None
    participants: dict[str, int | None] | None = None
    development: bool = False
    support: list[str] | None = None
    already_counted: list[_Already] | None = None
    regularity: str | None = None
    excluded: list[_Excluded] | None = None


class _Retraction(Struct, gc=False):
    version: _Version


class _Event(Struct, tag_field="type"):
    source: str
    subject: str


class ActivityReported(_Event, tag="kz.birge.activity.reported.v1"):
    """Hours of one organisation, direction and period."""

    data: _Activity


class ActivityRetracted(_Event, tag="kz.birge.activity.retracted.v1"):
    """The report counts no more."""

    data: _Retraction


class _Kept(_Event):
    data: dict[str, Any]


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


_KINDS: Final[dict[type[_Kept], str]] = {
    CensusSubmitted: "census",
    InquiryReceived: "inquiry-received",
    InquiryResolved: "inquiry-resolved",
    MilestoneReported: "milestone",
    ReferencePublished: "reference",
    GrantIndicatorReported: "grant-indicator",
}
_UNVERSIONED = frozenset({"inquiry-received", "inquiry-resolved"})

_decoder = msgspec.json.Decoder(
    ActivityReported
    | ActivityRetracted
    | CensusSubmitted
    | InquiryReceived
    | InquiryResolved
    | MilestoneReported
    | ReferencePublished
    | GrantIndicatorReported
)


def statement_from(value: bytes | None, place: Place) -> Statement:
    """The statement in a record's value; raises InvalidMessage with a code where there is none."""
    if value is None:
        raise InvalidMessage("tombstone")
    try:
        event = _decoder.decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidMessage("undecodable") from error
    if type(event) is ActivityReported:
        return Statement(
            f"{event.source}|activity|{event.subject}",
            event.data.version,
            place,
            contribution_from(event.data),
        )
    if isinstance(event, ActivityRetracted):
        return Statement(
            f"{event.source}|activity|{event.subject}", event.data.version, place, None
        )
    assert isinstance(event, _Kept)
    return _kept(event, place)


def _kept(event: _Kept, place: Place) -> Statement:
    kind = _KINDS[type(event)]
    version = 0 if kind in _UNVERSIONED else event.data.get("version")
    if type(version) is not int or version < 0:
        raise InvalidMessage("undecodable")
    return Statement(
        identity=f"{event.source}|{kind}|{event.subject}",
        version=version,
        place=place,
        kind=kind,
        data=event.data,
        source=event.source,
        type=kind,
    )


def contribution_from(data: _Activity) -> Contribution:
    """What the report adds; raises InvalidMessage where a code is none of ours."""
    if (
        data.region not in _REGIONS
        or data.direction not in _DIRECTIONS
        or data.format not in _FORMATS
        or data.layer not in _LAYERS
    ):
        raise InvalidMessage("unknown_code")
    if round(data.hours, 2) != data.hours:
        raise InvalidMessage("undecodable")
    already, excluded = data.already_counted, data.excluded
    return Contribution(
        data.region,
        data.period,
        data.layer,
        data.direction,
        round(data.hours * 100),
        data.events,
        data.volunteers,
        data.format,
        data.regularity,
        data.development,
        sum([round(item.hours * 100) for item in already]) if already else 0,
        tuple((name, number) for name, number in data.participants.items() if number is not None)
        if data.participants
        else (),
        tuple(data.support) if data.support else (),
        tuple(
            Excluded(item.reason, round((item.hours or 0) * 100), item.volunteers or 0)
            for item in excluded
        )
        if excluded
        else (),
    )
