"""The lives of findings in MongoDB."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pymongo import ReplaceOne
from pymongo.errors import BulkWriteError

from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.quality.finding import Finding
from birge_aggregator.domain.quality.life import FindingLife, Step
from birge_common.mongo import Client, Document

FINDINGS = "findings"
_DUPLICATE_KEY = 11_000


class MongoFindingsStore:
    """Several processes may keep the same lives: what is older never replaces what is newer."""

    def __init__(self, client: Client, database: str) -> None:
        self._findings = client[database][FINDINGS]

    async def of_year(self, year: str) -> Mapping[str, FindingLife]:
        """By the finding's id, every life of the calendar year."""
        rows = await self._findings.find({"year": year}).to_list(None)
        return {row["_id"]: _life_from(row) for row in rows}

    async def inside(self, window: Window) -> Sequence[FindingLife]:
        """Those whose period lies inside the window, the last opened first."""
        years = {f"{month // 12:04d}" for month in (window.first_month, window.last_month)}
        rows = await self._findings.find({"year": {"$in": sorted(years)}}).to_list(None)
        return [
            life
            for life in map(_life_from, rows)
            if (period := window_from(life.finding.period)) is not None and window.contains(period)
        ]

    async def one(self, finding: str) -> FindingLife | None:
        """The life of one finding."""
        row = await self._findings.find_one({"_id": finding})
        return None if row is None else _life_from(row)

    async def keep(self, lives: Sequence[FindingLife]) -> None:
        """Keep those of which nothing newer is there."""
        if not lives:
            return
        operations = [
            ReplaceOne(
                {"_id": life.finding.id, "as_of": {"$lte": life.as_of}},
                _document(life),
                upsert=True,
            )
            for life in lives
        ]
        try:
            await self._findings.bulk_write(operations, ordered=False)
        except BulkWriteError as error:
            # A newer one does not match, and cannot be inserted a second time.
            codes = {one["code"] for one in (error.details or {}).get("writeErrors", ())}
            if codes != {_DUPLICATE_KEY}:
                raise


def _document(life: FindingLife) -> Document:
    finding = life.finding
    return {
        "_id": finding.id,
        "year": finding.period[:4],
        "as_of": life.as_of,
        "finding": asdict(finding),
        "steps": [asdict(step) for step in life.steps],
    }


def _life_from(row: Mapping[str, Any]) -> FindingLife:
    steps = tuple(Step(**step) for step in row["steps"])
    return FindingLife(Finding(**row["finding"]), row["as_of"], steps)
