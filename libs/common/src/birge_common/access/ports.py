"""Where accounts and sessions are kept; an identity provider can stand behind it as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from birge_common.access.account import Account
from birge_common.access.session import Session


class AccountStale(Exception):
    """Somebody else changed the account meanwhile: load it again."""


class LoginTaken(Exception):
    """Another account has this login."""


@dataclass(frozen=True)
class KeptAccount:
    """An account as it was read, and its revision; 0 where it is new."""

    account: Account
    revision: int = 0


class PeopleStore(Protocol):
    """Accounts and sessions."""

    async def keep(self, kept: KeptAccount) -> None:
        """Keep the account. Raises AccountStale and LoginTaken."""
        ...

    async def account(self, person: str) -> KeptAccount | None:
        """The account of this id."""
        ...

    async def by_login(self, login: str) -> KeptAccount | None:
        """The account of this login, as it is kept: without capitals."""
        ...

    async def by_invitation(self, digest: str) -> KeptAccount | None:
        """The account that was invited by the token of this digest."""
        ...

    async def accounts(self) -> Sequence[Account]:
        """Every account, in order of names."""
        ...

    async def open_session(self, session: Session) -> None:
        """Keep a new session."""
        ...

    async def session(self, digest: str) -> Session | None:
        """The session of this digest."""
        ...

    async def see_session(self, digest: str, now: datetime) -> None:
        """Write down that it was used."""
        ...

    async def sessions_of(self, person: str) -> Sequence[Session]:
        """The sessions of a person, the newest first; some may have ended by their age."""
        ...

    async def close_session(self, digest: str) -> None:
        """It is worthless from now on."""
        ...

    async def close_sessions(self, person: str) -> None:
        """So are all of this person's."""
        ...
