"""What everybody gets alike is answered from memory for a moment, before routes and sessions."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from birge_common.web.pages.languages import COOKIE

SECONDS, BYTES_MAX = 1.0, 512 * 1024
BYTES_IN_ALL = 16 * 1024 * 1024
_VARIES = (b"host", b"accept", b"accept-encoding", b"accept-language")
_PERSONAL = (b"authorization", b"if-none-match", b"range")

Key = tuple[Any, ...]


@dataclass(frozen=True)
class _Kept:
    until: float
    route: Any
    start: Message
    body: bytes


class KeptPages:
    """Keeps answers that say `public`, for a second each: what changes is seen that much later.

    Whoever carries a session, a key or an older copy is passed on.
    """

    def __init__(self, app: ASGIApp, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._now = now
        # The oldest first, since each is kept for as long as every other.
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on and remember."""
        key = _key_of(scope)
        if key is None:
            return await self._app(scope, receive, send)
        kept = self._kept.get(key)
        if kept is not None and kept.until > self._now():
            # For the name of the request's span and metrics.
            scope["route"] = kept.route
            await send(kept.start)
            return await send({"type": "http.response.body", "body": kept.body})
        await self._remembering(key, scope, receive, send)

    async def _remembering(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()
        is_whole = False

        async def send_and_note(message: Message) -> None:
            nonlocal start, is_whole
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                is_whole = not message.get("more_body", False)
            await send(message)

        await self._app(scope, receive, send_and_note)
        if is_whole and len(body) <= BYTES_MAX and _is_for_everybody(start):
            self._keep(key, _Kept(self._now() + SECONDS, scope.get("route"), start, bytes(body)))

    def _keep(self, key: Key, page: _Kept) -> None:
        if (before := self._kept.pop(key, None)) is not None:
            self._bytes -= len(before.body)
        self._kept[key] = page
        self._bytes += len(page.body)
        now = self._now()
        while self._bytes > BYTES_IN_ALL or next(iter(self._kept.values())).until <= now:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body)


def _key_of(scope: Scope) -> Key | None:
    """What the answer depends on; None where it is somebody's own."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    said: dict[bytes, bytes] = {}
    language = ""
    for name, value in scope["headers"]:
        if name in _PERSONAL:
            return None
        if name == b"cookie":
            cookies = dict(_cookies(value.decode("latin-1")))
            if set(cookies) - {COOKIE}:
                return None
            language = cookies.get(COOKIE, "")
        elif name in _VARIES:
            said[name] = value
    return (
        scope["path"],
        scope["query_string"],
        language,
        *(said.get(name) for name in _VARIES),
    )


def _cookies(header: str) -> list[tuple[str, str]]:
    pairs = (one.strip().partition("=") for one in header.split(";"))
    return [(name, value) for name, _, value in pairs]


def _is_for_everybody(start: Message) -> bool:
    headers = dict(start.get("headers", ()))
    return (
        start.get("status") == 200
        and headers.get(b"cache-control", b"").startswith(b"public")
        and b"set-cookie" not in headers
    )
