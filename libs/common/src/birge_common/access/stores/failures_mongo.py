"""Failures counted in MongoDB, beside the accounts: n processes give no n times as many guesses."""

from collections.abc import Collection, Mapping

from pymongo.errors import DuplicateKeyError

from birge_common.access.stores.mongo import DATABASE
from birge_common.access.throttle import FORGOTTEN_AFTER, Failures
from birge_common.mongo import Client


class MongoFailures:
    """A document for each key, changed only where it is as it was read; the database forgets it."""

    def __init__(self, client: Client, database: str = DATABASE) -> None:
        self._failures = client[database]["failures"]

    async def ensure_indexes(self) -> None:
        """Addresses are kept no longer than they count."""
        seconds = int(FORGOTTEN_AFTER.total_seconds())
        await self._failures.create_index("last_at", expireAfterSeconds=seconds)

    async def failures(self, keys: Collection[str]) -> Mapping[str, Failures]:
        """The failures of those keys that have any."""
        found = self._failures.find({"_id": {"$in": list(keys)}})
        return {one["_id"]: Failures(one["count"], one["last_at"]) async for one in found}

    async def replace_failures(
        self, key: str, held: Failures | None, changed: Failures | None
    ) -> bool:
        """Put these in place of those that were read; False where others are there."""
        values = {} if changed is None else {"count": changed.count, "last_at": changed.last_at}
        if held is None:
            try:
                await self._failures.insert_one({"_id": key, **values})
            except DuplicateKeyError:
                return False
            return True
        as_read = {"_id": key, "count": held.count, "last_at": held.last_at}
        if changed is None:
            return (await self._failures.delete_one(as_read)).deleted_count == 1
        return (await self._failures.replace_one(as_read, values)).matched_count == 1
