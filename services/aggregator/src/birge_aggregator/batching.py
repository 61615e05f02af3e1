"""How a poll of the log is cut into transactions: some at once, each of whole runs of offsets.

Two transactions at once never share a partition, so that neither waits for the other's positions
or pages: while MongoDB writes one, this process reads and folds the other.
"""

from collections.abc import Iterator, Mapping, Sequence

from birge_aggregator.ports import Partition, Record

Records = Mapping[Partition, Sequence[Record]]

TRANSACTIONS_AT_ONCE = 3
# A fetch of about a batch from each partition gives polls that several transactions can share.
FETCH_BYTES = 512 * 1024


def shares(records: Records, *, batch_records_max: int) -> list[Records]:
    """Partitions dealt out evenly by size; what fits one transaction is one share."""
    if sum(map(len, records.values())) <= batch_records_max:
        return [records]
    dealt: list[dict[Partition, Sequence[Record]]] = [{} for _ in range(TRANSACTIONS_AT_ONCE)]
    sizes = [0] * TRANSACTIONS_AT_ONCE
    for at, several in sorted(records.items(), key=lambda item: len(item[1]), reverse=True):
        smallest = sizes.index(min(sizes))
        dealt[smallest][at] = several
        sizes[smallest] += len(several)
    return [share for share in dealt if share]


def batches(share: Records, *, batch_records_max: int) -> Iterator[Records]:
    """A share in the order of the log, at most so many records at a time."""
    batch: dict[Partition, Sequence[Record]] = {}
    free = batch_records_max
    for at, several in share.items():
        first = 0
        while first < len(several):
            batch[at] = several[first : first + free]
            first += len(batch[at])
            free -= len(batch[at])
            if not free:
                yield batch
                batch, free = {}, batch_records_max
    if batch:
        yield batch
