"""Finds out who asks, before any route runs, and turns away what another site's page sends."""

from urllib.parse import urlsplit

import structlog
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from birge_common.access.access import Access
from birge_common.access.cookie import session_token
from birge_common.access.session import csrf_token_of
from birge_common.mongo import StoreAway
from birge_common.web.problems import Problem

log = structlog.get_logger()

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})
_WITHOUT = ("/health/", "/metrics", "/assets/")


class SessionGuard:
    """Sets `request.state.person` and `request.state.csrf_token`; both are None for strangers."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, knowing who asks; refuse what comes from another site."""
        if scope["type"] != "http" or scope["path"].startswith(_WITHOUT):
            return await self._app(scope, receive, send)
        problem = await self._recognise(scope)
        if problem is None:
            return await self._app(scope, receive, send)
        # The application's own handlers do not reach as far out as a middleware.
        response = await scope["app"].exception_handlers[Problem](Request(scope), problem)
        await response(scope, receive, send)

    async def _recognise(self, scope: Scope) -> Problem | None:
        asked = HTTPConnection(scope)
        state = scope.setdefault("state", {})
        state["person"] = state["csrf_token"] = None
        if scope["method"] not in SAFE_METHODS and not _is_same_origin(asked):
            return Problem(
                403, "csrf", "This came from another site's page; open the page here and repeat."
            )
        token = session_token(asked, is_secure=self._access.is_secure)
        try:
            state["person"] = await self._access.visitor(token) if token else None
        except StoreAway as error:
            log.warning("store.away", reason=type(error).__name__)
            return Problem(
                503,
                "store_away",
                "The store does not answer; try again.",
                headers={"Retry-After": "2"},
            )
        if token and state["person"]:
            state["csrf_token"] = csrf_token_of(token)
        return None


def _is_same_origin(asked: HTTPConnection) -> bool:
    """Browsers say where a request comes from; programs say nothing."""
    site = asked.headers.get("sec-fetch-site")
    if site is not None and site not in _OWN_SITES:
        return False
    origin = asked.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == asked.headers.get("host")
