"""The session's cookie: no script reads it, no other site sends it, and it lives in one browser."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from birge_common.access.session import WHOLE_TERM

_NAME = "birge_session"


def session_token(request: HTTPConnection, *, is_secure: bool) -> str | None:
    """The token that the browser sent."""
    return request.cookies.get(_name(is_secure=is_secure))


def give_session(response: Response, token: str, *, is_secure: bool) -> None:
    """Hand the token to the browser; `__Host-` binds it to this host where there is https."""
    response.set_cookie(
        _name(is_secure=is_secure),
        token,
        max_age=int(WHOLE_TERM.total_seconds()),
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )


def take_session(response: Response, *, is_secure: bool) -> None:
    """Let the browser forget it."""
    response.delete_cookie(
        _name(is_secure=is_secure), path="/", secure=is_secure, httponly=True, samesite="lax"
    )


def _name(*, is_secure: bool) -> str:
    return f"__Host-{_NAME}" if is_secure else _NAME
