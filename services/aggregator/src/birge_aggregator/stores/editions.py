"""Editions that are out, in MongoDB: written once, read by everybody, never changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from birge_aggregator.domain.publication.frozen import AnswerKey, Frame
from birge_aggregator.editions import Edition, Recommendation
from birge_common.mongo import Client

PUBLICATIONS, ANSWERS = "publications", "edition_answers"


class MongoEditions:
    """See `editions.Editions`. A publication has the field `edition` once it is out."""

    def __init__(self, client: Client, database: str) -> None:
        self._publications = client[database][PUBLICATIONS]
        self._answers = client[database][ANSWERS]

    async def issued(self) -> Sequence[Edition]:
        """See `editions.Editions`."""
        found = self._publications.find({"edition": {"$type": "object"}}, {"edition": 1})
        rows = await found.sort("edition.issued_at", -1).to_list(None)
        return [_edition_from(row["edition"]) for row in rows]

    async def one(self, edition: str) -> Edition | None:
        """See `editions.Editions`."""
        row = await self._publications.find_one(
            {"_id": edition, "edition": {"$type": "object"}}, {"edition": 1}
        )
        return None if row is None else _edition_from(row["edition"])

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """See `editions.Editions`."""
        row = await self._answers.find_one({"_id": f"{edition}/{key.name}"}, {"public": 1})
        if row is None or row.get("public") is None:
            return None
        frame: Frame = msgspec.json.decode(row["public"])
        return frame


def _edition_from(row: Mapping[str, Any]) -> Edition:
    recommendations = tuple(Recommendation(**one) for one in row["recommendations"])
    return Edition(
        **{
            **row,
            "recommendations": recommendations,
            "windows": tuple(row["windows"]),
        }
    )
