"""What every store of accounts and sessions promises."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from birge_common.access.account import Account, Proposal, State
from birge_common.access.people import Role
from birge_common.access.ports import AccountStale, KeptAccount, LoginTaken, PeopleStore
from birge_common.access.session import Session

NOW = datetime(2022, 12, 1, 9, tzinfo=UTC)
ROLES = {Role.REGIONAL_MANAGER: frozenset({"KZ-35", "KZ-71"}), Role.AUDITOR: None}


def account(person: str = "p-1", **values: object) -> Account:
    """An invited account; `values` are other fields."""
    invited = Account(
        person,
        f"Айгүл {person}",
        ROLES,
        b"\x00sealed\xff",
        invitation=f"digest of {person}",
        invited_until=NOW + timedelta(days=14),
    )
    return replace(invited, **values)  # type: ignore[arg-type]


def session(token: str, person: str = "p-1") -> Session:
    """A session that began now."""
    return Session(token, person, signed_in_at=NOW, seen_at=NOW, stepped_up_at=NOW)


class PeopleStoreSuite:
    """Inherited with a fixture `people`, an empty store."""

    async def test_an_account_comes_back_as_it_was_kept(self, people: PeopleStore) -> None:
        full = account(
            state=State.ACTIVE,
            login="айгүл@example.kz",
            password="$argon2id$…",
            totp_counter=55_000_000,
            recovery=("a", "b"),
            proposal=Proposal({Role.JUROR: frozenset({"KZ-10"})}, "p-2"),
        )
        await people.keep(KeptAccount(full))
        kept = KeptAccount(full, 1)
        assert await people.account("p-1") == kept
        assert await people.by_login("айгүл@example.kz") == kept
        assert await people.by_invitation("digest of p-1") == kept
        assert await people.accounts() == [full]

    async def test_who_is_not_there_is_not_found(self, people: PeopleStore) -> None:
        await people.keep(KeptAccount(account(invitation=None)))
        assert await people.account("p-2") is None
        assert await people.by_login("nobody") is None
        assert await people.by_invitation("nothing") is None
        assert await people.session("nothing") is None

    async def test_only_the_newest_revision_can_be_changed(self, people: PeopleStore) -> None:
        await people.keep(KeptAccount(account()))
        await people.keep(KeptAccount(account(name="B"), 1))
        for stale in (0, 1, 3):
            with pytest.raises(AccountStale):
                await people.keep(KeptAccount(account(name="C"), stale))
        found = await people.account("p-1")
        assert found is not None
        assert (found.account.name, found.revision) == ("B", 2)

    async def test_of_many_changes_at_once_one_is_kept(self, people: PeopleStore) -> None:
        await people.keep(KeptAccount(account()))
        tries = [people.keep(KeptAccount(account(totp_counter=n), 1)) for n in range(8)]
        outcomes = await asyncio.gather(*tries, return_exceptions=True)
        assert [one for one in outcomes if one is None] == [None]
        assert sum(isinstance(one, AccountStale) for one in outcomes) == 7

    async def test_a_login_is_one_persons(self, people: PeopleStore) -> None:
        await people.keep(KeptAccount(account("p-1", login="a")))
        await people.keep(KeptAccount(account("p-2")))
        with pytest.raises(LoginTaken):
            await people.keep(KeptAccount(account("p-2", login="a"), 1))
        with pytest.raises(LoginTaken):
            await people.keep(KeptAccount(account("p-3", login="a")))

    async def test_many_have_no_login_and_no_invitation(self, people: PeopleStore) -> None:
        for person in ("p-1", "p-2"):
            await people.keep(KeptAccount(account(person, invitation=None)))
        assert len(await people.accounts()) == 2

    async def test_people_are_listed_by_name(self, people: PeopleStore) -> None:
        for person, name in (("p-1", "C"), ("p-2", "A"), ("p-3", "B"), ("p-0", "B")):
            await people.keep(KeptAccount(account(person, name=name)))
        assert [one.id for one in await people.accounts()] == ["p-2", "p-0", "p-3", "p-1"]

    async def test_a_session_is_opened_seen_and_closed(self, people: PeopleStore) -> None:
        await people.open_session(session("s-1"))
        assert await people.session("s-1") == session("s-1")
        later = NOW + timedelta(minutes=5)
        await people.see_session("s-1", later)
        assert await people.session("s-1") == replace(session("s-1"), seen_at=later)
        await people.close_session("s-1")
        await people.close_session("s-1")
        assert await people.session("s-1") is None

    async def test_a_closed_session_is_not_seen_back_to_life(self, people: PeopleStore) -> None:
        await people.open_session(session("s-1"))
        await people.close_session("s-1")
        await people.see_session("s-1", NOW)
        assert await people.session("s-1") is None

    async def test_all_sessions_of_one_person_are_closed(self, people: PeopleStore) -> None:
        for token, person in (("s-1", "p-1"), ("s-2", "p-1"), ("s-3", "p-2")):
            await people.open_session(session(token, person))
        await people.close_sessions("p-1")
        left = [await people.session(token) for token in ("s-1", "s-2", "s-3")]
        assert left == [None, None, session("s-3", "p-2")]

    async def test_a_persons_sessions_are_listed_newest_first(self, people: PeopleStore) -> None:
        newer = replace(session("s-2"), signed_in_at=NOW + timedelta(hours=1))
        for one in (session("s-1"), newer, session("s-3", "p-2")):
            await people.open_session(one)
        assert await people.sessions_of("p-1") == [newer, session("s-1")]
        assert await people.sessions_of("p-9") == []
