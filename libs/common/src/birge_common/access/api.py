"""Signing in for programs: the same sessions as in a browser, as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from birge_common.access.access import Access, SlowDown
from birge_common.access.account import LOGIN_MAX, NAME_MAX, PASSWORD_MAX, AccessRefused
from birge_common.access.cookie import give_session, session_token, take_session
from birge_common.access.people import Grant, Person, Role
from birge_common.access.requirements import signed_in
from birge_common.access.second_factor import address_for_devices, as_text
from birge_common.access.session import csrf_token_of
from birge_common.web.problems import Problem, problem_responses

BODY_BYTES_MAX = 65_536
"""Of what is asked here, strangers send most."""
SignedIn = Annotated[Person, Depends(signed_in())]
_STATUS = {"sign_in": 401, "no_invitation": 404, "forbidden": 403, "four_eyes": 403}


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Credentials(_Body):
    """What it takes to sign in; a recovery code can stand in for a device's."""

    login: str = Field(max_length=LOGIN_MAX)
    password: str = Field(max_length=PASSWORD_MAX)
    code: str = Field(max_length=20)


class Code(_Body):
    """A code of the second factor."""

    code: str = Field(max_length=20)


@dataclass(frozen=True)
class RoleView:
    """A role, in these regions; null is the whole country."""

    role: str
    regions: Sequence[str] | None


@dataclass(frozen=True)
class SessionView:
    """Who is signed in; `csrf_token` goes with what changes something, as `X-CSRF-Token`."""

    id: str
    name: str
    roles: Sequence[RoleView]
    csrf_token: str


@dataclass(frozen=True)
class InvitationView:
    """Whom a link is for, and the secret for their device."""

    name: str
    secret: str
    address: str


@dataclass(frozen=True)
class RecoveryView:
    """Codes that stand in for a lost device, once each; they are not shown again."""

    recovery_codes: Sequence[str]


class InvitedGrant(_Body):
    """A role to invite somebody to; without regions it is the whole country's."""

    role: Role
    regions: tuple[str, ...] | None = None

    def grant(self) -> Grant:
        """The same as a grant."""
        return Grant(self.role, None if self.regions is None else frozenset(self.regions))


class NewInvitation(_Body):
    """Somebody to invite, and to which roles."""

    name: str = Field(max_length=NAME_MAX)
    roles: tuple[InvitedGrant, ...] = Field(min_length=1, max_length=20)


@dataclass(frozen=True)
class InvitedView:
    """The id to appoint somebody by, and the token of the link, which is not shown again."""

    person: str
    token: str
    address: str


def problem_from(refused: AccessRefused) -> Problem:
    """A refusal as a problem."""
    return Problem(_STATUS.get(refused.code, 422), refused.code, str(refused))


def slow_down_problem(slow: SlowDown) -> Problem:
    """Too many failures as a problem."""
    headers = {"Retry-After": str(slow.seconds)}
    detail = f"Too many failures; wait {slow.seconds} seconds."
    return Problem(429, "slow_down", detail, headers=headers)


def session_view(person: Person, csrf_token: str) -> SessionView:
    """The session for a program."""
    roles = [
        RoleView(role, None if regions is None else sorted(regions))
        for role, regions in person.roles.items()
    ]
    return SessionView(person.id, person.name, roles, csrf_token)


def client_address(request: Request) -> str:
    """Whom failures are counted for; an ingress gives uvicorn the true one."""
    return request.client.host if request.client else "unknown"


def session_router(access: Access) -> APIRouter:
    """`/v1/session` and `/v1/invitations`."""
    router = APIRouter(
        prefix="/v1",
        tags=["session"],
        max_body_size=BODY_BYTES_MAX,
        responses=problem_responses(400, 401, 403, 404, 409, 413, 422, 429, 431, 503),
    )
    _add_session(router, access)
    _add_step_up(router, access)
    _add_invitations(router, access)
    return router


def _add_session(router: APIRouter, access: Access) -> None:
    @router.post("/session")
    async def sign_in(request: Request, response: Response, body: Credentials) -> SessionView:
        """Sign in; the cookie of the answer is the session."""
        try:
            token = await access.sign_in(
                body.login,
                body.password,
                body.code,
                address=client_address(request),
                held=session_token(request, is_secure=access.is_secure),
            )
        except AccessRefused as refused:
            raise problem_from(refused) from refused
        except SlowDown as slow:
            raise slow_down_problem(slow) from slow
        return await _opened(access, response, token)

    @router.get("/session")
    async def session(request: Request, person: SignedIn) -> SessionView:
        """Who is signed in, with which roles."""
        return session_view(person, request.state.csrf_token)

    @router.delete("/session", status_code=204)
    async def sign_out(request: Request, person: SignedIn) -> Response:
        """End the session."""
        await access.sign_out(session_token(request, is_secure=access.is_secure) or "")
        response = Response(status_code=204)
        take_session(response, is_secure=access.is_secure)
        return response


def _add_step_up(router: APIRouter, access: Access) -> None:
    @router.post("/session/step-up")
    async def step_up(
        request: Request, response: Response, body: Code, person: SignedIn
    ) -> SessionView:
        """Show the second factor again, for what cannot be undone; the cookie is a new one."""
        try:
            held = session_token(request, is_secure=access.is_secure) or ""
            token = await access.step_up(held, body.code)
        except AccessRefused as refused:
            raise problem_from(refused) from refused
        except SlowDown as slow:
            raise slow_down_problem(slow) from slow
        return await _opened(access, response, token)


def _add_invitations(router: APIRouter, access: Access) -> None:
    @router.post("/invitations", status_code=201)
    async def invite(body: NewInvitation, person: SignedIn) -> InvitedView:
        """Invite somebody to roles no wider than one's own rights to invite."""
        try:
            made = await access.invite(body.name, [one.grant() for one in body.roles], person)
        except AccessRefused as refused:
            raise problem_from(refused) from refused
        return InvitedView(made.person, made.token, access.link_of(made))

    @router.get("/invitations/{token}")
    async def invitation(token: str) -> InvitationView:
        """Whom the link is for."""
        try:
            account, secret = await access.invited(token)
        except AccessRefused as refused:
            raise problem_from(refused) from refused
        return InvitationView(
            account.name, as_text(secret), address_for_devices(secret, account.name)
        )

    @router.post("/invitations/{token}")
    async def accept(token: str, body: Credentials) -> RecoveryView:
        """Choose how to sign in."""
        try:
            codes = await access.accept(token, body.login, body.password, body.code)
        except AccessRefused as refused:
            raise problem_from(refused) from refused
        return RecoveryView(codes)


async def _opened(access: Access, response: Response, token: str) -> SessionView:
    give_session(response, token, is_secure=access.is_secure)
    response.headers["Cache-Control"] = "no-store"
    person = await access.visitor(token)
    assert person is not None, "a session that was opened a moment ago is there"
    return session_view(person, csrf_token_of(token))
