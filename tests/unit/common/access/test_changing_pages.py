"""Roles and accounts change on pages that say first what changes; what was read is what is done."""

import html
import re

import httpx
import pytest

from birge_common.access.account import State
from birge_common.access.people import Grant, Role, Roles
from tests.support.access_house import AccessHouse, Member
from tests.unit.common.access.test_pages_for_people import post

NORTH, SOUTH = "KZ-59", "KZ-61"
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')
OTHER = {
    "scope-juror": "country",
    "scope-regional_manager": "regions",
    "regions-regional_manager": [SOUTH],
    "scope-editor": "country",
}


@pytest.fixture
async def first(house: AccessHouse) -> Member:
    return await house.joined("first", Grant(Role.ADMINISTRATOR))


@pytest.fixture
async def second(house: AccessHouse) -> Member:
    return await house.joined("second", Grant(Role.ADMINISTRATOR))


@pytest.fixture
async def member(house: AccessHouse) -> Member:
    grants = [Grant(Role.JUROR, frozenset({NORTH})), Grant(Role.AUDITOR), Grant(Role.EDITOR)]
    return await house.joined("member", *grants)


async def roles(house: AccessHouse, member: Member) -> Roles:
    found = await house.store.account(member.id)
    assert found is not None
    return found.account.roles


def hidden(page: httpx.Response) -> dict[str, list[str]]:
    """The fields that the check page sends by itself, but for the token."""
    fields: dict[str, list[str]] = {}
    main = page.text.split("<main", 1)[1]
    for name, value in HIDDEN.findall(main):
        if name != "csrf_token":
            fields.setdefault(name, []).append(value)
    return fields


def sentences(page: httpx.Response) -> list[str]:
    """What will happen, as the check page says it."""
    told = page.text.split('id="check-title"', 1)[1].split("</ul>", 1)[0]
    return [html.unescape(one) for one in re.findall(r"<li>(.*?)</li>", told)]


