"""Takes a body apart into events: one, an array, lines, or attributes in headers and data."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from birge_common.web.problems import Problem
from birge_ingest.domain.refusal import Refusal
from birge_ingest.wire.binary import attributes_in, contradicts
from birge_ingest.wire.body import EVENT_BYTES_MAX
from birge_ingest.wire.json_text import NotJsonError, read_json, refusal_of
from birge_ingest.wire.media import Mode
from birge_ingest.wire.splitting import SPACE, items_of

# The shortest event of any contract is longer than 160 bytes, so no request of 5 MiB that means
# it well holds more; a million empty items would cost a million answers.
EVENTS_MAX = 32_768

TOO_LARGE = Refusal("too_large", "", f"An event has at most {EVENT_BYTES_MAX} bytes; shorten it.")
_CONTRADICTION = Refusal(
    "malformed",
    "",
    "The ce- headers and the body describe different events: send the attributes in the headers "
    "with the data as body, or all in the body without such headers.",
)


class Arrived(Struct, frozen=True):
    """One event as it came: its JSON value, or the bytes and why they cannot be read."""

    value: Any = None
    raw: bytes = b""
    refusal: Refusal | None = None


def events_in(body: bytes, mode: Mode, headers: Mapping[str, str]) -> list[Arrived]:
    """The events of a request, in order; a Problem where the request as a whole cannot be read."""
    match mode:
        case Mode.STRUCTURED:
            return [_structured(body, headers)]
        case Mode.BINARY:
            return [_binary(body, headers)]
        case Mode.NDJSON:
            return _lines(body)
        case Mode.BATCH:
            return _batch(body)


def _one(text: bytes) -> Arrived:
    if len(text) > EVENT_BYTES_MAX:
        return Arrived(raw=text, refusal=TOO_LARGE)
    try:
        return Arrived(read_json(text))
    except NotJsonError as error:
        return Arrived(raw=text, refusal=refusal_of(error, text))


def _structured(body: bytes, headers: Mapping[str, str]) -> Arrived:
    event = _one(body)
    attributes = attributes_in(headers)
    if isinstance(event.value, dict) and contradicts(attributes, event.value):
        return Arrived(raw=body, refusal=_CONTRADICTION)
    return event


def _binary(body: bytes, headers: Mapping[str, str]) -> Arrived:
    data = _one(body)
    if data.refusal:
        return data
    of_body = {"datacontenttype": headers["content-type"]} if "content-type" in headers else {}
    attributes = attributes_in(headers)
    is_whole_event = isinstance(data.value, dict) and "specversion" in data.value
    if is_whole_event or ("datacontenttype" in attributes and contradicts(of_body, attributes)):
        return Arrived(raw=body, refusal=_CONTRADICTION)
    return Arrived({**of_body, **attributes, "data": data.value})


def _lines(body: bytes) -> list[Arrived]:
    lines = [line for line in body.split(b"\n") if line.strip(SPACE)]
    _check_count(len(lines))
    return [_one(line) for line in lines]


def _batch(body: bytes) -> list[Arrived]:
    try:
        values = read_json(body)
    except NotJsonError as error:
        if error.is_of_the_value:
            return _batch_by_items(body)
        raise _not_json(error, body) from None
    if not isinstance(values, list):
        detail = "A batch is a JSON array of events; one alone is application/cloudevents+json."
        raise Problem(422, "type", detail)
    _check_count(len(values))
    return [Arrived(value) for value in values]


def _batch_by_items(body: bytes) -> list[Arrived]:
    """Read each item by itself; the batch fails whole only where the text is not JSON at all."""
    try:
        body.decode()
        spans = list(items_of(body))
    except UnicodeDecodeError as error:
        raise _not_json(NotJsonError("invalid unicode code point", error.start), body) from None
    except NotJsonError as error:
        raise _not_json(error, body) from None
    _check_count(len(spans))
    return [_item(body, start, end) for start, end in spans]


def _item(body: bytes, start: int, end: int) -> Arrived:
    """What can be read is measured later, as in any array: neighbours change no answer."""
    text = body[start:end]
    try:
        return Arrived(read_json(text))
    except NotJsonError as error:
        if error.is_of_the_value:
            is_too_large = len(text.strip(SPACE)) > EVENT_BYTES_MAX
            return Arrived(raw=text, refusal=TOO_LARGE if is_too_large else refusal_of(error, text))
        raise _not_json(NotJsonError(error.reason, start + error.offset), body) from None


def _not_json(error: NotJsonError, body: bytes) -> Problem:
    return Problem(400, error.code, error.detail(body))


def _check_count(count: int) -> None:
    if count > EVENTS_MAX:
        detail = f"A request has at most {EVENTS_MAX} events; send them in parts."
        raise Problem(413, "too_large", detail)
