"""What the handlers need of a store; both stores keep these promises."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from birge_aggregator.domain.contribution import Counters, PageKey
from birge_aggregator.domain.ledger import Changes, Entry, Place
from birge_aggregator.domain.report_sets import RememberedSets, ReportSet, StatedFor
from birge_aggregator.domain.statements import Statements


class Partition(NamedTuple):
    """A partition of a topic."""

    topic: str
    number: int


class Range(NamedTuple):
    """Offsets `first` up to, not including, `next`."""

    first: int
    next: int


class Record(Protocol):
    """What is used of a consumer's record; `timestamp` in milliseconds is the broker's."""

    @property
    def topic(self) -> str: ...  # noqa: D102
    @property
    def partition(self) -> int: ...  # noqa: D102
    @property
    def offset(self) -> int: ...  # noqa: D102
    @property
    def timestamp(self) -> int: ...  # noqa: D102
    @property
    def value(self) -> bytes | None: ...  # noqa: D102
    @property
    def headers(self) -> Sequence[tuple[str, bytes | None]]: ...  # noqa: D102


@dataclass(frozen=True)
class Unreadable:
    """A record that can never be counted, as it was, and why."""

    place: Place
    code: str
    raw: bytes | None


@dataclass(frozen=True)
class Batch:
    """One poll: a range of each partition, and what was read from it."""

    ranges: Mapping[Partition, Range]
    identities: Sequence[str]
    unreadable: Sequence[Unreadable]


class FencedError(Exception):
    """Another worker has moved these positions: leave them out, and ask where they are now."""

    def __init__(self, partitions: Sequence[Partition]) -> None:
        super().__init__(f"{len(partitions)} position(s) moved by another worker")
        self.partitions = partitions


Decide = Callable[[Mapping[str, Entry]], Changes]


class CountingStore(Protocol):
    """Ledger, pages and positions, changed together or not at all."""

    async def take_over(
        self, partitions: Sequence[Partition], log_generations: Mapping[str, str]
    ) -> Mapping[Partition, int]:
        """Cut off the partitions' former owners and give the next offset of each.

        Raises LogReplacedError where a topic is not the one counted so far.
        """
        ...

    async def keep(self, batch: Batch, decide: Decide) -> None:
        """Apply the batch once, in one transaction; `decide` is called with what is in force.

        Raises FencedError, with nothing kept, where a position is not at its range's first
        offset; TransientError where the outcome could not be settled in time.
        """
        ...

    async def positions(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """Where counting goes on."""
        ...


@dataclass(frozen=True)
class Snapshot:
    """Everything a window's tables are read from, as of one moment of the store."""

    positions: Mapping[Partition, int]
    counted_at: Any
    pages: Mapping[PageKey, Counters]
    statements: Statements
    report_sets: Mapping[StatedFor, ReportSet]


class ReadingStore(Protocol):
    """What the API reads: never half a batch."""

    async def positions_now(self) -> Mapping[Partition, int]:
        """How far counting is, cheaply."""
        ...

    async def snapshot(
        self,
        periods: Sequence[str],
        kinds: Collection[str],
        remembered: RememberedSets | None = None,
    ) -> Snapshot:
        """The pages of these stated periods, with the statements of these kinds.

        With `remembered` also the sets of their reports; what is read anew may be kept there.

        Censuses, reference data and indicators of every period; milestones of the years and
        inquiries of the months among the periods, these with what resolved them.
        """
        ...

    async def periods(self) -> Collection[str]:
        """The stated periods of all pages, censuses and reference data."""
        ...

    async def entry(self, identity: str) -> Entry | None:
        """What is in force under one identity."""
        ...

    async def is_quarantined(self, place: Place) -> bool:
        """Whether the record at this place could not be counted."""
        ...
