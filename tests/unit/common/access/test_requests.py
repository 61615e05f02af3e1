"""What a request must carry to be let through, and what cookies and redirects give away."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pymongo.errors import ServerSelectionTimeoutError

from birge_common.access.people import Grant, Role
from birge_common.access.requirements import local_address
from birge_common.access.session import Session
from birge_common.access.stores.memory import MemoryPeopleStore
from tests.support.access_house import ADDRESS, PAGE, PASSWORD, AccessHouse, Member

AUDITOR = Grant(Role.AUDITOR)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def member(house: AccessHouse) -> Member:
    return await house.joined("member", Grant(Role.JUROR))


@pytest.fixture
async def client(house: AccessHouse) -> AsyncIterator[httpx.AsyncClient]:
    async with house.browser() as client:
        yield client


@pytest.fixture
async def token(house: AccessHouse, member: Member, client: httpx.AsyncClient) -> str:
    """The client is signed in; its token is not sent by itself."""
    view = await house.enters(client, member)
    del client.headers["X-CSRF-Token"]
    return str(view["csrf_token"])


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_stranger_is_told_to_sign_in(client: httpx.AsyncClient) -> None:
    for answer in (await client.get("/books"), await client.post("/notes", json={})):
        assert code_of(answer) == (401, "sign_in_required")


async def test_a_strangers_page_leads_to_the_sign_in_and_back(client: httpx.AsyncClient) -> None:
    answer = await client.get("/account?a=b&c=//evil", headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/account%3Fa%3Db%26c%3D//evil"


async def test_another_role_is_not_enough(client: httpx.AsyncClient, token: str) -> None:
    assert code_of(await client.get("/books")) == (403, "forbidden")


async def test_a_role_in_any_region_opens_a_route_of_the_role(house: AccessHouse) -> None:
    auditor = await house.joined("auditor", Grant(Role.AUDITOR, frozenset({"KZ-35"})))
    async with house.browser() as client:
        await house.enters(client, auditor)
        assert (await client.get("/books")).status_code == 200


async def test_a_program_reads_its_session(
    client: httpx.AsyncClient, member: Member, token: str
) -> None:
    answer = await client.get("/v1/session")
    assert answer.json() == {
        "id": member.id,
        "name": "member",
        "roles": [{"role": "juror", "regions": None}],
        "csrf_token": token,
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"a": 1}},
        {"data": {"a": "1"}},
        {"files": {"a": b"1"}},
        {"content": b"a=1"},
        {"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"json": {"csrf_token": "inside"}},
    ],
    ids=["json", "form", "multipart", "bytes", "broken", "field in json"],
)
async def test_what_changes_something_needs_the_token(
    client: httpx.AsyncClient, token: str, sent: dict[str, Any]
) -> None:
    answer = await client.post("/notes", **sent)
    assert answer.status_code in (400, 403)
    assert answer.status_code == 400 or answer.json()["code"] == "csrf"


@pytest.mark.parametrize("wrong", ["", "x", "ы", "0" * 64])
async def test_a_wrong_token_is_none(client: httpx.AsyncClient, token: str, wrong: str) -> None:
    field = await client.post("/notes", data={"csrf_token": wrong})
    header = await client.post("/notes", json={}, headers={"X-CSRF-Token": wrong.encode()})
    assert {code_of(field), code_of(header)} == {(403, "csrf")}


async def test_another_sessions_token_is_none(
    house: AccessHouse, client: httpx.AsyncClient, token: str
) -> None:
    other = await house.joined("other")
    async with house.browser() as second:
        view = await house.enters(second, other)
    answer = await client.post("/notes", data={"csrf_token": view["csrf_token"]})
    assert code_of(answer) == (403, "csrf")


async def test_a_form_reaches_its_route_whole(client: httpx.AsyncClient, token: str) -> None:
    said = {"csrf_token": token, "name": "Айгүл", "text": "x" * 100_000}
    answer = await client.post("/notes", data=said)
    assert answer.json() == said | {"bytes": []}


async def test_a_file_reaches_its_route_whole(client: httpx.AsyncClient, token: str) -> None:
    answer = await client.post(
        "/notes", data={"csrf_token": token, "name": "a"}, files={"file": b"\x00\r\n--" * 100_000}
    )
    assert answer.json() == {"csrf_token": token, "name": "a", "bytes": [500_000]}


async def test_json_carries_the_token_in_a_header(client: httpx.AsyncClient, token: str) -> None:
    answer = await client.post("/notes", json={"a": 1}, headers={"X-CSRF-Token": token})
    assert answer.json() == {"a": 1}


FOREIGN: list[dict[str, str]] = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": f"{ADDRESS}.evil.example"},
    {"Origin": f"{ADDRESS}:8080"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_another_sites_page_is_refused_even_with_the_token(
    client: httpx.AsyncClient, token: str, headers: dict[str, str]
) -> None:
    sent = headers | {"X-CSRF-Token": token}
    assert code_of(await client.post("/notes", json={}, headers=sent)) == (403, "csrf")
    assert code_of(await client.delete("/v1/session", headers=sent)) == (403, "csrf")


@pytest.mark.parametrize("headers", FOREIGN)
async def test_another_site_signs_nobody_in(
    house: AccessHouse, client: httpx.AsyncClient, member: Member, headers: dict[str, str]
) -> None:
    said = {"login": member.login, "password": PASSWORD, "code": house.code(member)}
    for path, sent in (("/sign-in", {"data": said}), ("/v1/session", {"json": said})):
        answer = await client.post(path, headers=headers, **sent)  # type: ignore[arg-type]
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_another_sites_page_is_refused_with_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/sign-in", headers=PAGE | FOREIGN[0])
    assert answer.status_code == 403
    assert "<h1>" in answer.text


@pytest.mark.parametrize("headers", [{"Origin": ADDRESS}, {"Sec-Fetch-Site": "same-origin"}, {}])
async def test_the_sites_own_page_is_taken(
    client: httpx.AsyncClient, token: str, headers: dict[str, str]
) -> None:
    answer = await client.post("/notes", json={}, headers=headers | {"X-CSRF-Token": token})
    assert answer.status_code == 200


async def sign_in(house: AccessHouse, client: httpx.AsyncClient, member: Member) -> httpx.Response:
    said = {"login": member.login, "password": PASSWORD, "code": house.code(member)}
    return await client.post("/v1/session", json=said)


async def test_the_cookie_is_for_no_script_and_no_other_site(
    house: AccessHouse, client: httpx.AsyncClient, member: Member
) -> None:
    cookie = (await sign_in(house, client, member)).headers["set-cookie"]
    assert cookie.startswith("birge_session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    house = AccessHouse(address="https://birge.test")
    member = await house.joined("member")
    async with house.browser() as client:
        cookie = (await sign_in(house, client, member)).headers["set-cookie"]
        assert cookie.startswith("__Host-birge_session=")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
        assert (await client.get("/v1/session")).status_code == 200
        plain = {"Cookie": cookie.split(";")[0].removeprefix("__Host-")}
        client.cookies.clear()
        assert (await client.get("/v1/session", headers=plain)).status_code == 401


async def test_a_planted_cookie_is_not_taken_over_and_the_old_session_dies(
    house: AccessHouse, client: httpx.AsyncClient, member: Member
) -> None:
    client.cookies.set("birge_session", "planted-by-somebody", domain="birge.test")
    await sign_in(house, client, member)
    first = client.cookies["birge_session"]
    assert first != "planted-by-somebody"
    await sign_in(house, client, member)
    assert client.cookies["birge_session"] != first
    assert await house.access.visitor(first) is None


async def test_signing_out_ends_the_session_and_takes_the_cookie(
    house: AccessHouse, client: httpx.AsyncClient, token: str
) -> None:
    held = client.cookies["birge_session"]
    answer = await client.delete("/v1/session", headers={"X-CSRF-Token": token})
    assert answer.status_code == 204
    assert "birge_session" not in client.cookies
    assert await house.access.visitor(held) is None


async def test_a_route_with_consequences_takes_a_fresh_second_factor(
    house: AccessHouse, client: httpx.AsyncClient, member: Member, token: str
) -> None:
    carry = {"X-CSRF-Token": token}
    assert (await client.post("/seals", headers=carry)).status_code == 200
    house.clock.advance(timedelta(minutes=11))
    assert code_of(await client.post("/seals", headers=carry)) == (403, "step_up_required")
    stepped = await client.post(
        "/v1/session/step-up", json={"code": house.code(member)}, headers=carry
    )
    renewed = {"X-CSRF-Token": stepped.json()["csrf_token"]}
    assert renewed != carry
    assert (await client.post("/seals", headers=renewed)).status_code == 200


async def test_a_page_with_consequences_leads_to_the_step_up(
    house: AccessHouse, client: httpx.AsyncClient, token: str
) -> None:
    house.clock.advance(timedelta(minutes=11))
    answer = await client.get("/seal-page", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/step-up?next=/seal-page")


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "\\\\evil.example",
        "/x\\..\\..//evil",
    ],
)
async def test_no_address_leads_to_another_site(
    house: AccessHouse, client: httpx.AsyncClient, member: Member, address: str
) -> None:
    assert local_address(address) == "/"
    said = {"login": member.login, "password": PASSWORD, "code": house.code(member)}
    answer = await client.post(f"/sign-in?next={quote(address)}", data=said)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("address", ["/", "/a/b?c=d&e=%2F", "/awards/cycles/2026", "/a//b", "/қ"])
def test_an_own_address_is_kept(address: str) -> None:
    assert local_address(address) == address


class StoreThatIsAway(MemoryPeopleStore):
    """Answers nothing about sessions."""

    async def session(self, digest: str) -> Session | None:
        """As the driver does after its timeout."""
        raise ServerSelectionTimeoutError("away")


async def test_without_the_store_nobody_is_let_in_and_everybody_is_told() -> None:
    house = AccessHouse(store=StoreThatIsAway())
    async with house.browser() as client:
        client.cookies.set("birge_session", "something")
        answer = await client.get("/books")
        assert code_of(answer) == (503, "store_away")
        assert answer.headers["retry-after"] == "2"
        page = await client.get("/account", headers=PAGE)
        assert (page.status_code, page.headers["content-type"][:9]) == (503, "text/html")


async def test_many_failures_over_http_wait(client: httpx.AsyncClient) -> None:
    said = {"login": "nobody", "password": "wrong password", "code": "000000"}
    answers = [await client.post("/v1/session", json=said) for _ in range(10)]
    assert code_of(answers[0]) == (401, "sign_in")
    assert code_of(answers[-1]) == (429, "slow_down")
    assert int(answers[-1].headers["retry-after"]) >= 1
    page = await client.post("/sign-in", data=said)
    assert (page.status_code, page.headers["retry-after"]) == (429, "1")


@pytest.mark.parametrize(
    "body",
    [
        {"login": "a"},
        {"login": {"$ne": ""}, "password": "x", "code": "x"},
        {"login": "a", "password": "x", "code": "x", "role": "administrator"},
        {"login": "a" * 101, "password": "x", "code": "x"},
        [],
    ],
)
async def test_what_is_no_sign_in_is_refused_without_an_echo(
    client: httpx.AsyncClient, body: Any
) -> None:
    answer = await client.post("/v1/session", json=body)
    assert code_of(answer) == (400, "invalid_request")
    assert "$ne" not in answer.text


@pytest.mark.parametrize("path", ["/sign-in", "/v1/session", "/invitations/x"])
async def test_a_stranger_fills_neither_memory_nor_disk(
    client: httpx.AsyncClient, path: str
) -> None:
    assert (await client.post(path, content=b"x" * 70_000)).status_code == 413
    for sent in ({"files": {"password": b"x" * 9_000}}, {"data": {"password": "x" * 9_000}}):
        assert (await client.post(path, **sent)).status_code == 400  # type: ignore[arg-type]
