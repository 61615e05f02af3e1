"""Accounts and sessions in memory, for tests and for looking at pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from birge_common.access.account import Account
from birge_common.access.ports import AccountStale, KeptAccount, LoginTaken
from birge_common.access.session import Session


class MemoryPeopleStore:
    """The same promises as MongoDB's, for one process."""

    def __init__(self) -> None:
        self._accounts: dict[str, KeptAccount] = {}
        self._sessions: dict[str, Session] = {}

    async def keep(self, kept: KeptAccount) -> None:
        """Keep the account. Raises AccountStale and LoginTaken."""
        account = kept.account
        held = self._accounts.get(account.id)
        if (held.revision if held else 0) != kept.revision:
            raise AccountStale
        others = [one.account for one in self._accounts.values() if one.account.id != account.id]
        if account.login is not None and any(one.login == account.login for one in others):
            raise LoginTaken
        if account.invitation and any(one.invitation == account.invitation for one in others):
            raise AccountStale
        self._accounts[account.id] = KeptAccount(account, kept.revision + 1)

    async def account(self, person: str) -> KeptAccount | None:
        """The account of this id."""
        return self._accounts.get(person)

    async def by_login(self, login: str) -> KeptAccount | None:
        """The account of this login."""
        found = (one for one in self._accounts.values() if one.account.login == login)
        return next(found, None)

    async def by_invitation(self, digest: str) -> KeptAccount | None:
        """The account that was invited by the token of this digest."""
        found = (one for one in self._accounts.values() if one.account.invitation == digest)
        return next(found, None)

    async def accounts(self) -> Sequence[Account]:
        """Every account, in order of names."""
        several = [one.account for one in self._accounts.values()]
        return sorted(several, key=lambda one: (one.name, one.id))

    async def open_session(self, session: Session) -> None:
        """Keep a new session."""
        self._sessions[session.id] = session

    async def session(self, digest: str) -> Session | None:
        """The session of this digest."""
        return self._sessions.get(digest)

    async def see_session(self, digest: str, now: datetime) -> None:
        """Write down that it was used."""
        if digest in self._sessions:
            self._sessions[digest] = replace(self._sessions[digest], seen_at=now)

    async def sessions_of(self, person: str) -> Sequence[Session]:
        """The sessions of a person, the newest first."""
        held = [one for one in self._sessions.values() if one.person == person]
        return sorted(held, key=lambda one: one.signed_in_at, reverse=True)

    async def close_session(self, digest: str) -> None:
        """It is worthless from now on."""
        self._sessions.pop(digest, None)

    async def close_sessions(self, person: str) -> None:
        """So are all of this person's."""
        self._sessions = {
            digest: one for digest, one in self._sessions.items() if one.person != person
        }
