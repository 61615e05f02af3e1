"""The base of every contract, and the CloudEvents envelope that carries it."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from birge_common.contracts.constraints import IgnoredUnless, Shaped
from birge_common.contracts.extensions import ExtensionName, ExtensionValue
from birge_common.contracts.primitives import (
    PRINTABLE,
    Code,
    Count,
    FreeText,
    HalfYear,
    Hours,
    Identifier,
    IdentifierPart,
    Instant,
    Link,
    Month,
    Period,
    Source,
    Version,
    hundredths,
)

__all__ = [
    "CloudEvent",
    "Code",
    "Contract",
    "Count",
    "FreeText",
    "HalfYear",
    "Hours",
    "Identifier",
    "IdentifierPart",
    "Instant",
    "Link",
    "Month",
    "Period",
    "Source",
    "Version",
    "hundredths",
    "refuse",
]


class Contract(BaseModel):
    """Data of an event: frozen, exact types, no unknown field; null or absent is not provided."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        use_attribute_docstrings=True,
        serialize_by_alias=True,
    )


def refuse(faults: dict[tuple[str | int, ...], tuple[str, str]]) -> None:
    """Refuse what only several fields together show: place inside the model → code and reason."""
    if faults:
        raise ValidationError.from_exception_data(
            "Contract",
            [
                InitErrorDetails(type=PydanticCustomError(code, reason), loc=place, input=None)
                for place, (code, reason) in faults.items()
            ],
        )


DataT = TypeVar("DataT", bound=Contract)

EventId = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=PRINTABLE)]
EventTypeName = Annotated[
    str, StringConstraints(min_length=1, max_length=128, pattern="^[a-z0-9.-]*$")
]
Subject = Annotated[str, StringConstraints(min_length=1, max_length=512, pattern=PRINTABLE)]
ContentType = Annotated[
    str,
    Shaped(
        r"^[Aa][Pp][Pp][Ll][Ii][Cc][Aa][Tt][Ii][Oo][Nn]/([A-Za-z0-9.-]+[+])?[Jj][Ss][Oo][Nn]"
        r"( *;[ -~]*)?$",
        "unsupported_media_type",
        "Data should be JSON",
    ),
]
TraceParent = Annotated[
    str | None, IgnoredUnless("^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")
]
TraceText = Annotated[str | None, IgnoredUnless("^[ -~]{1,8192}$")]


class CloudEvent(BaseModel, Generic[DataT]):
    """A CloudEvents 1.0 event in JSON: the envelope around the data of one contract."""

    model_config = ConfigDict(
        frozen=True, extra="allow", strict=True, use_attribute_docstrings=True
    )
    __pydantic_extra__: dict[ExtensionName, ExtensionValue]

    specversion: Literal["1.0"]
    """Version of CloudEvents."""
    id: EventId
    """With `source` the identity of the event: the same pair again is the same event."""
    source: Source
    """URI of the partner system, as registered with its key."""
    type: EventTypeName
    """What happened, and the version of its contract."""
    subject: Subject
    """The business identity that `data` names too; with `source` it orders versions."""
    time: Instant
    """When the sender made the event."""
    datacontenttype: ContentType | None = None
    """Media type of `data`: JSON, or absent."""
    dataschema: Annotated[str, StringConstraints(max_length=512, pattern=PRINTABLE)] | None = None
    """Address of the schema of `data`; for readers only."""
    traceparent: TraceParent = None
    """W3C trace context; dropped where it is malformed."""
    tracestate: TraceText = None
    """W3C trace state; dropped where it is malformed."""
    baggage: TraceText = None
    """W3C baggage; dropped where it is malformed."""
    data: DataT
    """What happened."""
