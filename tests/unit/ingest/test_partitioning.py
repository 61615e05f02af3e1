"""Keys go where Kafka's own clients would send them."""

from aiokafka.partitioner import DefaultPartitioner, murmur2
from hypothesis import given
from hypothesis import strategies as st

from birge_ingest.stores import partitioning


@given(st.binary(max_size=300))
def test_the_hash_is_kafkas(data: bytes) -> None:
    assert partitioning.murmur2(data) == murmur2(data) & 0xFFFFFFFF


@given(st.binary(min_size=1, max_size=60), st.integers(1, 50))
def test_the_partition_is_kafkas(key: bytes, count: int) -> None:
    everything = list(range(count))
    assert partitioning.partition_of(key, count) == DefaultPartitioner()(
        key, everything, everything
    )
