"""Looks at one event from every side: what it is, or why it is refused."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from pydantic import TypeAdapter, ValidationError

from birge_common.contracts.base import CloudEvent, Contract
from birge_common.contracts.personal import holds_iin
from birge_common.contracts.registry import EVENT_TYPES, EventType
from birge_common.security.keys import Partner
from birge_ingest.checks.contract_errors import refusals_from
from birge_ingest.checks.flags import LATE_AFTER, flags_of
from birge_ingest.checks.scope import region_refusals, sender_refusal
from birge_ingest.checks.verdicts import Admissible, Inadmissible
from birge_ingest.domain.content import content_digest
from birge_ingest.domain.refusal import Refusal
from birge_ingest.domain.value import DEPTH_MAX, Warned, is_plain, made_plain
from birge_ingest.wire.body import EVENT_BYTES_MAX
from birge_ingest.wire.framing import TOO_LARGE, Arrived

AHEAD_MAX = timedelta(minutes=10)

_TRACE_ATTRIBUTES = frozenset({"traceparent", "tracestate", "baggage"})
# Contexts of the right form that W3C declares void: version ff, and ids of nothing but zeros.
_VOID_TRACEPARENT = re.compile(r"ff|.{3}0{32}|.{36}0{16}")
_ENVELOPE: TypeAdapter[CloudEvent[Any]] = TypeAdapter(CloudEvent[Contract])
_encode = msgspec.json.Encoder().encode


class Bounds(NamedTuple):
    """What the present instant makes of an event's time and of the period it is about."""

    time_max: datetime
    late_before: date

    @classmethod
    def at(cls, now: datetime) -> "Bounds":
        """The bounds at an instant."""
        return cls(now + AHEAD_MAX, (now - LATE_AFTER).date())


class _Entrance(NamedTuple):
    """How events of one type come in."""

    entry: EventType
    validate_json: Callable[[bytes], CloudEvent[Any]]


_ENTRANCES: Mapping[str, _Entrance] = {
    name: _Entrance(entry, entry.adapter.validator.validate_json)
    for name, entry in EVENT_TYPES.items()
    if entry.at_the_door
}

_NO_OBJECT = Refusal("type", "", "An event is a JSON object; several go into a batch.")
_TOO_DEEP = Refusal("malformed", "", f"An event has at most {DEPTH_MAX} levels of nesting.")
_SUBJECT_MISMATCH = Refusal(
    "subject_mismatch",
    "/subject",
    "The subject equals the identity in the data, such as report_id or region/period.",
)
_UNKNOWN_TYPE = Refusal("unknown_type", "/type", f"Types taken here: {', '.join(_ENTRANCES)}.")
_AHEAD = Refusal(
    "range",
    "/time",
    f"The time lies more than {AHEAD_MAX.total_seconds() / 60:g} minutes ahead; set your clock.",
)


def inspect(arrived: Arrived, partner: Partner, bounds: Bounds) -> Admissible | Inadmissible:
    """Whether the event may go to the log as this partner's, and what to say with it."""
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
    result = _inspect_plain(event, warnings, partner, bounds)
    if isinstance(result, Admissible):
        return result
    return Inadmissible(result, event, warnings=warnings)


def _inspect_plain(
    event: dict[str, Any], warnings: list[Warned], partner: Partner, bounds: Bounds
) -> Admissible | list[Refusal]:
    name, source = event.get("type"), event.get("source")
    text = _encode(event)
    if len(text) > EVENT_BYTES_MAX:
        return [TOO_LARGE]
    if not isinstance(name, str):
        return _envelope_refusals(event, text)
    entrance = _ENTRANCES.get(name)
    if entrance is None:
        return [_UNKNOWN_TYPE]
    entry, validate_json = entrance
    if isinstance(source, str):
        refused = sender_refusal(source, entry.family, partner)
        if refused is not None:
            return [refused]
    try:
        read = validate_json(text)
    except ValidationError as error:
        return refusals_from(error, event, CloudEvent[entry.data])  # type: ignore[name-defined]
    refusals = region_refusals(event["data"], partner)
    if entry.sealed:
        refusals += _numbers_left_open(read)
    if read.subject != entry.subject_of(read.data):
        refusals.append(_SUBJECT_MISMATCH)
    if read.time > bounds.time_max:
        refusals.append(_AHEAD)
    if refusals:
        return refusals
    flags = flags_of(event["data"], entry.family, bounds.late_before)
    return _admissible(read, entry, event, text, [*warnings, *flags])


def _admissible(
    read: CloudEvent[Any],
    entry: EventType,
    event: dict[str, Any],
    text: bytes,
    warnings: list[Warned],
) -> Admissible:
    traceparent = tracestate = None
    if not _TRACE_ATTRIBUTES.isdisjoint(event):
        event, text = _without_void_context(read, event)
        traceparent, tracestate = event.get("traceparent"), event.get("tracestate")
    return Admissible(
        identity=f"{read.source}|{read.id}",
        source=read.source,
        id=read.id,
        type=read.type,
        subject=read.subject,
        version=event["data"].get("version"),
        topic=entry.topic,
        text=text,
        digest=content_digest(event),
        traceparent=traceparent,
        tracestate=tracestate,
        warnings=warnings,
    )


def _without_void_context(
    read: CloudEvent[Any], event: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """The event without what is no trace context: it is dropped, and the event accepted."""
    void = {name for name in _TRACE_ATTRIBUTES if getattr(read, name) is None}
    if _VOID_TRACEPARENT.match(read.traceparent or ""):
        void.add("traceparent")
    kept = {name: value for name, value in event.items() if name not in void}
    return kept, _encode(kept)


def _numbers_left_open(read: CloudEvent[Any]) -> list[Refusal]:
    """Personal numbers in what is not sealed: identifiers are seen by all who read the log."""
    identifiers = {"/id": read.id, "/subject": read.subject}
    if "cycle" in type(read.data).model_fields:
        identifiers["/data/cycle"] = read.data.cycle
    detail = "Identifiers are not sealed: do not make one of a personal identification number."
    return [
        Refusal("pii_not_allowed", pointer, detail)
        for pointer, text in identifiers.items()
        if holds_iin(text)
    ]


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
