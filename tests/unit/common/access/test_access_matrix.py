"""Every route of signing in for every role; and the matrix would tell if one were otherwise."""

from collections import defaultdict
from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI

from birge_common.access.people import Grant, Role
from birge_common.access.requirements import Requirement, signed_in
from birge_common.access.session import IDLE_TERM, csrf_token_of
from birge_common.web.problems import Problem
from tests.support.access_house import AccessHouse, Member
from tests.support.access_matrix import EVERYBODY, Rule, Who, differences, may, routes_of

OWN, OTHER = "KZ-35", "KZ-71"
SIGNED_IN, OF_ADMINISTRATORS = may(), may(Role.ADMINISTRATOR)
TABLE = {
    ("POST", "/v1/session"): EVERYBODY,
    ("GET", "/v1/session"): SIGNED_IN,
    ("DELETE", "/v1/session"): SIGNED_IN,
    ("POST", "/v1/session/step-up"): SIGNED_IN,
    ("POST", "/v1/invitations"): SIGNED_IN,
    ("GET", "/v1/invitations/{token}"): EVERYBODY,
    ("POST", "/v1/invitations/{token}"): EVERYBODY,
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): EVERYBODY,
    ("GET", "/sign-out"): EVERYBODY,
    ("POST", "/sign-out"): SIGNED_IN,
    ("GET", "/step-up"): SIGNED_IN,
    ("POST", "/step-up"): SIGNED_IN,
    ("GET", "/invitations/{token}"): EVERYBODY,
    ("POST", "/invitations/{token}"): EVERYBODY,
    ("GET", "/account"): SIGNED_IN,
    ("POST", "/account/other-sessions"): SIGNED_IN,
    ("GET", "/account/password"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("GET", "/account/recovery-codes"): SIGNED_IN,
    ("POST", "/account/recovery-codes"): SIGNED_IN,
    ("GET", "/people"): OF_ADMINISTRATORS,
    ("GET", "/people/invitation"): OF_ADMINISTRATORS,
    ("POST", "/people/invitation"): OF_ADMINISTRATORS,
    ("GET", "/people/{person_id}"): OF_ADMINISTRATORS,
    **{
        (method, f"/people/{{person_id}}/{change}"): OF_ADMINISTRATORS
        for method in ("GET", "POST")
        for change in ("proposal", "confirmation", "closing")
    },
    ("GET", "/assets/{content_hash}/{name}"): EVERYBODY,
    ("POST", "/notes"): SIGNED_IN,
    ("POST", "/seals"): SIGNED_IN,
    ("GET", "/seal-page"): SIGNED_IN,
    ("GET", "/books"): may(Role.AUDITOR),
}
ASKS_OF_ITS_OWN = {("POST", "/v1/session"), ("POST", "/sign-in"), ("POST", "/v1/invitations")}
"""Their own answers are 401 and 403 as well; what they ask is in tests of their own."""


class Askers:
    """People of each role who ask over HTTP, with a session for each request."""

    def __init__(self, house: AccessHouse, app: FastAPI) -> None:
        self.house, self.app = house, app
        self.members: dict[Role, Member] = {}

    async def ask(self, method: str, path: str, role: Role | None, who: Who) -> httpx.Response:
        """One request; where the path names a region, it is the own one or another."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self.house.address) as client:
            if role is not None:
                await self.enter(client, role)
            if who == Who.EXPIRED:
                self.house.clock.advance(IDLE_TERM)
            region = OTHER if who == Who.OTHER_REGION else OWN
            return await client.request(
                method, path.format_map(defaultdict(lambda: "none", region=region))
            )

    async def enter(self, client: httpx.AsyncClient, role: Role) -> None:
        """A member of that role in the own region signs in; administrators are the country's."""
        if role not in self.members:
            grant = Grant(role, None if role == Role.ADMINISTRATOR else frozenset({OWN}))
            self.members[role] = await self.house.joined(f"the-{role}", grant)
        member = self.members[role]
        token = await self.house.signed_in(member)
        client.cookies.set("birge_session", token)
        client.headers["X-CSRF-Token"] = csrf_token_of(token)


def without(table: dict[tuple[str, str], Rule]) -> dict[tuple[str, str], Rule]:
    return {route: rule for route, rule in table.items() if route not in ASKS_OF_ITS_OWN}


async def test_every_route_lets_in_whom_the_table_says(house: AccessHouse) -> None:
    app = house.app()
    found = await differences(app, without(TABLE), Askers(house, app).ask)
    assert found == [f"{' '.join(route)} is not in the table" for route in sorted(ASKS_OF_ITS_OWN)]
    assert set(routes_of(app)) == set(TABLE)


def one_route(requirement: Requirement | None, *, asks_region: bool = False) -> FastAPI:
    """An application of one route."""
    house = AccessHouse()
    app = house.app()
    app.router.routes.clear()
    depends = [] if requirement is None else [Depends(requirement)]

    @app.get("/regions/{region}", dependencies=depends)
    async def read(region: str) -> str:
        return region

    if asks_region:
        app.router.routes.clear()

        @app.get("/regions/{region}")
        async def read_own(region: str, person: Annotated[object, Depends(requirement)]) -> str:
            if not person.may(Role.JUROR, region):  # type: ignore[attr-defined]
                raise Problem(403, "forbidden", "Another region's.")
            return region

    app.state.house = house
    return app


ROUTE = ("GET", "/regions/{region}")


async def told(app: FastAPI, table: dict[tuple[str, str], Rule]) -> list[str]:
    return await differences(app, table, Askers(app.state.house, app).ask)


async def test_a_route_that_the_table_lacks_is_told() -> None:
    assert await told(one_route(signed_in()), {}) == ["GET /regions/{region} is not in the table"]


async def test_a_line_without_a_route_is_told() -> None:
    table = {ROUTE: may(), ("GET", "/gone"): EVERYBODY}
    assert await told(one_route(signed_in()), table) == ["GET /gone is in the table alone"]


async def test_a_route_that_forgot_to_ask_is_told() -> None:
    said = await told(one_route(None), {ROUTE: may(Role.AUDITOR)})
    assert "GET /regions/{region}: a stranger should be turned away, got 200" in said
    assert any("juror for the own region should be turned away" in each for each in said)
    assert any("auditor after the session ended should be turned away" in each for each in said)


async def test_a_route_that_asks_too_much_is_told() -> None:
    said = await told(one_route(signed_in(Role.AUDITOR)), {ROUTE: may(Role.AUDITOR, Role.JUROR)})
    assert said == [
        "GET /regions/{region}: juror for the own region should be let through, got 403",
        "GET /regions/{region}: juror for another region should be let through, got 403",
    ]


@pytest.mark.parametrize("asks", [True, False])
async def test_a_route_that_forgets_the_region_is_told(*, asks: bool) -> None:
    table = {ROUTE: may(Role.JUROR, asks_region=True)}
    said = await told(one_route(signed_in(Role.JUROR), asks_region=asks), table)
    missed = "GET /regions/{region}: juror for another region should be turned away, got 200"
    assert said == ([] if asks else [missed])


def test_what_a_route_asks_can_be_read_from_it() -> None:
    [route] = one_route(signed_in(Role.AUDITOR)).routes
    [asked] = route.dependant.dependencies  # type: ignore[attr-defined]
    assert asked.call == Requirement((Role.AUDITOR,))
