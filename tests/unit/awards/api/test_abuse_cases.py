"""What people try who are signed in, or nearly: other verbs, operators, tokens of others."""

import base64
import json
from urllib.parse import quote

import httpx
import pytest

from birge_common.access.people import Role
from tests.support.access_matrix import routes_of
from tests.support.awards_api import ApiHouse, of, person

NOMINATIONS = "/cycles/2026/nominations"
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")


async def a_house() -> ApiHouse:
    api = ApiHouse()
    api.knows(person("manager", of(Role.AWARD_MANAGER)), person("juror", of(Role.JUROR, "KZ-11")))
    await api.house.opens_nominations()
    return api


def jwt(header: dict[str, object], claims: dict[str, object]) -> str:
    """A token of three parts; the last would be its signature."""
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()) for one in (header, claims)]
    return ".".join(one.rstrip(b"=").decode() for one in [*parts, b"c2lnbmF0dXJl"])


ADMINISTRATOR = {"sub": "manager", "role": "administrator", "exp": 4_102_444_800}
TOKENS = {
    "alg none": jwt({"alg": "none"}, ADMINISTRATOR),
    "signed with a public key as secret": jwt({"alg": "HS256", "kid": "birge"}, ADMINISTRATOR),
    "a foreign kid": jwt({"alg": "RS256", "kid": "../../dev/null"}, ADMINISTRATOR),
    "a key inside": jwt({"alg": "ES256", "jwk": {"kty": "EC"}}, ADMINISTRATOR),
    "crit": jwt({"alg": "RS256", "crit": ["exp"]}, ADMINISTRATOR),
    "larger than 8 KiB": jwt({"alg": "none"}, {"sub": "x" * 9_000}),
    "another audience": jwt({"alg": "RS256", "typ": "at+jwt"}, {"aud": "elsewhere", "exp": 1}),
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS.keys())
async def test_a8_a9_a_token_that_we_never_give_is_nobodys(token: str) -> None:
    api = await a_house()
    transport = httpx.ASGITransport(api.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for headers in (
            {"Authorization": f"Bearer {token}"},
            {"Cookie": f"birge_session={token}"},
        ):
            answer = await client.get("/v1/awards/cycles", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")


async def test_a7_no_other_verb_does_what_a_juror_may_not() -> None:
    api = await a_house()
    api.prefix = ""
    known = {(method, path) for method, path in routes_of(api.app) if path.startswith("/v1/awards")}
    for path in sorted({path for _, path in known}):
        for verb in VERBS:
            if (verb, path) in known:
                continue
            filled = path.format(cycle="2026", panel="KZ-11", nomination="n", nominee="n")
            answer = await api.asks("juror", verb, filled, {})
            assert answer.status_code in (404, 405), (verb, path)


async def test_a6_rights_and_states_are_no_fields_of_a_command() -> None:
    api = await a_house()
    for field in ("role", "scope", "status", "stage"):
        body = {"regions": ["KZ-11"], field: "administrator"}
        answer = await api.asks("manager", "POST", "/cycles/2026/open_nominations", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_field")
        told = await api.asks("manager", "PATCH", "/cycles/2026", {field: "x"})
        assert told.status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "state=$where",
        'state={"$gt":""}',
        "limit=1000000000",
        "limit=0",
        "offset=-1",
        "limit=1e9",
        "offset=9999999999999999999999",
    ],
)
async def test_w3_w6_what_is_no_state_and_no_page_is_refused(query: str) -> None:
    api = await a_house()
    answer = await api.asks("manager", "GET", f"{NOMINATIONS}?{query}")
    assert answer.status_code in (400, 422), answer.text
    assert "$" not in answer.json()["detail"]


@pytest.mark.parametrize(
    "query", ["state[$ne]=x", "region[$ne]=x", "sort=password_hash", "filter[$ne]="]
)
async def test_w3_w5_what_is_no_parameter_changes_no_answer(query: str) -> None:
    api = await a_house()
    await api.house.receives(1)
    plain = await api.asks("manager", "GET", NOMINATIONS)
    answer = await api.asks("manager", "GET", f"{NOMINATIONS}?{query}")
    assert answer.status_code in (400, 422) or answer.json() == plain.json()
    assert "password" not in answer.text


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("(a+)+$", False),
        (".*", False),
        ("%", False),
        ("((((((((((.*)*)*)*)*", False),
        ("бекова 1", True),
        ("[бекова]", False),
    ],
)
async def test_w4_a_search_is_for_the_text_itself(text: str, *, is_found: bool) -> None:
    api = await a_house()
    nominee = await api.house.receives(1)
    page = await api.opens("manager", f"/awards/cycles/2026/nominations?text={quote(text)}")
    assert page.status_code == 200
    assert (nominee in page.text) is is_found


async def test_w4_a_long_search_is_cut() -> None:
    api = await a_house()
    page = await api.opens("manager", f"/awards/cycles/2026/nominations?text={'a' * 5_000}")
    assert f'value="{"a" * 64}"' in page.text
