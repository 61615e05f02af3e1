"""The site over the year 2022, as a reader of English sees it."""

from collections.abc import Awaitable, Callable
from html import unescape

import httpx
import pytest
from fastapi import FastAPI

from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022, frozen_2022

Reads = Callable[..., Awaitable[str]]


@pytest.fixture
def editions() -> MemoryEditions:
    return MemoryEditions([edition_2022()], {ID: frozen_2022().answers})


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
