"""Finds out who asks, before any route runs, and turns away what another site's page sends."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from birge_common.access.access import Access
from birge_common.access.cookie import session_token
from birge_common.access.session import csrf_token_of
from birge_common.web.problems import problem_response

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
        asked = HTTPConnection(scope)
        if scope["method"] not in SAFE_METHODS and not _is_same_origin(asked):
            refused = problem_response(
                403, "csrf", "This came from another site's page; open the page here and repeat."
            )
            return await refused(scope, receive, send)
        state = scope.setdefault("state", {})
        state["person"] = state["csrf_token"] = None
        token = session_token(asked, is_secure=self._access.is_secure)
        if token:
            state["person"] = await self._access.visitor(token)
            state["csrf_token"] = csrf_token_of(token) if state["person"] else None
        await self._app(scope, receive, send)


def _is_same_origin(asked: HTTPConnection) -> bool:
    """Browsers say where a request comes from; programs say nothing."""
    site = asked.headers.get("sec-fetch-site")
    if site is not None and site not in _OWN_SITES:
        return False
    origin = asked.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == asked.headers.get("host")
