"""A page for everybody is made once a second; what is somebody's own is never kept."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from birge_common.web.kept_pages import BYTES_IN_ALL, BYTES_MAX, SECONDS, KeptPages

PUBLIC = {"Cache-Control": "public, max-age=60"}


class Site:
    """An application that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.now = 100.0
        self.headers: dict[str, str] = dict(PUBLIC)
        self.status = 200
        self.body = "page"
        inner = Starlette(routes=[Route("/{name}", self._page)])
        self.app = KeptPages(inner, now=lambda: self.now)

    async def _page(self, request: Request) -> Response:
        self.asked += 1
        said = f"{self.body} {self.asked}"
        return PlainTextResponse(said, self.status, headers=self.headers)

    async def get(self, path: str = "/a", method: str = "GET", **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://birge") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers=named)


@pytest.fixture
def site() -> Site:
    return Site()


async def test_the_same_page_is_made_once(site: Site) -> None:
    first, second = await site.get(), await site.get()
    assert (first.text, second.text, site.asked) == ("page 1", "page 1", 1)
    assert first.headers == second.headers


async def test_it_is_made_anew_after_its_second(site: Site) -> None:
    await site.get()
    site.now += SECONDS
    assert (await site.get()).text == "page 2"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/b"},
        {"path": "/a?language=kk"},
        {"accept_language": "kk"},
        {"accept_encoding": "br"},
        {"accept": "text/html"},
        {"cookie": "birge_language=ru"},
        {"host": "other"},
    ],
)
async def test_what_an_answer_depends_on_keeps_answers_apart(
    site: Site, other: dict[str, Any]
) -> None:
    await site.get()
    await site.get(**other)
    assert site.asked == 2


@pytest.mark.parametrize(
    "own",
    [
        {"authorization": "Bearer x"},
        {"cookie": "birge_session=x"},
        {"cookie": "birge_language=ru; birge_session=x"},
        {"if_none_match": '"x"'},
    ],
)
async def test_what_is_somebodys_own_is_neither_kept_nor_given(
    site: Site, own: dict[str, str]
) -> None:
    await site.get()
    assert (await site.get(**own)).text == "page 2"
    assert (await site.get(**own)).text == "page 3"
    assert (await site.get()).text == "page 1"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, no-cache"},
        {**PUBLIC, "Set-Cookie": "birge_language=ru"},
    ],
)
async def test_only_what_says_so_is_kept(site: Site, headers: dict[str, str]) -> None:
    site.headers = headers
    await site.get()
    await site.get()
    assert site.asked == 2


@pytest.mark.parametrize("status", [304, 404, 500])
async def test_failures_are_not_kept(site: Site, status: int) -> None:
    site.status = status
    await site.get()
    await site.get()
    assert site.asked == 2


async def test_only_reading_is_answered_from_memory(site: Site) -> None:
    await site.get()
    assert (await site.get(method="POST")).status_code == 405


async def test_very_large_answers_are_not_kept(site: Site) -> None:
    site.body = "x" * BYTES_MAX
    await site.get()
    await site.get()
    assert site.asked == 2


async def test_pages_whose_second_is_over_leave_memory(site: Site) -> None:
    for number in range(20):
        await site.get(f"/{number}")
        site.now += SECONDS / 10
    assert len(site.app._kept) <= 11


async def test_many_large_pages_of_a_second_leave_room(site: Site) -> None:
    site.body = "x" * (BYTES_MAX - 100)
    for number in range(2 * BYTES_IN_ALL // BYTES_MAX):
        await site.get(f"/{number}")
    assert sum(len(one.body) for one in site.app._kept.values()) <= BYTES_IN_ALL
    newest = f"/{number}"
    asked = site.asked
    await site.get(newest)
    assert site.asked == asked
