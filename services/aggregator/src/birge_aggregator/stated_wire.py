"""What the tables read of a kept statement: it must be there, and of its type.

The rest of the statement is kept as it was sent. Whatever a table would stumble over later is
refused here, because one bad record would otherwise take every answer away.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Raw, Struct

from birge_aggregator.domain.statements import (
    CENSUS,
    EXPLANATION,
    INDICATOR,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    MILESTONE,
    REFERENCE,
)

_Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])")]
_Period = Annotated[str, Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]|H[12]))?$")]
_HalfYear = Annotated[str, Meta(pattern=r"^[0-9]{4}-H[12]$")]
_Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
_Version = Annotated[int, Meta(ge=1, le=2_147_483_647)]
_Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
_Positive = Annotated[float, Meta(gt=0)]


class _Volunteers(Struct):
    total: _Count | None = None
    gender: dict[str, _Count | None] | None = None
    age: dict[str, _Count | None] | None = None
    occupation: dict[str, _Count | None] | None = None


class _Coverage(Struct):
    low_pct: float | None = None
    high_pct: float | None = None
    method: str | None = None


class _Census(Struct):
    region: str
    period: _HalfYear
    version: _Version
    volunteers: _Volunteers | None = None
    organisations: dict[str, _Count | None] | None = None
    coverage: _Coverage | None = None
    method_note: str | None = None


class _Received(Struct):
    received_on: _Day
    related: bool
    gender: str | None = None
    channel: str | None = None
    content: str | None = None
    region: str | None = None
    country: str | None = None


class _Resolved(Struct):
    resolved_on: _Day


class _Milestone(Struct):
    region: str
    year: Annotated[int, Meta(ge=1900, le=2199)]
    milestone: str
    n: int
    version: _Version
    held_on: _Day | None = None


class _Estimate(Struct):
    what: str
    value: float
    method: str


class _WageOfRegion(Struct):
    region: str
    tenge_per_month: _Positive


class _WageOfActivity(Struct):
    directions: list[str]
    tenge_per_month: _Positive


class _WorkingTime(Struct):
    hours_per_year: _Positive


class _Threshold(Struct, rename={"name": "class"}):
    name: str
    at_least_pct_of_months: float


class _Part(Struct):
    what: str
    value: float


class _Own(Struct):
    table: str
    layers: list[str] | None = None
    direction: str | None = None
    region: str | None = None
    net: bool | None = None


class _PrintedTotal(Struct):
    what: str
    unit: str
    value: float
    at_least: bool | None = None
    parts: list[_Part] | None = None
    of: _Own | None = None


class _Reference(Struct):
    table: str
    period: _Period
    version: _Version
    publisher: str
    rows: list[Raw]
    url: str | None = None


class _Indicator(Struct):
    project: str
    indicator: str
    period: _Period
    version: _Version
    status: Literal["provided", "not_provided", "refused", "unreachable"]


class _Explanation(Struct):
    finding: str
    region: str
    version: _Version
    reason: str
    text: str
    difference: float | None = None


_READ: Final[Mapping[str, msgspec.json.Decoder[Any]]] = {
    kind: msgspec.json.Decoder(shape)
    for kind, shape in (
        (CENSUS, _Census),
        (INQUIRY_RECEIVED, _Received),
        (INQUIRY_RESOLVED, _Resolved),
        (MILESTONE, _Milestone),
        (REFERENCE, _Reference),
        (INDICATOR, _Indicator),
        (EXPLANATION, _Explanation),
    )
}
_ROWS: Final[Mapping[str, msgspec.json.Decoder[Any]]] = {
    table: msgspec.json.Decoder(row)
    for table, row in (
        ("estimate", _Estimate),
        ("wages_by_region", _WageOfRegion),
        ("wages_by_activity", _WageOfActivity),
        ("working_time", _WorkingTime),
        ("support_thresholds", _Threshold),
        ("printed_total", _PrintedTotal),
    )
}
_mapping = msgspec.json.Decoder(dict[str, Any])


def read_stated(kind: str, data: Raw) -> dict[str, Any]:
    """The statement as it was sent; raises msgspec.MsgspecError where a table could not read it."""
    seen = _READ[kind].decode(data)
    if isinstance(seen, _Reference):
        rows = _ROWS.get(seen.table, _mapping)
        for row in seen.rows:
            rows.decode(row)
    whole: dict[str, Any] = _mapping.decode(data)
    return whole
