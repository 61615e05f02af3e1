"""What every API does before and after its routes: guards, problems, health."""

from typing import Any

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient
from starlette.middleware import Middleware
from structlog.testing import capture_logs

from birge_common.health import health_router
from birge_common.web.guards import HEADER_BYTES_MAX, RequestGuard, query_parameters
from birge_common.web.problems import Problem, install_problem_handlers


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


def client(hosts: tuple[str, ...] = ("testserver", "[::1]"), **checks: Any) -> AsyncClient:
    app = FastAPI(middleware=[Middleware(RequestGuard, allowed_hosts=hosts)])
    app.include_router(health_router(checks))
    install_problem_handlers(app)

    @app.get("/refusing")
    async def refusing() -> None:
        raise Problem(409, "too_late", "Come earlier.", headers={"Retry-After": "1"})

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret of the inside")

    @app.get("/asking")
    async def asking(request: Request) -> dict[str, str]:
        return query_parameters(request, ("a", "b"))

    transport = ASGITransport(app, raise_app_exceptions=False)
    return AsyncClient(transport=transport, base_url="http://testserver")


async def test_a_problem_names_its_kind_and_the_remedy() -> None:
    answer = await client().get("/refusing")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["type"].endswith("/too-late")
    assert (answer.json()["code"], answer.json()["detail"]) == ("too_late", "Come earlier.")


async def test_a_bug_is_a_problem_that_tells_nothing_of_the_inside() -> None:
    with capture_logs() as logged:
        answer = await client().get("/broken")
    assert [line["event"] for line in logged] == ["request.failed"]
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/refusing", 405)])
async def test_a_wrong_address_or_method_is_a_problem_too(path: str, status: int) -> None:
    answer = await client().post(path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize(
    ("host", "status"),
    [("testserver", 200), ("TestServer:80", 200), ("[::1]:80", 200), ("evil.example", 400)],
)
async def test_a_request_for_another_host_is_refused(host: str, status: int) -> None:
    assert (await client().get("/health/live", headers={"Host": host})).status_code == status


async def test_any_host_may_be_allowed() -> None:
    assert (await client(("*",)).get("/health/live", headers={"Host": "any"})).status_code == 200


async def test_headers_have_a_limit() -> None:
    answer = await client().get("/health/live", headers={"X-Long": "x" * HEADER_BYTES_MAX})
    assert (answer.status_code, answer.json()["code"]) == (431, "headers_too_large")


@pytest.mark.parametrize("query", ["c=1", "a=1&a=2", "a=1&c=2"])
async def test_a_parameter_that_means_nothing_or_two_things_is_refused(query: str) -> None:
    answer = await client().get(f"/asking?{query}")
    assert answer.status_code == 400
    assert "a, b" in answer.json()["detail"]


async def test_known_parameters_are_read() -> None:
    assert (await client().get("/asking?a=1&b=")).json() == {"a": "1", "b": ""}


async def test_readiness_names_what_is_not_ready() -> None:
    answer = await client(log=yes, store=no).get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"log": True, "store": False}
    assert (await client(log=yes).get("/health/ready")).status_code == 200


async def test_a_live_process_says_so_whatever_it_needs() -> None:
    assert (await client(store=no).get("/health/live")).json() == {"status": "live"}


async def test_metrics_are_served_as_prometheus_reads_them() -> None:
    answer = await client().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "# TYPE birge_http_requests_total counter" in answer.text
