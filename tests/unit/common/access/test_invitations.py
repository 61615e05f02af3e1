"""Links that work once; who may send them, and for which roles."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_common.access.account import INVITATION_TERM, AccessRefused, may_invite
from birge_common.access.people import Grant, Person, Role, roles_from
from birge_common.access.second_factor import code_at
from birge_common.regions import REGIONS
from tests.support.access_house import PASSWORD, AccessHouse

NOW = datetime(2022, 12, 1, 9, tzinfo=UTC)
JUROR = Grant(Role.JUROR)


def in_(role: Role, *regions: str) -> Grant:
    """A role in regions, or in the country."""
    return Grant(role, frozenset(regions) or None)


def person(*grants: Grant) -> Person:
    return Person("p-1", "Somebody", roles_from(grants), NOW)


async def accept(house: AccessHouse, token: str, **said: str) -> list[str]:
    """Accept with everything right but what is said otherwise."""
    _, secret = await house.access.invited(token)
    right = {"login": "member", "password": PASSWORD, "code": code_at(secret, house.clock.now())}
    return await house.access.accept(token, **{**right, **said})


async def refusal(house: AccessHouse, token: str, **said: str) -> str:
    with pytest.raises(AccessRefused) as error:
        await accept(house, token, **said)
    return error.value.code


async def test_an_id_is_opaque_and_safe_in_every_address_and_field(house: AccessHouse) -> None:
    ids = {(await house.access.invite("Айгүл", [JUROR])).person for _ in range(50)}
    assert len(ids) == 50
    assert all(re.fullmatch(r"p-[a-z2-7]{26}", one) for one in ids)


async def test_the_id_can_be_named_before_the_link_is_used(house: AccessHouse) -> None:
    invited = await house.access.invite(" Айгүл ", [JUROR])
    assert await house.access.names([invited.person, "p-other"]) == {invited.person: "Айгүл"}


async def test_a_link_works_once(house: AccessHouse) -> None:
    token = (await house.access.invite("Айгүл", [JUROR])).token
    assert len(await accept(house, token)) == 10
    with pytest.raises(AccessRefused, match="used"):
        await house.access.invited(token)


async def test_a_link_used_twice_at_once_makes_one_account(house: AccessHouse) -> None:
    token = (await house.access.invite("Айгүл", [JUROR])).token
    tries = [accept(house, token, login=f"member{n}") for n in range(8)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, list) for one in outcomes) == 1
    assert {one.code for one in outcomes if isinstance(one, AccessRefused)} == {"no_invitation"}


async def test_a_link_expires(house: AccessHouse) -> None:
    token = (await house.access.invite("Айгүл", [JUROR])).token
    house.clock.advance(INVITATION_TERM - timedelta(seconds=1))
    await house.access.invited(token)
    house.clock.advance(timedelta(seconds=1))
    assert await refusal(house, token) == "no_invitation"


async def test_a_made_up_link_leads_nowhere(house: AccessHouse) -> None:
    await house.access.invite("Айгүл", [JUROR])
    assert await refusal(house, "x" * 43) == "no_invitation"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"password": "eleven char"}, "password"),
        ({"login": "a long login", "password": PASSWORD}, "login"),
        ({"login": "member-member", "password": "MEMBER-member"}, "guessable"),
        ({"password": "Qwerty123456!"}, "guessable"),
        ({"password": "айгүл-айгүл-1990"}, "guessable"),
        ({"password": "x" * 201}, "password"),
        ({"login": "ab"}, "login"),
        ({"login": "a\x00bc"}, "login"),
        ({"login": "x" * 101}, "login"),
        ({"code": "000000"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "١٢٣٤٥٦"}, "code"),
    ],
)
async def test_what_is_too_weak_is_refused_and_the_link_still_works(
    house: AccessHouse, said: dict[str, str], code: str
) -> None:
    token = (await house.access.invite("Айгүл", [JUROR])).token
    assert await refusal(house, token, **said) == code
    assert await accept(house, token)


@pytest.mark.parametrize("password", ["kjwpvufhzdmb", "қазақша құпиясөз", "  twelve  characters  "])
async def test_no_rule_asks_for_signs_of_some_kind(house: AccessHouse, password: str) -> None:
    token = (await house.access.invite("Айгүл", [JUROR])).token
    assert await accept(house, token, password=password)


async def test_a_login_that_somebody_has_is_refused(house: AccessHouse) -> None:
    await house.joined("member")
    token = (await house.access.invite("Айгүл", [JUROR])).token
    assert await refusal(house, token, login="MEMBER") == "login"


async def test_who_has_no_right_to_it_invites_nobody(house: AccessHouse) -> None:
    for by in (person(), person(JUROR), person(in_(Role.REGIONAL_MANAGER, "KZ-35"))):
        with pytest.raises(AccessRefused):
            await house.access.invite("Айгүл", [in_(Role.JUROR, "KZ-71")], by)
    assert await house.access.people() == []


async def test_an_invitation_to_nothing_is_refused(house: AccessHouse) -> None:
    with pytest.raises(AccessRefused):
        await house.access.invite("Айгүл", [], person(in_(Role.ADMINISTRATOR)))


async def test_one_role_too_many_refuses_the_whole_invitation(house: AccessHouse) -> None:
    by = person(in_(Role.REGIONAL_MANAGER, "KZ-35"))
    with pytest.raises(AccessRefused):
        await house.access.invite("A", [in_(Role.JUROR, "KZ-35"), in_(Role.AUDITOR)], by)


@pytest.mark.parametrize(
    ("by", "grant", "is_allowed"),
    [
        (in_(Role.ADMINISTRATOR), in_(Role.ADMINISTRATOR), True),
        (in_(Role.ADMINISTRATOR), in_(Role.EDITOR), True),
        (in_(Role.AWARD_MANAGER), in_(Role.REGIONAL_MANAGER, "KZ-35"), True),
        (in_(Role.AWARD_MANAGER), in_(Role.JUROR), True),
        (in_(Role.AWARD_MANAGER), in_(Role.COMMISSION_MEMBER), True),
        (in_(Role.AWARD_MANAGER), in_(Role.ADMINISTRATOR), False),
        (in_(Role.AWARD_MANAGER), in_(Role.AUDITOR), False),
        (in_(Role.AWARD_MANAGER), in_(Role.APPROVER), False),
        (in_(Role.AWARD_MANAGER, "KZ-35"), in_(Role.JUROR, "KZ-35"), True),
        (in_(Role.AWARD_MANAGER, "KZ-35"), in_(Role.JUROR, "KZ-71"), False),
        (in_(Role.AWARD_MANAGER, "KZ-35"), in_(Role.JUROR), False),
        (in_(Role.REGIONAL_MANAGER, "KZ-35"), in_(Role.JUROR, "KZ-35"), True),
        (in_(Role.REGIONAL_MANAGER, "KZ-35", "KZ-71"), in_(Role.JUROR, "KZ-35", "KZ-71"), True),
        (in_(Role.REGIONAL_MANAGER, "KZ-35"), in_(Role.JUROR, "KZ-35", "KZ-71"), False),
        (in_(Role.REGIONAL_MANAGER, "KZ-35"), in_(Role.JUROR), False),
        (in_(Role.REGIONAL_MANAGER, "KZ-35"), in_(Role.REGIONAL_MANAGER, "KZ-35"), False),
        (in_(Role.REGIONAL_MANAGER), in_(Role.JUROR, "KZ-10"), True),
        (in_(Role.REGIONAL_MANAGER), in_(Role.JUROR), True),
        (in_(Role.JUROR), in_(Role.JUROR), False),
        (in_(Role.AUDITOR), in_(Role.JUROR, "KZ-35"), False),
    ],
)
def test_who_may_invite_to_what(by: Grant, grant: Grant, *, is_allowed: bool) -> None:
    assert may_invite(person(by), grant) is is_allowed


REGION_SETS = st.none() | st.frozensets(st.sampled_from(sorted(REGIONS)[:5]), min_size=1)
GRANTS = st.builds(Grant, st.sampled_from(list(Role)), REGION_SETS)


@given(held=st.lists(GRANTS, max_size=4), given_=GRANTS)
def test_nobody_but_an_administrator_hands_on_more_than_they_reach(
    held: list[Grant], given_: Grant
) -> None:
    by = person(*held)
    if not may_invite(by, given_) or by.may(Role.ADMINISTRATOR):
        return
    managed = [by.regions_of(role) for role in (Role.AWARD_MANAGER, Role.REGIONAL_MANAGER)]
    assert given_.role not in (Role.ADMINISTRATOR, Role.AUDITOR, Role.EDITOR, Role.APPROVER)
    if None not in managed:
        reached = frozenset().union(*(one for one in managed if one is not None))
        assert given_.regions is not None
        assert given_.regions <= reached


@given(held=st.lists(GRANTS, max_size=4), grant=GRANTS)
def test_more_roles_never_forbid_what_fewer_allow(held: list[Grant], grant: Grant) -> None:
    if may_invite(person(*held), grant):
        assert may_invite(person(*held, JUROR), grant)
