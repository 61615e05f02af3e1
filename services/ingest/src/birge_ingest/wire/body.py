"""Reads a request's body within its limits: size, time, coding."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping

from starlette.requests import ClientDisconnect

from birge_common.web.problems import Problem
from birge_ingest.wire.media import Mode, content_coding_of

EVENT_BYTES_MAX = 64 * 1024
REQUEST_BYTES_MAX = 5 * 1024 * 1024
GZIP_RATIO_MAX = 20
READ_SECONDS_MAX = 10.0

# What is left of a refused body must not be read as the next request.
_CLOSE = {"Connection": "close"}


async def read_body(
    chunks: AsyncIterator[bytes],
    headers: Mapping[str, str],
    mode: Mode,
    *,
    timeout_seconds: float = READ_SECONDS_MAX,
) -> bytes:
    """The body as sent, decoded; refused as soon as a limit is passed, at best before reading."""
    limit = EVENT_BYTES_MAX if mode.is_single else REQUEST_BYTES_MAX
    coding = content_coding_of(headers)
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(limit)
    try:
        async with asyncio.timeout(timeout_seconds):
            body = await _collected(chunks, limit)
    except TimeoutError:
        detail = f"The body did not arrive within {timeout_seconds:g} seconds; send it again."
        raise Problem(408, "too_slow", detail, headers=_CLOSE) from None
    except ClientDisconnect:
        raise Problem(400, "incomplete", "The body ended early; send it again.") from None
    return _gunzipped(body, limit) if coding == "gzip" else body


async def _collected(chunks: AsyncIterator[bytes], limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        parts.append(chunk)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _gunzipped(body: bytes, limit: int) -> bytes:
    """Unpack one gzip member, never more than the limit or the ratio allows."""
    most = min(limit, len(body) * GZIP_RATIO_MAX)
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacking.decompress(body, most + 1)
    except zlib.error:
        raise Problem(400, "malformed", "The body is not gzip as announced.") from None
    if len(plain) > limit:
        raise _too_large(limit)
    if len(plain) > most:
        detail = f"The body unpacks to more than {GZIP_RATIO_MAX} times its size; send it unpacked."
        raise Problem(413, "too_large", detail)
    if not unpacking.eof or unpacking.unused_data:
        raise Problem(400, "malformed", "The gzip body is cut off or has something after its end.")
    return plain


def _too_large(limit: int) -> Problem:
    detail = (
        f"An event has at most {EVENT_BYTES_MAX} bytes, a batch {REQUEST_BYTES_MAX}; "
        f"this request may have {limit}. Send it in parts."
    )
    return Problem(413, "too_large", detail, headers=_CLOSE)
