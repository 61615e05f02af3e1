"""Accounts and sessions in MongoDB, in one database that the services share."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from pymongo.errors import DuplicateKeyError

from birge_common.access.account import Account
from birge_common.access.people import Roles
from birge_common.access.ports import AccountStale, KeptAccount, LoginTaken
from birge_common.access.session import WHOLE_TERM, Session
from birge_common.mongo import Client, Document

DATABASE = "people"
_ACCOUNT: TypeAdapter[Account] = TypeAdapter(Account)
_SEARCHED = ("login", "invitation")


class MongoPeopleStore:
    """An account is one document, changed by its revision; so no code is ever taken twice."""

    def __init__(self, client: Client, database: str = DATABASE) -> None:
        self._accounts = client[database]["accounts"]
        self._sessions = client[database]["sessions"]

    async def ensure_indexes(self) -> None:
        """Logins and invitations are unique; sessions that are too old disappear."""
        for field in _SEARCHED:
            await self._accounts.create_index(
                field, unique=True, partialFilterExpression={field: {"$type": "string"}}
            )
        await self._sessions.create_index("person")
        seconds = int(WHOLE_TERM.total_seconds())
        await self._sessions.create_index("signed_in_at", expireAfterSeconds=seconds)

    async def keep(self, kept: KeptAccount) -> None:
        """Keep the account. Raises AccountStale and LoginTaken."""
        document = _document_from(kept)
        try:
            if kept.revision == 0:
                await self._accounts.insert_one(document)
                return
            done = await self._accounts.replace_one(
                {"_id": kept.account.id, "revision": kept.revision}, document
            )
        except DuplicateKeyError as error:
            is_login = (
                "login" in str(error.details.get("keyPattern", "")) if error.details else False
            )
            raise (LoginTaken if is_login else AccountStale) from error
        if done.matched_count == 0:
            raise AccountStale

    async def account(self, person: str) -> KeptAccount | None:
        """The account of this id."""
        return await self._found({"_id": person})

    async def by_login(self, login: str) -> KeptAccount | None:
        """The account of this login."""
        return await self._found({"login": login})

    async def by_invitation(self, digest: str) -> KeptAccount | None:
        """The account that was invited by the token of this digest."""
        return await self._found({"invitation": digest})

    async def accounts(self) -> Sequence[Account]:
        """Every account, in order of names."""
        found = self._accounts.find().sort([("value.name", 1), ("_id", 1)])
        return [_account_from(one) async for one in found]

    async def open_session(self, session: Session) -> None:
        """Keep a new session."""
        await self._sessions.insert_one({"_id": session.id, **_without_id(session)})

    async def session(self, digest: str) -> Session | None:
        """The session of this digest."""
        found = await self._sessions.find_one({"_id": digest})
        return None if found is None else _session_from(found)

    async def sessions_of(self, person: str) -> Sequence[Session]:
        """The sessions of a person, the newest first."""
        found = self._sessions.find({"person": person}).sort("signed_in_at", -1)
        return [_session_from(one) async for one in found]

    async def see_session(self, digest: str, now: datetime) -> None:
        """Write down that it was used."""
        await self._sessions.update_one({"_id": digest}, {"$max": {"seen_at": now}})

    async def close_session(self, digest: str) -> None:
        """It is worthless from now on."""
        await self._sessions.delete_one({"_id": digest})

    async def close_sessions(self, person: str) -> None:
        """So are all of this person's."""
        await self._sessions.delete_many({"person": person})

    async def _found(self, query: Document) -> KeptAccount | None:
        found = await self._accounts.find_one(query)
        if found is None:
            return None
        return KeptAccount(_account_from(found), found["revision"])


def _document_from(kept: KeptAccount) -> Document:
    value: dict[str, Any] = _ACCOUNT.dump_python(kept.account)
    value["roles"] = _roles(kept.account.roles)
    if kept.account.proposal:
        value["proposal"]["roles"] = _roles(kept.account.proposal.roles)
    return {
        "_id": kept.account.id,
        "revision": kept.revision + 1,
        **{field: value[field] for field in _SEARCHED},
        "value": value,
    }


def _account_from(found: Document) -> Account:
    """The account; one of another shape holds no role until roles are given to it anew."""
    value = dict(found["value"])
    value.setdefault("roles", {})
    if value["proposal"] and "roles" not in value["proposal"]:
        value["proposal"] = None
    return _ACCOUNT.validate_python(value)


def _roles(roles: Roles) -> dict[str, Any]:
    """Regions are always written down, so that one that is missing is never the country."""
    return {role: None if regions is None else sorted(regions) for role, regions in roles.items()}


def _session_from(found: Document) -> Session:
    return Session(id=found.pop("_id"), **found)


def _without_id(session: Session) -> Document:
    return {name: value for name, value in vars(session).items() if name != "id"}
