"""Partners' keys in MongoDB: each change and its announcement are one transaction."""

from typing import Any

import msgspec

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.contracts.topics import PARTNERS
from birge_common.messaging.outbox import OUTBOX, outbox_row
from birge_common.mongo import Client, Session, run_in_transaction
from birge_ingest.partner_keys import announcement_of
from birge_ingest.ports import SourceTakenError


class MongoPartnerRegistry:
    """Keys in `partners`; `sources` holds whose each source is, so that two cannot take one."""

    def __init__(self, client: Client, database: str) -> None:
        self._client = client
        self._keys = client[database]["partners"]
        self._sources = client[database]["sources"]
        self._outbox = client[database][OUTBOX]

    async def register(self, key: PartnerChangedV1) -> None:
        """Keep a new key; SourceTakenError where a source is another partner's."""

        async def body(session: Session) -> None:
            for source in key.sources:
                owner = await self._sources.find_one({"_id": source}, session=session)
                if owner is None:
                    row = {"_id": source, "name": key.name}
                    await self._sources.insert_one(row, session=session)
                elif owner["name"] != key.name:
                    raise SourceTakenError(source)
            await self._keys.insert_one(_document_from(key), session=session)
            await self._announce(key, session)

        await run_in_transaction(self._client, body)

    async def revoke(self, key_id: str) -> PartnerChangedV1 | None:
        """Revoke a key; None where there is none of that id. Revoking again changes nothing."""

        async def body(session: Session) -> PartnerChangedV1 | None:
            row = await self._keys.find_one({"_id": key_id}, session=session)
            if row is None:
                return None
            revoked = _key_from(row).model_copy(update={"state": "revoked"})
            await self._keys.replace_one({"_id": key_id}, _document_from(revoked), session=session)
            await self._announce(revoked, session)
            return revoked

        return await run_in_transaction(self._client, body)

    async def keys(self) -> list[PartnerChangedV1]:
        """All keys ever registered, oldest first."""
        rows = await self._keys.find().sort("registered_at", 1).to_list(None)
        return [_key_from(row) for row in rows]

    async def _announce(self, key: PartnerChangedV1, session: Session) -> None:
        row = outbox_row(PARTNERS, key.key_id, announcement_of(key))
        await self._outbox.insert_one(row, session=session)


def _document_from(key: PartnerChangedV1) -> dict[str, Any]:
    fields = key.model_dump(mode="json")
    return {"_id": fields.pop("key_id"), **fields}


def _key_from(row: dict[str, Any]) -> PartnerChangedV1:
    fields = {name: value for name, value in row.items() if name != "_id"}
    return PartnerChangedV1.model_validate_json(
        msgspec.json.encode({"key_id": row["_id"], **fields})
    )
