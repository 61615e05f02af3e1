"""Looks at one event from every side: what it is, or why it is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError

from birge_common.contracts.base import CloudEvent, Contract
from birge_common.contracts.registry import EVENT_TYPES, FAMILIES, EventType
from birge_common.security.keys import Partner
from birge_ingest.checks.contract_errors import refusals_from
from birge_ingest.checks.scope import region_refusals, sender_refusal
from birge_ingest.domain.content import content_digest
from birge_ingest.domain.refusal import Refusal
from birge_ingest.domain.value import DEPTH_MAX, Warned, is_plain, made_plain
from birge_ingest.wire.body import EVENT_BYTES_MAX
from birge_ingest.wire.framing import TOO_LARGE, Arrived

AHEAD_MAX = timedelta(minutes=10)

_AT_THE_DOOR: Mapping[str, EventType] = {
    name: entry for name, entry in EVENT_TYPES.items() if entry.at_the_door
}
_TRACE_ATTRIBUTES = ("traceparent", "tracestate", "baggage")
# Contexts of the right form that W3C declares void: version ff, and ids of nothing but zeros.
_VOID_TRACEPARENT = re.compile(r"ff|.{3}0{32}|.{36}0{16}")
_ENVELOPE: TypeAdapter[CloudEvent[Any]] = TypeAdapter(CloudEvent[Contract])
_encode = msgspec.json.Encoder().encode

_NO_OBJECT = Refusal("type", "", "An event is a JSON object; several go into a batch.")
_TOO_DEEP = Refusal("malformed", "", f"An event has at most {DEPTH_MAX} levels of nesting.")


@dataclass(frozen=True, slots=True)
class Admissible:
    """An event that may go to the log; `text` is the record's value."""

    source: str
    id: str
    type: str
    subject: str
    version: int | None
    topic: str
    text: bytes
    digest: str
    traceparent: str | None
    tracestate: str | None
    warnings: list[Warned]

    @property
    def identity(self) -> str:
        """Source and id: the same pair again is the same event."""
        return f"{self.source}|{self.id}"

    def refused_as(self, refusal: Refusal) -> "Inadmissible":
        """The same event, refused after all."""
        return Inadmissible([refusal], msgspec.json.decode(self.text), warnings=self.warnings)


@dataclass(frozen=True, slots=True)
class Inadmissible:
    """An event that is refused; `event` is its JSON value, where it has one, else `raw` is it."""

    refusals: list[Refusal]
    event: Any = None
    raw: bytes = b""
    warnings: list[Warned] = field(default_factory=list)

    @property
    def id(self) -> str | None:
        """The event's id, where it is one."""
        return self.text_of("id", 128)

    @property
    def source(self) -> str | None:
        """The event's source, where it is one."""
        return self.text_of("source", 256)

    def text_of(self, attribute: str, length_max: int) -> str | None:
        """An attribute that is a short printable text, else None."""
        value = self.event.get(attribute) if isinstance(self.event, dict) else None
        fits = isinstance(value, str) and value.isprintable() and 0 < len(value) <= length_max
        return value if fits else None


def inspect(arrived: Arrived, partner: Partner, now: datetime) -> Admissible | Inadmissible:
    """Whether the event may go to the log as this partner's, judged at `now`."""
    if arrived.refusal is not None:
        return Inadmissible([arrived.refusal], raw=arrived.raw)
    event, warnings = arrived.value, []
    if type(event) is not dict:
        return Inadmissible([_NO_OBJECT], event=event)
    if not is_plain(event):
        plain = made_plain(event)
        if plain.is_too_deep or plain.refusals:
            return Inadmissible([_TOO_DEEP] if plain.is_too_deep else plain.refusals, event)
        event, warnings = plain.value, plain.warnings
    result = _inspect_plain(event, warnings, partner, now)
    if isinstance(result, Admissible):
        return result
    return Inadmissible(result, event, warnings=warnings)


def _inspect_plain(
    event: dict[str, Any], warnings: list[Warned], partner: Partner, now: datetime
) -> Admissible | list[Refusal]:
    name, source = event.get("type"), event.get("source")
    entry = _AT_THE_DOOR.get(name) if isinstance(name, str) else None
    text = _encode(event)
    if len(text) > EVENT_BYTES_MAX:
        return [TOO_LARGE]
    if entry is None:
        return [_unknown_type(name)] if isinstance(name, str) else _envelope_refusals(event, text)
    if isinstance(source, str):
        refused = sender_refusal(source, entry.family, partner)
        if refused is not None:
            return [refused]
    try:
        read = entry.adapter.validator.validate_json(text)
    except ValidationError as error:
        return refusals_from(error, event, CloudEvent[entry.data])  # type: ignore[name-defined]
    refusals = _refusals_of_read(read, entry, partner, now)
    return refusals or _admissible(read, entry, event, text, warnings)


def _refusals_of_read(
    read: CloudEvent[Any], entry: EventType, partner: Partner, now: datetime
) -> list[Refusal]:
    refusals = region_refusals(read.data, partner)
    if read.subject != entry.subject_of(read.data):
        detail = "The subject equals the identity in the data, such as report_id or region/period."
        refusals.append(Refusal("subject_mismatch", "/subject", detail))
    if read.time - now > AHEAD_MAX:
        minutes = int(AHEAD_MAX.total_seconds() // 60)
        detail = f"The time lies more than {minutes} minutes ahead; set your clock."
        refusals.append(Refusal("range", "/time", detail))
    return refusals


def _admissible(
    read: CloudEvent[Any],
    entry: EventType,
    event: dict[str, Any],
    text: bytes,
    warnings: list[Warned],
) -> Admissible:
    trace_context = {name: getattr(read, name) for name in _TRACE_ATTRIBUTES if name in event}
    if _VOID_TRACEPARENT.match(trace_context.get("traceparent") or ""):
        trace_context["traceparent"] = None
    dropped = [name for name, value in trace_context.items() if value is None]
    if dropped:
        event = {name: value for name, value in event.items() if name not in dropped}
        text = _encode(event)
    return Admissible(
        source=read.source,
        id=read.id,
        type=read.type,
        subject=read.subject,
        version=getattr(read.data, "version", None),
        topic=entry.topic,
        text=text,
        digest=content_digest(event),
        traceparent=trace_context.get("traceparent"),
        tracestate=trace_context.get("tracestate"),
        warnings=warnings,
    )


def _unknown_type(name: str) -> Refusal:
    known = EVENT_TYPES.get(name)
    if known is not None and known.family in FAMILIES:
        detail = "The door does not take this type yet; it opens with the awards."
    else:
        detail = f"Types taken here: {', '.join(_AT_THE_DOOR)}."
    return Refusal("unknown_type", "/type", detail)


def _envelope_refusals(event: dict[str, Any], text: bytes) -> list[Refusal]:
    """What is wrong with an event that names no type: its data cannot be judged."""
    try:
        _ENVELOPE.validate_json(text)
    except ValidationError as error:
        found = refusals_from(error, event, CloudEvent[Contract])
        return [refusal for refusal in found if not _is_of_data(refusal)]
    raise AssertionError("an event without a type passed for one")


def _is_of_data(refusal: Refusal) -> bool:
    inside = refusal.pointer.startswith("/data/")
    return inside or (refusal.pointer == "/data" and refusal.code == "unknown_field")
