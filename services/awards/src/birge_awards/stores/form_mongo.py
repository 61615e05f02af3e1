"""Drafts of the public form in MongoDB, which also clears away those whose time is over."""

from datetime import datetime

from pymongo import ASCENDING

from birge_awards.form_ports import Draft
from birge_common.mongo import Client


class MongoDraftStore:
    """The collection `form_drafts` of the service's database."""

    def __init__(self, client: Client, database: str) -> None:
        self._drafts = client[database]["form_drafts"]

    async def ensure_indexes(self) -> None:
        """Make the indexes; doing so again changes nothing."""
        await self._drafts.create_index([("expires_at", ASCENDING)], expireAfterSeconds=0)
        await self._drafts.create_index([("keys", ASCENDING)])

    async def keep(self, draft: Draft) -> None:
        """Keep it in place of what this id had."""
        document = {
            "state": draft.state,
            "began_at": draft.began_at,
            "expires_at": draft.expires_at,
            "sealed": draft.sealed,
            "keys": list(draft.keys),
        }
        await self._drafts.replace_one({"_id": draft.id}, document, upsert=True)

    async def draft(self, draft: str, now: datetime) -> Draft | None:
        """The draft of this id, while its time lasts: the database clears away once a minute."""
        held = await self._drafts.find_one({"_id": draft, "expires_at": {"$gt": now}})
        if held is None:
            return None
        return Draft(
            id=held["_id"],
            state=held["state"],
            began_at=held["began_at"],
            expires_at=held["expires_at"],
            sealed=held["sealed"],
            keys=tuple(held["keys"]),
        )

    async def drop(self, draft: str) -> None:
        """Forget it."""
        await self._drafts.delete_one({"_id": draft})

    async def count(self, key: str, now: datetime) -> int:
        """Drafts with this key whose time is not over."""
        found: int = await self._drafts.count_documents({"keys": key, "expires_at": {"$gt": now}})
        return found
