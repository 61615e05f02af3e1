"""Roles change by two administrators; an account ends at once; somebody is always left."""

import asyncio

import pytest

from birge_common.access.account import AccessRefused, State
from birge_common.access.people import Grant, Person, Role, Roles, roles_from
from tests.support.access_house import AccessHouse, Member

ADMINISTRATOR, AUDITOR, EDITOR = (
    Grant(Role.ADMINISTRATOR),
    Grant(Role.AUDITOR),
    Grant(Role.EDITOR, frozenset({"KZ-35"})),
)


@pytest.fixture
async def first(house: AccessHouse) -> Person:
    return await house.person(await house.joined("first", ADMINISTRATOR))


@pytest.fixture
async def second(house: AccessHouse) -> Person:
    return await house.person(await house.joined("second", ADMINISTRATOR))


@pytest.fixture
async def member(house: AccessHouse) -> Member:
    return await house.joined("member", AUDITOR)


async def roles(house: AccessHouse, person: str) -> Roles:
    found = await house.store.account(person)
    assert found is not None
    return found.account.roles


async def test_a_proposal_alone_changes_nothing(
    house: AccessHouse, first: Person, member: Member
) -> None:
    await house.proposes(member.id, [EDITOR], first)
    assert await roles(house, member.id) == roles_from([AUDITOR])


async def test_another_administrator_puts_it_in_force_once(
    house: AccessHouse, first: Person, second: Person, member: Member
) -> None:
    await house.proposes(member.id, [EDITOR], first)
    await house.confirms(member.id, second)
    assert await roles(house, member.id) == roles_from([EDITOR])
    with pytest.raises(AccessRefused, match="Nothing was proposed"):
        await house.confirms(member.id, second)


async def test_the_same_person_cannot_confirm(
    house: AccessHouse, first: Person, second: Person, member: Member
) -> None:
    await house.proposes(member.id, [EDITOR], first)
    with pytest.raises(AccessRefused) as error:
        await house.confirms(member.id, first)
    assert error.value.code == "four_eyes"
    assert await roles(house, member.id) == roles_from([AUDITOR])


async def test_nobody_confirms_what_is_proposed_for_themselves(
    house: AccessHouse, first: Person, second: Person
) -> None:
    await house.proposes(second.id, [ADMINISTRATOR, EDITOR], first)
    with pytest.raises(AccessRefused) as error:
        await house.confirms(second.id, second)
    assert error.value.code == "four_eyes"


async def test_what_the_first_proposed_and_the_second_changed_waits_for_the_first(
    house: AccessHouse, first: Person, second: Person, member: Member
) -> None:
    await house.proposes(member.id, [EDITOR], first)
    await house.proposes(member.id, [ADMINISTRATOR], second)
    with pytest.raises(AccessRefused):
        await house.confirms(member.id, second)


async def test_a_proposal_of_somebody_who_was_sent_away_counts_no_more(
    house: AccessHouse, first: Person, second: Person, member: Member
) -> None:
    await house.proposes(member.id, [ADMINISTRATOR], first)
    await house.access.revoke(first.id, second)
    with pytest.raises(AccessRefused) as error:
        await house.confirms(member.id, second)
    assert error.value.code == "no_proposal"
    assert await roles(house, member.id) == roles_from([AUDITOR])


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMINISTRATOR])
async def test_no_other_role_changes_accounts(
    house: AccessHouse, first: Person, member: Member, role: Role
) -> None:
    await house.proposes(member.id, [EDITOR], first)
    other = await house.person(await house.joined("other", Grant(role)))
    for change in (
        house.proposes(member.id, [ADMINISTRATOR], other),
        house.confirms(member.id, other),
        house.access.revoke(first.id, other),
    ):
        with pytest.raises(AccessRefused) as error:
            await change
        assert error.value.code == "forbidden"


async def test_an_administrator_of_one_region_is_none(house: AccessHouse, member: Member) -> None:
    of_a_region = {Role.ADMINISTRATOR: frozenset({"KZ-35"})}
    other = Person("p-other", "Other", of_a_region, house.clock.now())
    with pytest.raises(AccessRefused) as error:
        await house.proposes(member.id, [ADMINISTRATOR], other)
    assert error.value.code == "forbidden"


