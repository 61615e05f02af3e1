"""What browsers are told not to do, and what they may keep."""

import re

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from birge_common.web.pages.headers import PageHeaders


async def test_a_page_runs_no_inline_script_and_in_no_frame(reader: AsyncClient) -> None:
    answer = await reader.get("/demo")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert not re.search(r"<script(?! src=)|<style| style=| on\w+=", answer.text)


async def test_no_cache_keeps_the_page_of_a_signed_in_person(reader: AsyncClient) -> None:
    assert (await reader.get("/demo?person=x")).headers["cache-control"] == "no-store"
    assert "cache-control" not in (await reader.get("/demo")).headers


@pytest.mark.parametrize("name", ["Cache-Control", "Content-Security-Policy"])
async def test_a_header_that_the_route_set_stays(name: str) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        Request(scope).state.person = "someone"
        await PlainTextResponse("", headers={name: "its own"})(scope, receive, send)

    transport = ASGITransport(PageHeaders(app))
    async with AsyncClient(transport=transport, base_url="http://testserver") as client:
        assert (await client.get("/")).headers.get_list(name) == ["its own"]


async def test_each_asset_of_a_page_is_there_and_kept_for_ever(reader: AsyncClient) -> None:
    page = (await reader.get("/demo")).text
    addresses = re.findall(r'"(/assets/[^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        answer = await reader.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith(("text/", "image/svg+xml"))


@pytest.mark.parametrize("path", ["/assets/0000000000000000/birge.css", "/assets/x/..%2F..%2Fa"])
async def test_another_content_of_an_asset_is_not_found(reader: AsyncClient, path: str) -> None:
    assert (await reader.get(path)).status_code == 404
