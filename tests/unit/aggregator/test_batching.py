"""How a poll is cut: every record once, each partition in one share, in the log's order."""

from hypothesis import given
from hypothesis import strategies as st

from birge_aggregator.batching import TRANSACTIONS_AT_ONCE, batches, shares
from birge_aggregator.ports import Partition
from tests.support.records import SUBMISSIONS, LogRecord

MOST = 5
polls = st.dictionaries(
    st.integers(0, 11).map(lambda number: Partition(SUBMISSIONS, number)),
    st.integers(1, 3 * MOST).map(lambda n: [LogRecord(b"", offset) for offset in range(n)]),
    min_size=1,
)


@given(polls)
def test_every_record_is_in_one_batch_in_the_order_of_its_partition(
    poll: dict[Partition, list[LogRecord]],
) -> None:
    seen: dict[Partition, list[LogRecord]] = {at: [] for at in poll}
    dealt = shares(poll, batch_records_max=MOST)
    for share in dealt:
        for batch in batches(share, batch_records_max=MOST):
            assert 0 < sum(map(len, batch.values())) <= MOST
            for at, several in batch.items():
                seen[at] += several
    assert seen == poll
    assert len(dealt) <= TRANSACTIONS_AT_ONCE
    assert sum(len(share) for share in dealt) == len(poll), "a partition in two shares"


@given(polls)
def test_what_fits_one_transaction_is_one(poll: dict[Partition, list[LogRecord]]) -> None:
    records = sum(map(len, poll.values()))
    assert (len(shares(poll, batch_records_max=records)), records) == (1, records)


def test_partitions_are_dealt_out_by_size() -> None:
    poll = {
        Partition(SUBMISSIONS, n): [LogRecord(b"", offset) for offset in range(size)]
        for n, size in enumerate((9, 5, 4, 4, 1, 1))
    }
    sizes = [sum(map(len, share.values())) for share in shares(poll, batch_records_max=MOST)]
    assert sizes == [9, 7, 8]
