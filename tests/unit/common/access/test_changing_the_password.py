"""Who knows the old password changes it; whoever else is signed in as them is out."""

import pytest

from birge_common.access.access import SlowDown
from birge_common.access.account import AccessRefused
from tests.support.access_house import PASSWORD, AccessHouse, Member
from tests.unit.common.access.test_pages_for_people import post

NEW = "four words nobody guesses"


@pytest.fixture
async def member(house: AccessHouse) -> Member:
    return await house.joined("member")


async def test_the_new_password_lets_in_and_the_old_one_does_not(
    house: AccessHouse, member: Member
) -> None:
    token = await house.signed_in(member)
    await house.access.change_password(token, member.id, PASSWORD, NEW)
    with pytest.raises(AccessRefused):
        await house.signed_in(member)
    code = house.code(member)
    assert await house.access.sign_in(member.login, NEW, code, address="here")


async def test_other_sessions_end_and_this_one_stays(house: AccessHouse, member: Member) -> None:
    elsewhere, token = await house.signed_in(member), await house.signed_in(member)
    await house.access.change_password(token, member.id, PASSWORD, NEW)
    assert await house.access.visitor(elsewhere) is None
    assert await house.access.visitor(token)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("another sentence here", NEW, "old_password"),
        ("", NEW, "old_password"),
        (PASSWORD, "eleven char", "password"),
        (PASSWORD, "x" * 201, "password"),
        (PASSWORD, "Qwerty123456!", "guessable"),
        (PASSWORD, "member member 2024", "guessable"),
    ],
)
async def test_what_is_refused_changes_nothing(
    house: AccessHouse, member: Member, old: str, new: str, code: str
) -> None:
    token = await house.signed_in(member)
    with pytest.raises(AccessRefused) as error:
        await house.access.change_password(token, member.id, old, new)
    assert error.value.code == code
    assert await house.signed_in(member)


async def test_guessing_the_old_password_is_slowed(house: AccessHouse, member: Member) -> None:
    token = await house.signed_in(member)
    for _ in range(5):
        with pytest.raises(AccessRefused):
            await house.access.change_password(token, member.id, "a guess of somebody", NEW)
    with pytest.raises(SlowDown):
        await house.access.change_password(token, member.id, PASSWORD, NEW)


async def test_the_page_changes_it_and_says_what_to_do_where_it_is_refused(
    house: AccessHouse, member: Member
) -> None:
    async with house.browser(page=True) as client:
        await house.enters(client, member)
        assert "/account/password" in (await client.get("/account")).text
        weak = {"old": PASSWORD, "password": "Qwerty123456!"}
        refused = await post(client, "/account/password", **weak)
        assert refused.status_code == 422
        assert "Take four or more words that have nothing to do with you" in refused.text
        assert "Qwerty123456!" not in refused.text
        done = await post(client, "/account/password", old=PASSWORD, password=NEW)
        assert (done.status_code, done.headers["location"]) == (303, "/account")
