"""The awards' API over the memory store, asked by people whose roles a test chooses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from birge_awards.app import create_api
from birge_awards.pages.shell import Invited
from birge_awards.settings import AwardSettings, AwardsSettings
from birge_common.access.people import Grant, Person, Role
from birge_common.security.keys import KeyDirectory
from tests.support.awards_house import AT, House

_WHO = b"x-person"


def person(name: str, *grants: Grant, is_fresh: bool = True) -> Person:
    """Somebody signed in when the tests begin; `is_fresh` as after a step-up."""
    return Person(name, name.title(), grants, AT, AT if is_fresh else None)


def of(role: Role, *regions: str) -> Grant:
    """A role in these regions, or in the country where there are none."""
    return Grant(role, frozenset(regions) or None)


class SignedInAs:
    """Stands in for sessions: the header says who asks, a table who that is."""

    def __init__(self, app: ASGIApp, people: Mapping[str, Person]) -> None:
        self._app = app
        self._people = people

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            named = dict(scope["headers"]).get(_WHO, b"").decode()
            scope.setdefault("state", {})["person"] = self._people.get(named)
        await self._app(scope, receive, send)


@dataclass
class KnownPeople:
    """Stands in for accounts: everybody whom a test knows, and who was invited."""

    people: dict[str, Person]

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """Their names."""
        return {one: self.people[one].name for one in ids if one in self.people}

    async def holding(self, grant: Grant) -> Mapping[str, str]:
        """Who holds a role."""
        return {one.id: one.name for one in self.people.values() if grant in one.grants}

    async def invite(self, by: Person, name: str, grant: Grant) -> Invited:
        """They are there at once."""
        one = replace(person(f"p-{len(self.people)}", grant), name=name)
        self.people[one.id] = one
        return Invited(one.id, f"https://birge.kz/invitations/{one.id}")


@dataclass
class ApiHouse:
    """A house whose people also come over HTTP; who acts steps up a moment before."""

    house: House = field(default_factory=House)
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = AwardsSettings(awards=AwardSettings(vault_key=SecretStr("k" * 32)))
        self.app: FastAPI = create_api(
            settings,
            self.house.store,
            keys=KeyDirectory("p" * 32),
            clock=self.house.clock,
            people=KnownPeople(self.people),
        )
        self.asgi = SignedInAs(self.app, self.people)

    def knows(self, *people: Person) -> None:
        """Add people."""
        self.people |= {one.id: one for one in people}

    async def asks(
        self, who: str, method: str, path: str, body: Any = None, *, steps_up: bool = True
    ) -> httpx.Response:
        """One request of somebody, or of a stranger whose name nobody knows."""
        if steps_up:
            self._steps_up(who)
        async with self._client(who) as client:
            return await client.request(method, f"/v1/awards{path}", json=body)

    async def opens(self, who: str, path: str, *, language: str = "en") -> httpx.Response:
        """A page as a browser asks for it."""
        async with self._client(who) as client:
            return await client.get(path, headers=_browser(language))

    async def posts(
        self, who: str, path: str, typed: Mapping[str, str], *, language: str = "en"
    ) -> httpx.Response:
        """A form as a browser sends it; no redirect is followed."""
        self._steps_up(who)
        async with self._client(who) as client:
            return await client.post(path, data=dict(typed), headers=_browser(language))

    def _steps_up(self, who: str) -> None:
        if who in self.people:
            now = self.house.clock.now()
            self.people[who] = replace(self.people[who], stepped_up_at=now)

    def _client(self, who: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.asgi, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport, base_url="http://localhost", headers={_WHO.decode(): who}
        )

    async def does(self, who: str, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """A request that must succeed; gives its JSON."""
        answer = await self.asks(who, method, path, body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


def _browser(language: str) -> dict[str, str]:
    return {"Accept": "text/html", "Accept-Language": language}
