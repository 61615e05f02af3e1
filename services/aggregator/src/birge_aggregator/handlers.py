"""One poll of the log: read every record, decide what it changes, keep it in one transaction."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from birge_aggregator.batching import Records, batches
from birge_aggregator.domain.ledger import Changes, Entry, Place, Statement, changes_from
from birge_aggregator.ports import (
    Batch,
    CountingStore,
    FencedError,
    Partition,
    Range,
    Record,
    Unreadable,
)
from birge_aggregator.wire import statement_from
from birge_common.errors import InvalidMessage
from birge_common.telemetry import metrics


@dataclass(frozen=True)
class ReadBatch:
    """A poll's records, read: what they state, and which of them state nothing."""

    ranges: Mapping[Partition, Range]
    statements: Sequence[Statement]
    unreadable: Sequence[Unreadable]

    def without(self, partitions: Sequence[Partition]) -> "ReadBatch":
        """The batch without the partitions that another worker counts now."""
        gone = frozenset(partitions)
        return ReadBatch(
            {at: span for at, span in self.ranges.items() if at not in gone},
            [s for s in self.statements if Partition(*s.place[:2]) not in gone],
            [u for u in self.unreadable if Partition(*u.place[:2]) not in gone],
        )


def read_batch(records: Mapping[Partition, Sequence[Record]]) -> ReadBatch:
    """Read each record by itself: a bad one is set aside and never hides its neighbours."""
    ranges: dict[Partition, Range] = {}
    statements: list[Statement] = []
    unreadable: list[Unreadable] = []
    for at, several in records.items():
        ranges[at] = Range(several[0].offset, several[-1].offset + 1)
        topic, number = at
        for record in several:
            place = Place(topic, number, record.offset)
            try:
                statements.append(statement_from(record.value, place))
            except InvalidMessage as reason:
                unreadable.append(Unreadable(place, str(reason), record.value))
    return ReadBatch(ranges, statements, unreadable)


async def count_share(
    share: Records,
    store: CountingStore,
    *,
    batch_records_max: int,
    with_ledger: bool = True,
) -> AsyncIterator[tuple[Records, Mapping[Partition, int]]]:
    """Count a share batch after batch; yields each with the next offsets of its partitions."""
    for records in batches(share, batch_records_max=batch_records_max):
        yield records, await count_batch(read_batch(records), store, with_ledger=with_ledger)


async def count_batch(
    batch: ReadBatch, store: CountingStore, *, with_ledger: bool = True
) -> Mapping[Partition, int]:
    """Count the batch exactly once; returns the next offset of each of its partitions.

    A fenced partition is left out and the rest redone; its true position is returned, so that
    the caller reads on from there. Raises TransientError where the store could not settle it.
    """
    fenced: list[Partition] = []
    while batch.ranges:
        changes = Changes()

        def decide(in_force: Mapping[str, Entry], batch: ReadBatch = batch) -> Changes:
            nonlocal changes
            if with_ledger:
                changes = changes_from(batch.statements, in_force)
            else:
                changes = _without_ledger(batch.statements)
            return changes

        identities = list(dict.fromkeys(s.identity for s in batch.statements))
        try:
            await store.keep(
                Batch(batch.ranges, identities if with_ledger else [], batch.unreadable), decide
            )
        except FencedError as error:
            metrics.FENCED.inc(len(error.partitions))
            fenced += error.partitions
            batch = batch.without(error.partitions)
            continue
        _note_outcomes(batch, changes)
        break
    counted = {at: span.next for at, span in batch.ranges.items()}
    return {**counted, **await store.positions(fenced)} if fenced else counted


def _without_ledger(statements: Sequence[Statement]) -> Changes:
    """Every record counts for itself and leaves no entry: even its place is not remembered."""
    changes = changes_from(
        [s._replace(identity="|".join(map(str, s.place))) for s in statements], {}
    )
    changes.entries.clear()
    return changes


def _note_outcomes(batch: ReadBatch, changes: Changes) -> None:
    applied = sum(changes.applied.values())
    metrics.RECORDS_COUNTED.labels("applied").inc(applied)
    metrics.RECORDS_COUNTED.labels("ignored").inc(len(batch.statements) - applied)
    metrics.RECORDS_COUNTED.labels("quarantined").inc(len(batch.unreadable))
    metrics.BATCH_RECORDS.observe(sum(span.next - span.first for span in batch.ranges.values()))
