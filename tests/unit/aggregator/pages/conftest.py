"""The site over the year 2022, as a reader of English sees it."""

from collections.abc import Awaitable, Callable
from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import editions_2022
from tests.support.site_2022 import site_2022, site_over

Reads = Callable[..., Awaitable[str]]


@pytest.fixture
def editions() -> MemoryEditions:
    return editions_2022()


@pytest.fixture(scope="package")
def unchanged() -> FastAPI:
    return site_2022()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> FastAPI:
    """One application for all tests that only read; those with `editions` get one of their own."""
    if "editions" not in request.fixturenames:
        return request.getfixturevalue("unchanged")
    return site_over(request.getfixturevalue("editions"))


@pytest.fixture
def site(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://localhost",
        headers={"Accept": "text/html", "Accept-Language": "en"},
    )


@pytest.fixture
def read(site: httpx.AsyncClient) -> Reads:
    """What the page at an address says, in a language."""

    async def read(address: str, language: str = "en") -> str:
        page = await site.get(address, headers={"Accept-Language": language})
        assert page.status_code == 200, page.text
        return unescape(page.text)

    return read
