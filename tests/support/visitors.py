"""People with roles that a test chooses, who ask a service over HTTP as programs or browsers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from birge_common.access.access import Access
from birge_common.access.account import Account
from birge_common.access.account import State as AccountState
from birge_common.access.passwords import Passwords
from birge_common.access.people import Person
from birge_common.access.ports import KeptAccount
from birge_common.access.requirements import CSRF_FIELD, CSRF_HEADER
from birge_common.access.second_factor import SecretBox
from birge_common.access.session import Session, csrf_token_of, digest_of
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.testing.clock import ManualClock

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Nobody signs in with a password here, so none has to be hard to guess."""


def access_at(clock: ManualClock) -> Access:
    """Accounts in memory, with a clock that a test moves."""
    return Access(MemoryPeopleStore(), clock, SecretBox("p" * 32), "http://birge", CHEAP)


@dataclass
class Visitors:
    """Those who come; who acts signed in a moment before. `prefix` begins every path of `asks`."""

    app: FastAPI
    access: Access
    clock: ManualClock
    prefix: str = ""
    people: dict[str, Person] = field(default_factory=dict)

    def knows(self, *people: Person) -> None:
        """Add people."""
        self.people |= {one.id: one for one in people}

    async def _signs_in(self, who: str, *, steps_up: bool) -> dict[str, str]:
        """A session of somebody known, opened now, as a browser or a program carries it."""
        if who not in self.people:
            return {}
        held = self.people[who]
        before = await self.access.store.account(who)
        account = Account(who, held.name, held.roles, b"", AccountState.ACTIVE, login=who)
        await self.access.store.keep(KeptAccount(account, before.revision if before else 0))
        now = self.clock.now()
        stepped_up_at = now if steps_up else now - timedelta(hours=1)
        token = f"token-of-{who}"
        await self.access.store.open_session(
            Session(digest_of(token), who, now, now, stepped_up_at)
        )
        return {"Cookie": f"birge_session={token}", CSRF_HEADER: csrf_token_of(token)}

    async def asks(
        self, who: str, method: str, path: str, body: Any = None, *, steps_up: bool = True
    ) -> httpx.Response:
        """One request of somebody, or of a stranger whose name nobody knows."""
        headers = await self._signs_in(who, steps_up=steps_up)
        async with self._client(headers) as client:
            return await client.request(method, f"{self.prefix}{path}", json=body)

    async def opens(self, who: str, path: str, *, language: str = "en") -> httpx.Response:
        """A page as a browser asks for it."""
        headers = await self._signs_in(who, steps_up=True)
        async with self._client(headers | _browser(language)) as client:
            return await client.get(path)

    async def posts(
        self,
        who: str,
        path: str,
        typed: Mapping[str, str],
        *,
        language: str = "en",
        steps_up: bool = True,
        has_token: bool = True,
    ) -> httpx.Response:
        """A form as a browser sends it, with its token; no redirect is followed."""
        headers = await self._signs_in(who, steps_up=steps_up)
        token = headers.pop(CSRF_HEADER, "")
        async with self._client(headers | _browser(language)) as client:
            own = {CSRF_FIELD: token} if has_token else {}
            return await client.post(path, data={**typed, **own})

    def _client(self, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers)

    async def does(self, who: str, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """A request that must succeed; gives its JSON."""
        answer = await self.asks(who, method, path, body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


def _browser(language: str) -> dict[str, str]:
    return {"Accept": "text/html", "Accept-Language": language}
