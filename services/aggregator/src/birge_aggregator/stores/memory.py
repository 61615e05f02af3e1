"""The stores in memory: the same promises as MongoDB's, for tests of everything around it."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime

from birge_aggregator.domain.contribution import Counters, PageKey, summed
from birge_aggregator.domain.ledger import Entry, Place
from birge_aggregator.domain.live_report import LiveReport, name_of
from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.publication.frozen import AnswerKey, Answers, Frame
from birge_aggregator.domain.quality.life import FindingLife
from birge_aggregator.domain.report_sets import (
    RememberedSets,
    ReportSet,
    StatedFor,
    report_set_of,
)
from birge_aggregator.domain.statements import (
    BY_PERIOD,
    CENSUS,
    INQUIRY_RECEIVED,
    INQUIRY_RESOLVED,
    REFERENCE,
    Stated,
    Statements,
    stated_in,
    subject_of,
)
from birge_aggregator.editions import Edition
from birge_aggregator.ports import Batch, Decide, FencedError, Partition, Snapshot
from birge_common.errors import LogReplacedError


@dataclass
class MemoryStore:
    """Counts and reads; `quarantine` and `outcomes` are there to be looked at."""

    ledger: dict[str, Entry] = field(default_factory=dict)
    pages: dict[tuple[int, PageKey], Counters] = field(default_factory=dict)
    next: dict[Partition, int] = field(default_factory=dict)
    quarantine: dict[Place, str] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    generations: dict[Partition, str] = field(default_factory=dict)
    counted_at: datetime | None = None

    async def take_over(
        self, partitions: Sequence[Partition], log_generations: Mapping[str, str]
    ) -> Mapping[Partition, int]:
        """See `ports.CountingStore`."""
        for at in partitions:
            if (
                self.generations.setdefault(at, log_generations[at.topic])
                != (log_generations[at.topic])
            ):
                raise LogReplacedError(f"{at.topic} was made anew")
            self.next.setdefault(at, 0)
        return {at: self.next[at] for at in partitions}

    async def positions(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """See `ports.CountingStore`."""
        return {at: self.next[at] for at in partitions}

    async def keep(self, batch: Batch, decide: Decide) -> None:
        """See `ports.CountingStore`."""
        fenced = [at for at, span in batch.ranges.items() if self.next.get(at, 0) != span.first]
        if fenced:
            raise FencedError(fenced)
        known = {one: self.ledger[one] for one in batch.identities if one in self.ledger}
        changes = decide(deepcopy(known))
        self.ledger |= changes.entries
        for key, delta in changes.pages.items():
            self.pages[key] = summed([self.pages.get(key, {}), delta])
        for unreadable in batch.unreadable:
            self.quarantine[unreadable.place] = unreadable.code
        for at, span in batch.ranges.items():
            self.next[at] = span.next
        self._note(batch, sum(changes.applied.values()))

    def _note(self, batch: Batch, applied: int) -> None:
        records = sum(span.next - span.first for span in batch.ranges.values())
        quarantined = len(batch.unreadable)
        noted = {
            "applied": applied,
            "quarantined": quarantined,
            "ignored": records - applied - quarantined,
        }
        for name, number in noted.items():
            self.outcomes[name] = self.outcomes.get(name, 0) + number
        self.counted_at = datetime.now(UTC)

    async def positions_now(self) -> Mapping[Partition, int]:
        """See `ports.ReadingStore`."""
        return dict(self.next)

    async def snapshot(
        self,
        periods: Sequence[str],
        kinds: Collection[str],
        remembered: RememberedSets | None = None,
    ) -> Snapshot:
        """See `ports.ReadingStore`."""
        grouped: dict[PageKey, list[Counters]] = {}
        for (_, page), counters in self.pages.items():
            if page.period in periods:
                grouped.setdefault(page, []).append(counters)
        return Snapshot(
            positions=dict(self.next),
            counted_at=self.counted_at,
            pages={page: summed(several) for page, several in grouped.items()},
            statements=self._statements(periods, kinds),
            report_sets={} if remembered is None else self._report_sets(periods),
        )

    def _report_sets(self, periods: Sequence[str]) -> dict[StatedFor, ReportSet]:
        grouped: dict[StatedFor, list[LiveReport]] = {}
        for identity, entry in self.ledger.items():
            given = entry.contribution
            if given is not None and given.period in periods:
                report = LiveReport(name_of(identity), entry.version, given)
                grouped.setdefault(StatedFor(given.period, given.region), []).append(report)
        return {place: report_set_of(place, reports) for place, reports in grouped.items()}

    def _statements(self, periods: Sequence[str], kinds: Collection[str]) -> Statements:
        found = {kind: self._stated(kind, periods) for kind in kinds}
        if INQUIRY_RESOLVED in found:
            received = {(one.source, one.subject) for one in found.get(INQUIRY_RECEIVED, ())}
            found[INQUIRY_RESOLVED] = [
                one for one in found[INQUIRY_RESOLVED] if (one.source, one.subject) in received
            ]
        return found

    def _stated(self, kind: str, periods: Sequence[str]) -> list[Stated]:
        return [
            Stated(kind, entry.source, subject_of(identity), entry.data)
            for identity, entry in self.ledger.items()
            if entry.kind == kind
            and entry.data is not None
            and (kind not in BY_PERIOD or stated_in(kind, entry.data) in periods)
        ]

    async def periods(self) -> Collection[str]:
        """See `ports.ReadingStore`."""
        stated = [
            str(entry.data["period"])
            for entry in self.ledger.values()
            if entry.data is not None and entry.kind in (CENSUS, REFERENCE)
        ]
        return {*stated, *(page.period for _, page in self.pages)}

    async def entry(self, identity: str) -> Entry | None:
        """See `ports.ReadingStore`."""
        return self.ledger.get(identity)

    async def is_quarantined(self, place: Place) -> bool:
        """See `ports.ReadingStore`."""
        return place in self.quarantine


@dataclass
class MemoryFindings:
    """The lives of findings."""

    lives: dict[str, FindingLife] = field(default_factory=dict)

    async def of_year(self, year: str) -> Mapping[str, FindingLife]:
        """See `findings.FindingsStore`."""
        return {name: life for name, life in self.lives.items() if life.finding.period[:4] == year}

    async def inside(self, window: Window) -> Sequence[FindingLife]:
        """See `findings.FindingsStore`."""
        return [
            life
            for life in self.lives.values()
            if (period := window_from(life.finding.period)) is not None and window.contains(period)
        ]

    async def one(self, finding: str) -> FindingLife | None:
        """See `findings.FindingsStore`."""
        return self.lives.get(finding)

    async def keep(self, lives: Sequence[FindingLife]) -> None:
        """See `findings.FindingsStore`."""
        for life in lives:
            kept = self.lives.get(life.finding.id)
            if kept is None or kept.as_of <= life.as_of:
                self.lives[life.finding.id] = life


@dataclass
class MemoryEditions:
    """Editions that are out, the last issued first, with their answers."""

    editions: list[Edition] = field(default_factory=list)
    answers: dict[str, Answers] = field(default_factory=dict)

    async def issued(self) -> list[Edition]:
        """See `editions.Editions`."""
        return self.editions

    async def one(self, edition: str) -> Edition | None:
        """See `editions.Editions`."""
        return next((one for one in self.editions if one.id == edition), None)

    async def answer(self, edition: str, key: AnswerKey) -> Frame | None:
        """See `editions.Editions`."""
        return self.answers.get(edition, {}).get(key)
