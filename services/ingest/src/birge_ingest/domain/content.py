"""The content of an event, by which a repeated one is told from another under the same id."""

import hashlib
from typing import Any

import msgspec

from birge_ingest.domain.value import with_whole_numbers

_encode = msgspec.json.Encoder(order="sorted").encode


def content_digest(event: dict[str, Any]) -> str:
    """SHA-256 of type, subject and data as JSON values, hexadecimal; equal content, equal digest.

    `time` and extensions do not matter, nor the order of keys, nor 8.0 for 8.
    """
    content = [event["type"], event["subject"], event["data"]]
    text = _encode(content)
    # Only a fraction that is a whole number ends in ".0"; a text that does costs a second look.
    if b".0" in text:
        text = _encode(with_whole_numbers(content))
    return hashlib.sha256(text).hexdigest()
