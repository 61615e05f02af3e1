"""A house whose people are invited, sign in and come over HTTP, on a clock that tests move."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any

import httpx
from argon2 import PasswordHasher
from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse
from starlette.middleware import Middleware

from birge_common.access.access import Access
from birge_common.access.api import session_router
from birge_common.access.guard import SessionGuard
from birge_common.access.pages import CATALOGUES, TEMPLATES, access_pages
from birge_common.access.passwords import Passwords
from birge_common.access.people import Grant, Person, Role, roles_from
from birge_common.access.people_pages import people_pages
from birge_common.access.ports import PeopleStore
from birge_common.access.requirements import signed_in, stepped_up
from birge_common.access.second_factor import SecretBox, code_at
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.testing.clock import ManualClock
from birge_common.web.pages.assets import assets_router
from birge_common.web.pages.headers import PageHeaders
from birge_common.web.pages.rendering import Pages
from birge_common.web.problems import install_problem_handlers

PASSWORD = "a sentence that is long"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PAGE = {"Accept": "text/html", "Accept-Language": "en"}
ADDRESS = "http://birge.test"


@dataclass
class Member:
    """Somebody who accepted an invitation, with the device that shows codes."""

    id: str
    login: str
    secret: bytes
    recovery: list[str]


@dataclass
class AccessHouse:
    """Access over a store, with whoever a test lets in."""

    store: PeopleStore = field(default_factory=MemoryPeopleStore)
    clock: ManualClock = field(default_factory=ManualClock)
    address: str = ADDRESS
    pepper: str = "p" * 32

    def __post_init__(self) -> None:
        box, passwords = SecretBox(self.pepper), Passwords(CHEAP)
        self.access = Access(self.store, self.clock, box, self.address, passwords)

    async def joined(self, name: str, *grants: Grant) -> Member:
        """Invite somebody, who accepts at once with their name as login."""
        invitation = await self.access.invite(name, grants or (Grant(Role.JUROR),))
        _, secret = await self.access.invited(invitation.token)
        login = name.casefold()
        code = code_at(secret, self.clock.now())
        codes = await self.access.accept(invitation.token, login, PASSWORD, code)
        return Member(invitation.person, login, secret, codes)

    def code(self, member: Member) -> str:
        """The next code of their device, which nobody used yet."""
        self.clock.advance(timedelta(seconds=30))
        return code_at(member.secret, self.clock.now())

    async def proposes(self, person: str, grants: Iterable[Grant], by: Person) -> None:
        """Propose roles for somebody."""
        await self.access.propose(person, roles_from(grants), by)

    async def confirms(self, person: str, by: Person) -> None:
        """Read what is proposed for somebody, and confirm it."""
        found = await self.store.account(person)
        proposal = found.account.proposal if found else None
        await self.access.confirm(person, proposal.roles if proposal else {}, by)

    async def signed_in(self, member: Member) -> str:
        """The token of a new session."""
        return await self.access.sign_in(member.login, PASSWORD, self.code(member), address="here")

    async def person(self, member: Member) -> Person:
        """Them, as services know them."""
        person = await self.access.visitor(await self.signed_in(member))
        assert person is not None
        return person

    def app(self) -> FastAPI:
        """Signing in as services have it, and a few routes to be guarded."""
        app = FastAPI(
            middleware=[Middleware(PageHeaders), Middleware(SessionGuard, access=self.access)]
        )
        app.state.clock = self.clock
        pages = Pages([TEMPLATES], [CATALOGUES])
        install_problem_handlers(app, pages)
        app.include_router(session_router(self.access))
        app.include_router(access_pages(self.access, pages))
        app.include_router(people_pages(self.access, pages))
        app.include_router(assets_router())
        _add_routes(app)
        return app

    @asynccontextmanager
    async def browser(self, *, page: bool = False) -> AsyncIterator[httpx.AsyncClient]:
        """A client that keeps cookies; with `page` it asks for HTML."""
        transport = httpx.ASGITransport(self.app(), raise_app_exceptions=False)
        headers = PAGE if page else {}
        async with httpx.AsyncClient(
            transport=transport, base_url=self.address, headers=headers
        ) as client:
            yield client

    async def enters(self, client: httpx.AsyncClient, member: Member) -> dict[str, Any]:
        """Sign in over HTTP; gives the session's view and sends its token from now on."""
        said = {"login": member.login, "password": PASSWORD, "code": self.code(member)}
        answer = await client.post("/v1/session", json=said)
        assert answer.is_success, answer.text
        view: dict[str, Any] = answer.json()
        client.headers["X-CSRF-Token"] = view["csrf_token"]
        return view


def _add_routes(app: FastAPI) -> None:
    anybody, auditors = signed_in(), signed_in(Role.AUDITOR)

    @app.post("/notes")
    async def keep(request: Request, person: Annotated[Person, Depends(anybody)]) -> dict[str, Any]:
        """Gives back what the form or body said."""
        if "json" in request.headers.get("content-type", ""):
            body: dict[str, Any] = await request.json()
            return body
        form = await request.form()
        files = [one for one in form.values() if not isinstance(one, str)]
        said: dict[str, Any] = {k: v for k, v in form.items() if isinstance(v, str)}
        return said | {"bytes": [len(await one.read()) for one in files]}

    @app.post("/seals")
    async def seal(person: Annotated[Person, Depends(stepped_up())]) -> str:
        return person.id

    @app.get("/seal-page", response_class=HTMLResponse)
    async def seal_page(person: Annotated[Person, Depends(stepped_up())]) -> str:
        return person.id

    @app.get("/books")
    async def read(person: Annotated[Person, Depends(auditors)]) -> str:
        return person.id
