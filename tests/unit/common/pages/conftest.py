"""A reader of the demo's pages, who takes HTML."""

from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient

from tests.support.pages_demo.demo import demo_app


@pytest.fixture
async def reader() -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(demo_app(), raise_app_exceptions=False)
    async with AsyncClient(
        transport=transport, base_url="http://testserver", headers={"Accept": "text/html"}
    ) as client:
        yield client
