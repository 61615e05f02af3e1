"""What a route asks of whoever comes: a session, and with what changes something its token."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from starlette.requests import Request

from birge_common.access.guard import SAFE_METHODS
from birge_common.access.people import Person, Role
from birge_common.web.pages.failures import is_page
from birge_common.web.problems import Problem

CSRF_HEADER, CSRF_FIELD = "X-CSRF-Token", "csrf_token"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


STEPPED_UP_WITHIN = timedelta(minutes=10)
"""So long after the second factor was shown, what cannot be undone is taken without it."""


@dataclass(frozen=True)
class Requirement:
    """A dependency that gives the person; who reads a route finds in it what the route asks.

    Raises Problem: 401 `sign_in_required` and 403 `step_up_required`, which lead pages to
    `/sign-in` and `/step-up`; 403 `forbidden`; 403 `csrf` where what changes something does not
    carry the session's token.
    """

    roles: tuple[Role, ...]
    is_grave: bool = False

    async def __call__(self, request: Request) -> Person:
        """The person, once all is as it must be."""
        person = visitor(request)
        if person is None:
            raise _stranger(request)
        if self.roles and not any(person.has(role) for role in self.roles):
            raise Problem(
                403, "forbidden", f"This takes one of these roles: {', '.join(self.roles)}."
            )
        if request.method not in SAFE_METHODS:
            await require_csrf_token(request)
        now = request.app.state.clock.now() if self.is_grave else None
        if now is not None and not person.is_stepped_up(now, STEPPED_UP_WITHIN):
            raise _stale(request)
        return person


def signed_in(*roles: Role) -> Requirement:
    """Somebody signed in, who has one of the roles where any is named."""
    return Requirement(roles)


def stepped_up(*roles: Role) -> Requirement:
    """The same, with the second factor shown a short while ago; reads `app.state.clock`."""
    return Requirement(roles, is_grave=True)


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
    is_local = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if is_local and address.isprintable() else otherwise


def _stranger(request: Request) -> Problem:
    if is_page(request):
        headers = {"Location": f"/sign-in?next={_own_address(request)}"}
        return Problem(303, "sign_in_required", "Sign in first.", headers=headers)
    return Problem(401, "sign_in_required", "Sign in first: POST /v1/session.")


def _stale(request: Request) -> Problem:
    if is_page(request):
        headers = {"Location": step_up_address(request)}
        return Problem(303, "step_up_required", "Show your second factor again.", headers=headers)
    detail = "Show your second factor again (POST /v1/session/step-up), then repeat this."
    return Problem(403, "step_up_required", detail)


def _own_address(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}", safe="/")
