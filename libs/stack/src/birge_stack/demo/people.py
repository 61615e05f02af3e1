"""People of the demo: each has an account, a session, and a device for its codes."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from birge_common.access.people import Role
from birge_common.access.requirements import CSRF_HEADER
from birge_common.access.second_factor import STEP_SECONDS, code_at
from birge_stack.errors import StackError

TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True)
class Invited:
    """Somebody's id and the token of the link."""

    person: str
    token: str


class Visitor:
    """Somebody signed in; every request carries the session and what proves its own page."""

    def __init__(self, client: httpx.Client, person: str) -> None:
        self._client = client
        self.person = person

    def does(
        self, address: str, said: Mapping[str, Any] | None = None, method: str = "POST"
    ) -> Any:
        """Give a command; its answer as JSON, None where there is none. Raises StackError.

        A path is one of the service where they signed in; the session holds at the others too.
        """
        return _answer(self._client.request(method, address, json=said))

    def reads(self, address: str) -> Any:
        """What is at an address. Raises StackError."""
        return _answer(self._client.get(address))

    def invites(self, name: str, role: Role, region: str | None = None) -> Invited:
        """Make a link for somebody."""
        roles = [{"role": role, "regions": [region] if region else None}]
        made = _answer(self._client.post("/v1/invitations", json={"name": name, "roles": roles}))
        return Invited(made["person"], made["token"])

    def close(self) -> None:
        """Leave the connection."""
        self._client.close()


def joined(url: str, token: str) -> Visitor:
    """Accept an invitation and sign in, as somebody with an authenticator app does."""
    client = httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS, trust_env=False)
    invitation = _answer(client.get(f"/v1/invitations/{token}"))
    secret = base64.b32decode(invitation["secret"])
    login, password = f"demo-{secrets.token_hex(6)}", secrets.token_urlsafe(18)
    now = datetime.now(UTC)
    taken = {"login": login, "password": password, "code": code_at(secret, now)}
    _answer(client.post(f"/v1/invitations/{token}", json=taken))
    # A code is taken once, so the second one is the device's next; it is accepted a step early.
    following = code_at(secret, now + timedelta(seconds=STEP_SECONDS))
    session = _answer(client.post("/v1/session", json={**taken, "code": following}))
    client.headers[CSRF_HEADER] = session["csrf_token"]
    return Visitor(client, session["id"])


def several_joined(
    by: Visitor, url: str, names: Sequence[str], role: Role, region: str | None = None
) -> list[Visitor]:
    """Invite people to a role, and let them in."""
    return [joined(url, by.invites(name, role, region).token) for name in names]


def _answer(answered: httpx.Response) -> Any:
    if not answered.is_success:
        asked = f"{answered.request.method} {answered.request.url.path}"
        raise StackError(f"{asked} was answered {answered.status_code}: {answered.text}")
    return answered.json() if answered.content else None