async def test_a_proposal_is_first_shown_in_words_and_nothing_is_proposed_yet(
    house: AccessHouse, first: Member, member: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        page = await post(client, f"/people/{member.id}/proposal", **OTHER)
    assert sentences(page) == [
        "Given: Regional manager, for: Turkistan Region.",
        "Changed: Juror, from now on for: whole country; until now for: North Kazakhstan Region.",
        "Taken away: Auditor, held for: whole country.",
        "Kept: Editor, for: whole country.",
        "This person is signed out everywhere when the change is in force.",
    ]
    found = await house.store.account(member.id)
    assert found is not None
    assert found.account.proposal is None


async def test_two_administrators_change_roles_by_what_they_read(
    house: AccessHouse, first: Member, second: Member, member: Member
) -> None:
    path = f"/people/{member.id}"
    async with house.browser(page=True) as one, house.browser(page=True) as other:
        await house.enters(one, first)
        await house.enters(other, second)
        checked = await post(one, f"{path}/proposal", **OTHER)
        assert (await post(one, f"{path}/proposal", **hidden(checked))).status_code == 303
        assert "proposed by first" in (await other.get(path)).text
        read = await other.get(f"{path}/confirmation")
        assert sentences(read) == sentences(checked)
        assert (await post(one, f"{path}/confirmation", **hidden(read))).status_code == 422
        assert (await post(other, f"{path}/confirmation", **hidden(read))).status_code == 303
    assert await roles(house, member) == {
        Role.REGIONAL_MANAGER: frozenset({SOUTH}),
        Role.JUROR: None,
        Role.EDITOR: None,
    }


async def test_who_read_one_proposal_does_not_confirm_another(
    house: AccessHouse, first: Member, second: Member, member: Member
) -> None:
    before = await roles(house, member)
    proposer, path = await house.person(first), f"/people/{member.id}/confirmation"
    async with house.browser(page=True) as client:
        await house.enters(client, second)
        await house.access.propose(member.id, {Role.JUROR: None}, proposer)
        read = hidden(await client.get(path))
        await house.access.propose(member.id, {Role.ADMINISTRATOR: None}, proposer)
        refused = await post(client, path, **read)
        assert refused.status_code == 422
        assert "Other roles were proposed meanwhile" in refused.text
        assert "Given: Administrator" in refused.text
        assert await roles(house, member) == before
        assert (await post(client, path)).status_code == 422
        assert await roles(house, member) == before


@pytest.mark.parametrize(
    "contradiction",
    [
        {"scope-juror": "regions"},
        {"scope-juror": "country", "regions-juror": NORTH},
        {"regions-juror": NORTH},
        {"scope-juror": "everywhere"},
        {"scope-juror": "regions", "regions-juror": "KZ-99"},
        {"scope-administrator": "regions", "regions-administrator": NORTH},
    ],
)
async def test_regions_that_contradict_the_choice_are_never_read_as_the_country(
    house: AccessHouse, first: Member, member: Member, contradiction: dict[str, str]
) -> None:
    before = await roles(house, member)
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        for path in (f"/people/{member.id}/proposal", "/people/invitation"):
            said = {"name": "Дана", "is_checked": "yes", **contradiction}
            refused = await post(client, path, **said)
            assert refused.status_code == 422
            assert "Where a role is for some regions, choose them" in refused.text
    assert await roles(house, member) == before
    assert {one.name for one in await house.access.people()} == {"first", "member"}


async def test_a_refused_form_keeps_what_was_chosen(
    house: AccessHouse, first: Member, member: Member
) -> None:
    chosen = {"scope-juror": "country", "regions-juror": [SOUTH]}
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        page = await post(client, f"/people/{member.id}/proposal", **chosen)
    checked = re.findall(r'name="([\w-]+)" value="([^"]+)" checked', page.text)
    assert checked == [("scope-juror", "country"), ("regions-juror", SOUTH)]


async def test_the_form_begins_with_the_roles_that_somebody_has(
    house: AccessHouse, first: Member, member: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        page = await client.get(f"/people/{member.id}/proposal")
        checked = re.findall(r'name="([\w-]+)" value="([^"]+)" checked', page.text)
        assert ("regions-juror", NORTH) in checked
        assert ("scope-auditor", "country") in checked
        assert "scope-administrator" in page.text
        assert "regions-administrator" not in page.text
        same = dict(checked)
        refused = await post(client, f"/people/{member.id}/proposal", **same)
        assert "These are the roles that this person has already" in refused.text


async def test_taking_every_role_is_said_as_such(
    house: AccessHouse, first: Member, member: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        page = await post(client, f"/people/{member.id}/proposal")
    assert "No role is left: this person can sign in, and do nothing." in sentences(page)


async def test_an_account_is_closed_after_its_end_was_read(
    house: AccessHouse, first: Member, second: Member, member: Member
) -> None:
    path = f"/people/{member.id}/closing"
    token = await house.signed_in(member)
    await house.access.propose(member.id, {Role.JUROR: None}, await house.person(second))
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        page = await client.get(path)
        assert sentences(page) == [
            "member is signed out everywhere at once and never comes in again.",
            "Ends: Juror, held for: North Kazakhstan Region.",
            "Ends: Auditor, held for: whole country.",
            "Ends: Editor, held for: whole country.",
            "The other roles that were proposed are dropped.",
            "What was done under this account stays in the records, with the name.",
        ]
        assert await house.access.visitor(token)
        assert (await post(client, path)).status_code == 303
        assert "closed" in (await client.get(f"/people/{member.id}")).text
    assert await house.access.visitor(token) is None


async def test_an_invitation_and_ones_own_account_are_closed_in_words_of_their_own(
    house: AccessHouse, first: Member, second: Member
) -> None:
    invited = await house.access.invite("Дана", [Grant(Role.JUROR)])
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        guest = sentences(await client.get(f"/people/{invited.person}/closing"))
        own = sentences(await client.get(f"/people/{first.id}/closing"))
    assert guest[0] == "The link that Дана was invited by stops working."
    assert own[0] == "This is your own account: you are out as soon as you confirm."


async def test_the_last_administrator_is_told_why_the_account_stays(
    house: AccessHouse, first: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        answer = await post(client, f"/people/{first.id}/closing")
    assert answer.status_code == 422
    assert "Somebody must be left" in answer.text
    found = await house.store.account(first.id)
    assert found is not None
    assert found.account.state == State.ACTIVE


@pytest.mark.parametrize("step", ["", "/proposal", "/confirmation", "/closing"])
async def test_somebody_unknown_is_not_found(house: AccessHouse, first: Member, step: str) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        assert (await client.get(f"/people/p-nobody{step}")).status_code == 404


async def test_nothing_proposed_leads_back_to_the_person(
    house: AccessHouse, first: Member, member: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        answer = await client.get(f"/people/{member.id}/confirmation")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/people/{member.id}")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_check_pages_speak_every_language(
    house: AccessHouse, first: Member, member: Member, language: str
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, first)
        page = await post(client, f"/people/{member.id}/proposal?language={language}", **OTHER)
        told = " ".join(sentences(page))
        assert ("Given:" in told) is (language == "en")
        assert ("Бұрынғыдай" in told) is (language == "kk")
        assert ("Остаётся" in told) is (language == "ru")
