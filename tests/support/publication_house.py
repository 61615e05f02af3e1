"""Publications of a year in which everything fits, and a publisher who works when told to."""

import asyncio
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from birge_aggregator.domain.publication.frozen import Answers
from birge_aggregator.domain.publication.publication import Approve, Publication
from birge_aggregator.editions import Edition
from birge_aggregator.freezing import Frozen, Told, freeze
from birge_aggregator.handlers import count_batch, read_batch
from birge_aggregator.ports import Partition
from birge_aggregator.publications import Publications, PublicationStore
from birge_aggregator.publisher import Publisher, Work
from birge_aggregator.stores.memory import MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.errors import TransientError
from birge_common.security.keys import KeyDirectory
from birge_common.testing.clock import ManualClock
from tests.support.clean_year import clean_year
from tests.support.records import SUBMISSIONS, LogRecord
from tests.support.tables import counted

NOW = datetime(2023, 2, 1, 9, tzinfo=UTC)
WRITER, CHECKER, APPROVER = "writer", "checker", "approver"
FILE_NAMES = ("edition.json", "report-kk.pdf")


PERIOD = "2022-H1"


@cache
def clean_log() -> MemoryStore:
    """Counted once; a test that counts more takes a copy."""
    return counted(clean_year(1).records())


@cache
def clean_figures() -> Frozen:
    """The period's answers, frozen once for tests of what comes after."""
    return asyncio.run(freeze(clean_log(), KeyDirectory("pepper"), PERIOD))


@dataclass
class PublicationHouse:
    """A log in which everything fits, and all that makes editions of it."""

    store: PublicationStore = field(default_factory=MemoryPublications)
    counted: MemoryStore = field(default_factory=lambda: deepcopy(clean_log()))
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    known: Frozen | None = None
    """Figures that are there already: freezing takes longer than all the rest."""

    async def counts(self, value: bytes) -> None:
        """One more record of the log."""
        at = Partition(SUBMISSIONS, 0)
        record = LogRecord(value, self.counted.next[at])
        await count_batch(read_batch({at: [record]}), self.counted)

    def __post_init__(self) -> None:
        self.publications = Publications(self.store, self.clock)
        self.made: list[str] = []
        self.known_before: list[Answers] = []
        work = Work(self._freeze, self._protect, FILE_NAMES, self._files)
        self.publisher = Publisher(self.store, self.clock, work, away=TransientError)

    async def _freeze(self, period: str, tell: Told) -> Frozen:
        if self.known is not None:
            tell(1, 1)
            return self.known
        return await freeze(self.counted, KeyDirectory("pepper"), period, tell)

    def _protect(self, answers: Answers, before: Answers) -> Answers:
        self.known_before.append(before)
        return {
            key: {**frame, "rows": [row for row in frame["rows"] if row.get("region") != "KZ-10"]}
            for key, frame in answers.items()
            if key.table != "quality"
        }

    def _files(self, edition: Edition, answers: Answers) -> Iterator[tuple[str, bytes]]:
        for name in FILE_NAMES:
            self.made.append(name)
            yield name, json.dumps([edition.id, name, len(answers)]).encode()

    async def frozen(self, period: str = PERIOD) -> Publication:
        """A draft whose figures are frozen."""
        begun = await self.publications.begin(period, WRITER)
        await self.publisher.work()
        return (await self.publications.load(begun.id)).publication

    async def approved(self, publish_at: datetime = NOW, period: str = PERIOD) -> Publication:
        """One that comes out at its moment."""
        draft = await self.frozen(period)
        await self.publications.check(draft.id, CHECKER)
        return await self.publications.does(draft.id, Approve(publish_at), APPROVER)
