"""Who comes in, who does not, and what an onlooker can tell from the answers."""

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from birge_common.access.access import Access, SlowDown
from birge_common.access.account import AccessRefused
from birge_common.access.passwords import Passwords
from birge_common.access.people import Grant, Role
from birge_common.access.second_factor import code_at
from birge_common.access.session import IDLE_TERM, WHOLE_TERM
from tests.support.access_house import CHEAP, PASSWORD, AccessHouse, Member

ADMINISTRATOR = Grant(Role.ADMINISTRATOR)


async def refused(house: AccessHouse, login: str, password: str, code: str) -> str:
    """The code of the refusal."""
    with pytest.raises(AccessRefused) as error:
        await house.access.sign_in(login, password, code, address="here")
    return f"{error.value.code}: {error.value}"


async def test_who_knows_all_three_comes_in(house: AccessHouse) -> None:
    member = await house.joined("Айгүл", Grant(Role.JUROR))
    person = await house.access.visitor(await house.signed_in(member))
    assert person is not None
    assert (person.id, person.name, person.roles) == (member.id, "Айгүл", {Role.JUROR: None})


async def test_a_login_is_the_same_in_capitals(house: AccessHouse) -> None:
    member = await house.joined("Айгүл")
    member.login = " АЙГҮЛ "
    assert await house.access.visitor(await house.signed_in(member))


async def test_every_wrong_part_gets_the_same_answer(house: AccessHouse) -> None:
    member = await house.joined("a-member")
    said = {
        await refused(house, "nobody", PASSWORD, house.code(member)),
        await refused(house, member.login, "another long sentence", house.code(member)),
        await refused(house, member.login, PASSWORD, "000000"),
        await refused(house, member.login, "", ""),
    }
    assert said == {"sign_in: Login, password or code is wrong."}


class CountingHasher(PasswordHasher):
    """Counts what it verifies."""

    verified = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        """Count, and verify."""
        self.verified += 1
        return CHEAP.verify(hash, password)


async def test_an_unknown_or_invited_or_revoked_account_costs_one_hash_as_well(
    house: AccessHouse,
) -> None:
    hasher = CountingHasher()
    old = house.access
    access = Access(old.store, old.clock, old.box, old.address, Passwords(hasher))
    member, gone = await house.joined("member"), await house.joined("gone")
    await house.access.invite("Invited", [Grant(Role.JUROR)])
    boss = await house.person(await house.joined("boss", ADMINISTRATOR))
    await house.access.revoke(gone.id, boss)
    for n, login in enumerate(("nobody", "member", "gone", "invited", ""), start=1):
        with pytest.raises(AccessRefused):
            await access.sign_in(login, "wrong password", house.code(member), address=f"a{n}")
        assert hasher.verified == n


async def test_a_code_is_taken_once(house: AccessHouse) -> None:
    member = await house.joined("member")
    code = house.code(member)
    await house.access.sign_in(member.login, PASSWORD, code, address="here")
    assert await refused(house, member.login, PASSWORD, code)


async def test_the_code_of_the_invitation_is_not_taken_again(house: AccessHouse) -> None:
    member = await house.joined("member")
    assert await refused(house, member.login, PASSWORD, code_at(member.secret, house.clock.now()))


async def test_of_one_code_used_twenty_times_at_once_one_counts(house: AccessHouse) -> None:
    member = await house.joined("member")
    code = house.code(member)
    outcomes = await asyncio.gather(
        *(house.access.sign_in(member.login, PASSWORD, code, address=f"a{n}") for n in range(20)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, str) for one in outcomes) == 1


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
async def test_a_device_may_be_one_step_off(
    house: AccessHouse, steps: int, *, is_taken: bool
) -> None:
    member = await house.joined("member")
    house.clock.advance(timedelta(minutes=10))
    code = code_at(member.secret, house.clock.now() + steps * timedelta(seconds=30))
    try:
        await house.access.sign_in(member.login, PASSWORD, code, address="here")
    except AccessRefused:
        assert not is_taken
    else:
        assert is_taken


async def test_a_recovery_code_works_once_instead_of_the_device(house: AccessHouse) -> None:
    member = await house.joined("member")
    assert len(set(member.recovery)) == 10
    code = member.recovery[3].upper()
    await house.access.sign_in(member.login, PASSWORD, code, address="here")
    assert await refused(house, member.login, PASSWORD, code)
    await house.access.sign_in(member.login, PASSWORD, member.recovery[4], address="here")


async def test_one_recovery_code_at_once_counts_once(house: AccessHouse) -> None:
    member = await house.joined("member")
    tries = [
        house.access.sign_in(member.login, PASSWORD, member.recovery[0], address=f"a{n}")
        for n in range(10)
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, str) for one in outcomes) == 1


async def test_nobodys_recovery_code_is_anothers(house: AccessHouse) -> None:
    one, other = await house.joined("one-member"), await house.joined("other")
    assert await refused(house, other.login, PASSWORD, one.recovery[0])


async def test_what_the_store_holds_opens_nothing(house: AccessHouse) -> None:
    member = await house.joined("member")
    token = await house.signed_in(member)
    kept = repr(vars(house.store))
    for secret in (PASSWORD, token, member.recovery[0], repr(member.secret)[2:-1]):
        assert secret not in kept


