"""What a reader asked of a page, and where the page's links lead: they stay in the edition."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.navigation import Links
from birge_common.web.problems import Problem


@dataclass(frozen=True)
class Visit:
    """One reading of a page: `named` are the parts of its address, `chosen` what its query says."""

    links: Links
    named: Mapping[str, str]
    chosen: Mapping[str, str]

    def at(self, path: str, **query: str | None) -> str:
        """Another page; what is empty or None is left out of the query."""
        return with_query(self.links.to(path), **query)

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """A parameter of the query; an empty one is not given. Raises Problem for others."""
        value = self.chosen.get(name) or default
        if value not in allowed:
            raise Problem(400, "unknown_choice", "This page has no such choice.")
        return value


Makes = Callable[[Reader, Visit], Awaitable[View]]


def with_query(address: str, **query: str | None) -> str:
    """The address with those parameters that are neither empty nor None."""
    given = [(name, value) for name, value in query.items() if value]
    return f"{address}?{urlencode(given)}" if given else address


def edition_page(shell: Shell, path: str, template: str, make: Makes) -> APIRouter:
    """A page at a plain address for the newest edition, and at the permanent one of each."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    async def show(request: Request, edition: str | None) -> Response:
        async def view(reader: Reader) -> View:
            visit = Visit(reader.links, request.path_params, dict(request.query_params))
            return {"visit": visit, **(await make(reader, visit))}

        return await shell.show(request, template, view, edition)

    @router.get(path)
    async def newest(request: Request) -> Response:
        return await show(request, None)

    @router.get(f"/publications/{{edition}}{path}".rstrip("/"))
    async def permanent(request: Request, edition: str) -> Response:
        return await show(request, edition)

    return router
