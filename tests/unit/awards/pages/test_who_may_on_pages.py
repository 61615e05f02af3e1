"""Every page asked by strangers, by people with no part in the award, and from other sites."""

import asyncio
import re

import httpx
import pytest

from birge_common.access.people import Role
from tests.support.access_matrix import Route, routes_of
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import House

OPEN = {
    "/",
    "/awards",
    "/awards/cycles/{cycle}/calendar",
    "/awards/cycles/{cycle}/calendar.ics",
    "/awards/cycles/{cycle}/laureates",
    "/awards/cycles/{cycle}/laureates/{nominee}",
    "/awards/nominate",
    "/awards/nominate/check",
    "/awards/nominate/confirmations/{token}",
    "/awards/nominate/files/add",
    "/awards/nominate/files/remove",
    "/awards/nominate/sent",
    "/awards/nominate/{step}",
    "/assets/{content_hash}/{name}",
    "/invitations/{token}",
    "/sign-in",
}
OF_THE_SIGNED_IN = {"/account", "/awards/seats", "/sign-out", "/step-up"}
"""Everybody has an account, and may have no seat."""


async def a_house() -> tuple[ApiHouse, str]:
    api = ApiHouse(House())
    await api.house.opens_nominations()
    nominee = await api.house.receives(1)
    await api.house.opens_regional_stage()
    return api, nominee


@pytest.fixture(scope="module")
def asked() -> tuple[ApiHouse, str]:
    return asyncio.run(a_house())


def pages_of(api: ApiHouse) -> list[Route]:
    return sorted(
        (method, path)
        for method, path in routes_of(api.app)
        if method in ("GET", "POST") and not path.startswith(("/v1/", "/health/", "/metrics"))
    )


def closed_pages_of(api: ApiHouse) -> list[Route]:
    # Who comes to the sign-out by its address, not by its button, is led to their account.
    led_on = ("GET", "/sign-out")
    return [one for one in pages_of(api) if one[1] not in OPEN and one != led_on]


def filled(path: str, nominee: str) -> str:
    values = {"cycle": "2026", "panel": "KZ-11", "nomination": nominee, "nominee": nominee}
    return re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], "other"), path)


async def ask(api: ApiHouse, nominee: str, who: str, route: Route) -> httpx.Response:
    method, path = route
    if method == "GET":
        return await api.opens(who, filled(path, nominee))
    return await api.posts(who, filled(path, nominee), {})


def test_there_are_pages_to_ask(asked: tuple[ApiHouse, str]) -> None:
    assert len(closed_pages_of(asked[0])) > 80


async def test_a_stranger_is_led_to_the_sign_in_from_every_page(
    asked: tuple[ApiHouse, str],
) -> None:
    for route in closed_pages_of(asked[0]):
        answer = await ask(*asked, "nobody", route)
        assert answer.status_code == 303, route
        assert answer.headers["location"].startswith("/sign-in?next=/"), route


async def test_who_has_no_part_in_the_award_sees_nothing_of_it(
    asked: tuple[ApiHouse, str],
) -> None:
    api, _ = asked
    api.knows(person("editor", of(Role.EDITOR)))
    for route in closed_pages_of(api):
        if route[1] in OF_THE_SIGNED_IN or route[1].startswith("/account"):
            continue
        answer = await ask(*asked, "editor", route)
        assert answer.status_code in (403, 404), route


async def test_a_manager_of_another_region_sees_and_does_nothing_in_this_one(
    asked: tuple[ApiHouse, str],
) -> None:
    api, _ = asked
    api.knows(person("south", of(Role.REGIONAL_MANAGER, "KZ-71")))
    of_region = [
        one for one in closed_pages_of(api) if {"{panel}", "{nomination}"} & set(_parts(one))
    ]
    assert len(of_region) > 40
    for route in of_region:
        assert (await ask(*asked, "south", route)).status_code in (403, 404), route


async def test_no_form_is_taken_without_its_token(asked: tuple[ApiHouse, str]) -> None:
    api, nominee = asked
    api.knows(person("everything", *(of(role) for role in Role)))
    for method, path in closed_pages_of(api):
        if method == "POST":
            answer = await api.posts("everything", filled(path, nominee), {}, has_token=False)
            assert answer.status_code == 403, path


async def test_no_page_may_be_framed_or_kept(asked: tuple[ApiHouse, str]) -> None:
    api, _ = asked
    api.knows(person("manager", of(Role.AWARD_MANAGER)))
    answer = await api.opens("manager", "/awards/cycles/2026")
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def _parts(route: Route) -> list[str]:
    return route[1].split("/")
