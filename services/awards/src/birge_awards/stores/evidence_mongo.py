"""Evidence files in MongoDB, outside of any web root, in the same backup as their nominations.

One document holds a file: ten megabytes are less than a document may have.
"""

from collections.abc import Sequence
from datetime import datetime

from bson import Binary
from pymongo import ASCENDING

from birge_awards.form_ports import SealedFile
from birge_common.mongo import Client


class MongoEvidenceStore:
    """The collection `form_files` of the service's database."""

    def __init__(self, client: Client, database: str) -> None:
        self._files = client[database]["form_files"]

    async def ensure_indexes(self) -> None:
        """Make the index; doing so again changes nothing."""
        await self._files.create_index([("expires_at", ASCENDING)], expireAfterSeconds=0)

    async def keep(self, file: SealedFile) -> None:
        """Keep a new file."""
        document = {"sealed": Binary(file.sealed), "expires_at": file.expires_at}
        await self._files.replace_one({"_id": file.id}, document, upsert=True)

    async def file(self, file: str, now: datetime) -> SealedFile | None:
        """The file of this id, while its time lasts: the database clears away once a minute."""
        lasts = {"$or": [{"expires_at": None}, {"expires_at": {"$gt": now}}]}
        held = await self._files.find_one({"_id": file, **lasts})
        if held is None:
            return None
        return SealedFile(held["_id"], bytes(held["sealed"]), held["expires_at"])

    async def until(self, files: Sequence[str], expires_at: datetime | None) -> None:
        """Keep these so long."""
        changed = {"$set": {"expires_at": expires_at}}
        await self._files.update_many({"_id": {"$in": list(files)}}, changed)

    async def drop(self, file: str) -> None:
        """Forget it."""
        await self._files.delete_one({"_id": file})