async def fails(house: AccessHouse, login: str, *, times: int, address: str = "here") -> None:
    for _ in range(times):
        await asyncio.gather(
            house.access.sign_in(login, "wrong password", "000000", address=address),
            return_exceptions=True,
        )


@pytest.mark.parametrize("login", ["member", "nobody"])
async def test_after_ten_wrong_passwords_the_next_waits_known_or_not(
    house: AccessHouse, login: str
) -> None:
    await house.joined("member")
    await fails(house, login, times=10)
    with pytest.raises(SlowDown) as slow:
        await house.access.sign_in(login, PASSWORD, "123456", address="here")
    assert slow.value.seconds == 1


async def test_guessing_at_once_is_slowed_like_one_after_the_other(house: AccessHouse) -> None:
    await house.joined("member")
    outcomes = await asyncio.gather(
        *(
            house.access.sign_in("member", "wrong password", "000000", address="here")
            for _ in range(50)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, SlowDown) for one in outcomes) >= 40


async def test_others_come_in_while_one_account_is_guessed_at(house: AccessHouse) -> None:
    victim, other = await house.joined("victim"), await house.joined("other")
    await fails(house, victim.login, times=15, address="attacker")
    code = house.code(other)
    assert await house.access.sign_in(other.login, PASSWORD, code, address="office")


async def test_the_owner_comes_in_from_elsewhere_while_the_account_is_guessed_at(
    house: AccessHouse,
) -> None:
    victim = await house.joined("victim")
    await fails(house, victim.login, times=15, address="attacker")
    code = code_at(victim.secret, house.clock.now() + timedelta(seconds=30))
    assert await house.access.sign_in(victim.login, PASSWORD, code, address="office")


async def test_an_account_guessed_at_from_everywhere_is_slowed(house: AccessHouse) -> None:
    victim = await house.joined("victim")
    outcomes = []
    for n in range(100):
        outcomes += await asyncio.gather(
            house.access.sign_in(victim.login, "wrong password", "0", address=f"10.0.0.{n}"),
            return_exceptions=True,
        )
    assert sum(isinstance(one, SlowDown) for one in outcomes) >= 40


async def test_patience_ends_the_wait(house: AccessHouse) -> None:
    member = await house.joined("member")
    await fails(house, member.login, times=50)
    house.clock.advance(timedelta(minutes=6))
    assert await house.signed_in(member)


async def test_right_sign_ins_do_not_use_up_what_an_address_may(house: AccessHouse) -> None:
    for n in range(30):
        await house.signed_in(await house.joined(f"member{n}"))


async def test_a_session_ends_when_it_is_idle(house: AccessHouse) -> None:
    token = await house.signed_in(await house.joined("member"))
    house.clock.advance(IDLE_TERM - timedelta(seconds=1))
    assert await house.access.visitor(token)
    house.clock.advance(IDLE_TERM - timedelta(seconds=1))
    assert await house.access.visitor(token)
    house.clock.advance(IDLE_TERM)
    assert await house.access.visitor(token) is None


async def test_a_session_ends_after_half_a_day_however_busy(house: AccessHouse) -> None:
    token = await house.signed_in(await house.joined("member"))
    for _ in range(int(WHOLE_TERM / timedelta(minutes=20)) - 1):
        house.clock.advance(timedelta(minutes=20))
        assert await house.access.visitor(token)
    house.clock.advance(timedelta(minutes=20))
    assert await house.access.visitor(token) is None


async def test_a_step_up_does_not_make_a_session_longer(house: AccessHouse) -> None:
    member = await house.joined("member")
    token = await house.signed_in(member)
    for _ in range(30):
        house.clock.advance(timedelta(minutes=25))
        token = await stepped_up(house, token, member) or token
    assert await house.access.visitor(token) is None


async def stepped_up(house: AccessHouse, token: str, member: Member) -> str | None:
    try:
        return await house.access.step_up(token, house.code(member))
    except AccessRefused:
        return None


async def test_a_step_up_makes_the_second_factor_fresh_and_the_old_token_worthless(
    house: AccessHouse,
) -> None:
    member = await house.joined("member")
    token, within = await house.signed_in(member), timedelta(minutes=10)
    house.clock.advance(timedelta(minutes=11))
    before = await house.access.visitor(token)
    renewed = await house.access.step_up(token, house.code(member))
    after = await house.access.visitor(renewed)
    assert before is not None
    assert after is not None
    now = house.clock.now()
    assert (before.is_stepped_up(now, within), after.is_stepped_up(now, within)) == (False, True)
    assert await house.access.visitor(token) is None


async def test_guessing_codes_inside_a_session_is_slowed(house: AccessHouse) -> None:
    member = await house.joined("member")
    token = await house.signed_in(member)
    for _ in range(10):
        await asyncio.gather(house.access.step_up(token, "000000"), return_exceptions=True)
    with pytest.raises(SlowDown):
        await house.access.step_up(token, "000000")


@pytest.mark.parametrize("token", ["", "x" * 43, "../..", "\x00"])
async def test_a_made_up_token_is_nobodys(house: AccessHouse, token: str) -> None:
    await house.signed_in(await house.joined("member"))
    assert await house.access.visitor(token) is None


async def test_after_signing_out_the_token_is_worthless(house: AccessHouse) -> None:
    token = await house.signed_in(await house.joined("member"))
    await house.access.sign_out(token)
    assert await house.access.visitor(token) is None