async def test_a_proposal_that_took_the_place_of_the_one_that_was_read_is_not_confirmed(
    house: AccessHouse, first: Person, second: Person, member: Member
) -> None:
    await house.proposes(member.id, [EDITOR], first)
    await house.proposes(member.id, [ADMINISTRATOR], first)
    with pytest.raises(AccessRefused) as error:
        await house.access.confirm(member.id, roles_from([EDITOR]), second)
    assert error.value.code == "other_proposal"
    assert await roles(house, member.id) == roles_from([AUDITOR])
    await house.confirms(member.id, second)
    assert await roles(house, member.id) == roles_from([ADMINISTRATOR])


async def test_the_roles_that_somebody_has_are_not_proposed(
    house: AccessHouse, first: Person, member: Member
) -> None:
    with pytest.raises(AccessRefused) as error:
        await house.proposes(member.id, [AUDITOR], first)
    assert error.value.code == "same_roles"


@pytest.mark.parametrize(
    "impossible",
    [
        Grant(Role.ADMINISTRATOR, frozenset({"KZ-35"})),
        Grant(Role.JUROR, frozenset()),
        Grant(Role.JUROR, frozenset({"KZ-35", "KZ-99"})),
    ],
)
async def test_a_role_of_no_or_an_unknown_region_is_neither_proposed_nor_given_by_invitation(
    house: AccessHouse, first: Person, member: Member, impossible: Grant
) -> None:
    for change in (
        house.proposes(member.id, [impossible], first),
        house.access.invite("Дана", [AUDITOR, impossible], first),
    ):
        with pytest.raises(AccessRefused) as error:
            await change
        assert error.value.code == "role_regions"


async def test_a_change_of_roles_ends_the_sessions(
    house: AccessHouse, first: Person, second: Person, member: Member
) -> None:
    token = await house.signed_in(member)
    await house.proposes(member.id, [EDITOR], first)
    assert await house.access.visitor(token)
    await house.confirms(member.id, second)
    assert await house.access.visitor(token) is None


async def test_who_is_revoked_is_out_at_once_and_for_good(
    house: AccessHouse, first: Person, member: Member
) -> None:
    token = await house.signed_in(member)
    await house.access.revoke(member.id, first)
    assert await house.access.visitor(token) is None
    with pytest.raises(AccessRefused):
        await house.signed_in(member)
    with pytest.raises(AccessRefused):
        await house.proposes(member.id, [EDITOR], first)


async def test_an_invitation_that_is_taken_back_works_no_more(
    house: AccessHouse, first: Person
) -> None:
    invitation = await house.access.invite("Гость", [AUDITOR], first)
    await house.access.revoke(invitation.person, first)
    with pytest.raises(AccessRefused) as error:
        await house.access.invited(invitation.token)
    assert error.value.code == "no_invitation"


async def test_the_last_administrator_stays(house: AccessHouse, first: Person) -> None:
    with pytest.raises(AccessRefused) as error:
        await house.access.revoke(first.id, first)
    assert error.value.code == "last_administrator"


async def test_only_an_account_that_exists_is_changed(house: AccessHouse, first: Person) -> None:
    with pytest.raises(AccessRefused) as error:
        await house.proposes("p-nobody", [EDITOR], first)
    assert error.value.code == "nobody"


async def test_the_first_administrator_is_invited_by_one_link_however_often_asked(
    house: AccessHouse,
) -> None:
    accounts = house.access
    asked = await asyncio.gather(*(accounts.first_administrator() for _ in range(5)))
    again = await accounts.first_administrator()
    assert {one.token for one in asked if one} == {again.token if again else ""}
    [only] = await accounts.people()
    assert (only.state, only.roles) == (State.INVITED, {Role.ADMINISTRATOR: None})


async def test_the_first_link_is_renewed_and_ends_with_the_first_administrator(
    house: AccessHouse, first: Person
) -> None:
    assert await house.access.first_administrator() is None


async def test_the_link_is_another_for_another_secret(house: AccessHouse) -> None:
    other = AccessHouse(pepper="q" * 32)
    links = [await one.access.first_administrator() for one in (house, other)]
    assert len({one.token for one in links if one}) == 2
