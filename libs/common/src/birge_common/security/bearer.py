"""Who is asking: the one way in which every API checks a partner's key."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import structlog
from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from birge_common.clock import Clock
from birge_common.security.keys import KeyDirectory, Partner
from birge_common.web.problems import Problem

_KEY_IN_QUERY = frozenset({"key", "api_key", "apikey", "token", "access_token"})
SECURITY: list[dict[str, list[str]]] = [{"HTTPBearer": []}]
"""The security of an operation that a key opens."""

_scheme = HTTPBearer(auto_error=False, description="A partner's key, from `birge partner add`")

log = structlog.get_logger()


def authenticated_partner(action: str) -> Callable[..., Awaitable[Partner]]:
    """A dependency that gives the asking partner: 401 without a live key, 403 without `action`.

    The application keeps its `KeyDirectory` and `Clock` in `app.state.keys` and `.clock`.
    """

    # Async though it awaits nothing: a plain function would go to a thread at every request.
    async def partner(
        request: Request,
        _bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_scheme)],
    ) -> Partner:
        return authenticate(request, action)

    return partner


def authenticate(request: Request, action: str) -> Partner:
    """The asking partner, for a route that reads its request by itself; errors as above.

    Such a route says `SECURITY` in its OpenAPI.
    """
    refuse_key_in_address(request)
    directory: KeyDirectory = request.app.state.keys
    clock: Clock = request.app.state.clock
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    found = directory.authenticate(key, clock.now()) if scheme.lower() == "bearer" else None
    if found is None:
        raise _unauthenticated("Send a live key as `Authorization: Bearer <key>`.")
    if action not in found.actions:
        log.warning("access.refused", key_id=found.key_id, action=action)
        raise Problem(403, "action_not_yours", f"This key does not cover {action}.")
    return found


def refuse_key_in_address(request: Request) -> None:
    """Addresses are kept in logs and histories. Raises Problem."""
    if _KEY_IN_QUERY & set(request.query_params):
        raise _unauthenticated(
            "A key in an address is seen by others: send it in the Authorization header, "
            "and have this one replaced."
        )


def _unauthenticated(detail: str) -> Problem:
    return Problem(401, "unauthenticated", detail, headers={"WWW-Authenticate": "Bearer"})
