"""The site over the year 2022, as a reader of English sees it."""

import httpx
import pytest
from fastapi import FastAPI

from birge_aggregator.stores.memory import MemoryEditions
from tests.support.edition_2022 import ID, edition_2022, frozen_2022


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
