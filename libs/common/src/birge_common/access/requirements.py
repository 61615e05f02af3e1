"""What a route asks of whoever comes: a session, and with what changes something its token."""

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request

from birge_common.access.guard import SAFE_METHODS
from birge_common.access.people import Person, Role
from birge_common.web.pages.failures import is_page
from birge_common.web.problems import Problem

CSRF_HEADER, CSRF_FIELD = "X-CSRF-Token", "csrf_token"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def signed_in(*roles: Role) -> Callable[[Request], Awaitable[Person]]:
    """A dependency that gives the person, who has one of the roles where any is named.

    Raises Problem: 401 `sign_in_required`, which leads pages to `/sign-in`; 403 `forbidden`; 403
    `csrf` where what changes something does not carry the session's token.
    """

    async def require(request: Request) -> Person:
        person = visitor(request)
        if person is None:
            raise _stranger(request)
        if roles and not any(person.has(role) for role in roles):
            raise Problem(403, "forbidden", f"This takes one of these roles: {', '.join(roles)}.")
        if request.method not in SAFE_METHODS:
            await require_csrf_token(request)
        return person

    return require


def visitor(request: Request) -> Person | None:
    """Who asks, if somebody is signed in."""
    person: Person | None = getattr(request.state, "person", None)
    return person


async def require_csrf_token(request: Request) -> None:
    """Refuse what does not carry the session's token, in its header or its form. Raises Problem."""
    wanted: str | None = getattr(request.state, "csrf_token", None)
    given = request.headers.get(CSRF_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get(CSRF_FIELD)
        given = field if isinstance(field, str) else None
    if not wanted or given is None or not hmac.compare_digest(wanted.encode(), given.encode()):
        raise Problem(403, "csrf", "Open the page anew and repeat what you did.")


def step_up_address(request: Request) -> str:
    """Where the second factor is shown again; it leads back to this page, or to its form."""
    return f"/step-up?next={_own_address(request)}"


def local_address(address: str, otherwise: str = "/") -> str:
    """The address, where it is a path of this site; `//evil` and `/\\evil` lead elsewhere."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_local and address.isprintable() else otherwise


def _stranger(request: Request) -> Problem:
    if is_page(request):
        headers = {"Location": f"/sign-in?next={_own_address(request)}"}
        return Problem(303, "sign_in_required", "Sign in first.", headers=headers)
    return Problem(401, "sign_in_required", "Sign in first: POST /v1/session.")


def _own_address(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}", safe="/")
