"""Calls every route as every role, in the own region, another, for nobody and too late.

A table says who is allowed; `differences` gives back, in sentences, whatever is otherwise, routes
that the table does not know, and lines of the table that no route has.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from birge_common.access.people import Role

Route = tuple[str, str]
"""Method and path, as the application declares it."""


class Who(StrEnum):
    """Who asks, beside their role."""

    OWN_REGION = "for the own region"
    OTHER_REGION = "for another region"
    EXPIRED = "after the session ended"


@dataclass(frozen=True)
class Rule:
    """Who is let through by one route."""

    roles: frozenset[Role] = frozenset()
    is_open: bool = False
    """Whether strangers are let through as well, and so everybody."""
    asks_region: bool = False
    """Whether those who hold a role for another region are turned away."""


EVERYBODY = Rule(is_open=True)
Ask = Callable[[str, str, Role | None, Who], Awaitable[httpx.Response]]
"""Sends method and path as a role, or as a stranger where it is None."""


def may(*roles: Role, asks_region: bool = False) -> Rule:
    """Only these roles; all of them where none is named."""
    return Rule(frozenset(roles or Role), asks_region=asks_region)


def routes_of(app: FastAPI) -> Iterator[Route]:
    """Every method of every path, those of pages included."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            yield from ((each, route.path or "") for each in sorted(route.methods or ()))


async def differences(app: FastAPI, table: Mapping[Route, Rule], ask: Ask) -> list[str]:
    """What differs from the table, one sentence each; nothing, where all is as it says."""
    routes = sorted(set(routes_of(app)))
    said = [f"{_name(route)} is not in the table" for route in routes if route not in table]
    said += [f"{_name(route)} is in the table alone" for route in table if route not in routes]
    for route in routes:
        if route in table:
            said += [each async for each in _differences_of(route, table[route], ask)]
    return said


async def _differences_of(route: Route, rule: Rule, ask: Ask) -> AsyncIterator[str]:
    for role, who, is_allowed in _expectations(rule):
        answer = await ask(*route, role, who)
        if _is_through(answer) != is_allowed:
            expected = "let through" if is_allowed else "turned away"
            name = f"{role} {who}" if role else "a stranger"
            yield f"{_name(route)}: {name} should be {expected}, got {answer.status_code}"


def _expectations(rule: Rule) -> Iterator[tuple[Role | None, Who, bool]]:
    yield None, Who.OWN_REGION, rule.is_open
    for role in Role:
        is_held = rule.is_open or role in rule.roles
        yield role, Who.OWN_REGION, is_held
        yield role, Who.OTHER_REGION, is_held and not rule.asks_region
        yield role, Who.EXPIRED, rule.is_open


def _is_through(answer: httpx.Response) -> bool:
    """Whether access was no obstacle; what the route then says of the request is its own matter."""
    location = answer.headers.get("location", "")
    leads_away = answer.status_code == 303 and location.startswith(("/sign-in?", "/step-up?"))
    return answer.status_code not in (401, 403) and not leads_away


def _name(route: Route) -> str:
    return " ".join(route)
