"""Where the site begins for whom: each is led to what waits for them."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from birge_awards.permissions import MEMBERS, READERS
from birge_common.access.requirements import visitor


def start_pages() -> APIRouter:
    """`/` leads managers to the cycles, members of juries to their seats, the public to awards."""
    router = APIRouter(include_in_schema=False)

    @router.get("/", response_class=RedirectResponse)
    async def start(request: Request) -> RedirectResponse:
        person = visitor(request)
        if person and any(person.has(role) for role in READERS):
            return RedirectResponse("/awards/cycles", 303)
        if person and any(person.has(role) for role in MEMBERS):
            return RedirectResponse("/awards/seats", 303)
        return RedirectResponse("/account" if person else "/awards", 303)

    return router
