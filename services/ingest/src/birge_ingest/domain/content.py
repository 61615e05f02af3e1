"""The content of an event, by which a repeated one is told from another under the same id."""

import hashlib
import re
from typing import Any

import msgspec

from birge_ingest.domain.value import with_whole_numbers

_WHOLE = re.compile(rb"\.0[,}\]]")
_encode = msgspec.json.Encoder(order="sorted").encode


def content_digest(event: dict[str, Any]) -> str:
    """SHA-256 of type, subject and data as JSON values, hexadecimal; equal content, equal digest.

    `time` and extensions do not matter, nor the order of keys, nor 8.0 for 8.
    """
    content = [event["type"], event["subject"], event["data"]]
    text = _encode(content)
    # Most content has no ".0" in it; where it has, it may stand in a text or in 12.05.
    if b".0" in text and _WHOLE.search(text):
        text = _encode(with_whole_numbers(content))
    return hashlib.sha256(text).hexdigest()
