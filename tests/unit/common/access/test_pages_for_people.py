"""The pages of accounts as people use them, in three languages, without giving anything away."""

import html
import re

import httpx
import pytest

from birge_common.access.pages import CATALOGUES, HERE
from birge_common.access.people import Grant, Role
from birge_common.access.second_factor import code_at
from birge_common.web.pages.translation_check import untranslated
from tests.support.access_house import PASSWORD, AccessHouse, Member

ADMINISTRATOR, AUDITOR = Grant(Role.ADMINISTRATOR), Grant(Role.AUDITOR)


def test_every_text_is_translated() -> None:
    assert untranslated([HERE], [CATALOGUES]) == []


async def post(client: httpx.AsyncClient, path: str, **typed: str | list[str]) -> httpx.Response:
    """A form with its token, as the page has it."""
    token = client.headers.get("X-CSRF-Token", "")
    bare = {k: v for k, v in client.headers.items() if k.lower() != "x-csrf-token"}
    client.headers = httpx.Headers(bare)
    answer = await client.post(path, data={"csrf_token": token, **typed})
    client.headers["X-CSRF-Token"] = token
    return answer


async def test_an_invited_person_makes_an_account_and_signs_in(house: AccessHouse) -> None:
    invitation = await house.access.invite("Айгүл <b>", [Grant(Role.JUROR, frozenset({"KZ-35"}))])
    path = f"/invitations/{invitation.token}"
    _, secret = await house.access.invited(invitation.token)
    async with house.browser(page=True) as client:
        page = await client.get(path)
        assert "Айгүл &lt;b&gt;" in page.text
        assert "<svg" in page.text
        assert page.headers["cache-control"] == "no-store"
        typed = {"login": "aigul", "password": PASSWORD, "code": "000000"}
        wrong = await client.post(path, data=typed)
        assert (wrong.status_code, 'value="aigul"' in wrong.text) == (422, True)
        assert PASSWORD not in wrong.text
        typed["code"] = code_at(secret, house.clock.now())
        made = await client.post(path, data=typed)
        codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", made.text)
        assert len(codes) == 10
        typed["code"] = codes[0]
        entered = await client.post("/sign-in?next=/account", data=typed)
        assert (entered.status_code, entered.headers["location"]) == (303, "/account")
        assert "Juror" in (await client.get("/account")).text
        assert (await client.get(path)).status_code == 422


@pytest.mark.parametrize(("language", "text"), [("kk", "Кіру"), ("ru", "Войти"), ("en", "Sign in")])
async def test_the_sign_in_speaks_the_readers_language(
    house: AccessHouse, language: str, text: str
) -> None:
    async with house.browser(page=True) as client:
        page = await client.get(f"/sign-in?language={language}")
        assert f'<html lang="{language}">' in page.text
        assert text in page.text


async def test_a_refused_sign_in_keeps_the_login_and_shows_it_as_text(house: AccessHouse) -> None:
    typed = {"login": '"><img src=x onerror=alert(1)>{{7*7}}', "password": "x", "code": "y"}
    async with house.browser(page=True) as client:
        page = await client.post("/sign-in", data=typed)
    assert page.status_code == 422
    assert "<img" not in page.text
    assert "49" not in html.unescape(page.text).split("onerror")[1][:30]


@pytest.fixture
async def first(house: AccessHouse) -> Member:
    return await house.joined("first", ADMINISTRATOR)


async def test_an_administrator_invites_by_a_link_shown_once(
    house: AccessHouse, first: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        empty = await post(client, "/people/invitation", name="Дана")
        assert empty.status_code == 422
        made = await post(
            client,
            "/people/invitation",
            name="Дана",
            **{"scope-juror": "regions", "regions-juror": ["KZ-35", "KZ-71"]},
            **{"scope-auditor": "country"},
        )
        token = re.findall(r"/invitations/([\w-]+)", made.text)[0]
        account, _ = await house.access.invited(token)
        assert account.roles == {
            Role.JUROR: frozenset({"KZ-35", "KZ-71"}),
            Role.AUDITOR: None,
        }
        listed = await client.get("/people")
        assert "Дана" in listed.text
        assert token not in listed.text


async def test_other_sessions_end_and_this_one_stays(house: AccessHouse) -> None:
    member = await house.joined("member")
    elsewhere = await house.signed_in(member)
    async with house.browser(page=True) as client:
        await house.enters(client, member)
        assert (await client.get("/account")).text.count("last used") == 2
        assert (await post(client, "/account/other-sessions")).status_code == 303
        assert (await client.get("/account")).text.count("last used") == 1
    assert await house.access.visitor(elsewhere) is None


async def test_new_recovery_codes_replace_the_old(house: AccessHouse) -> None:
    member = await house.joined("member")
    async with house.browser(page=True) as client:
        await house.enters(client, member)
        page = await post(client, "/account/recovery-codes")
        codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.text)
        assert len(set(codes) - set(member.recovery)) == 10
        for code, location in ((member.recovery[0], None), (codes[0], "/")):
            typed = {"login": member.login, "password": PASSWORD, "code": code}
            answer = await client.post("/sign-in", data=typed)
            assert answer.headers.get("location") == location
