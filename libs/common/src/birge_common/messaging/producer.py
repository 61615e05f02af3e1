"""The producer that every service uses: idempotent, and acknowledged by all in-sync replicas."""

from aiokafka import AIOKafkaProducer


def new_producer(bootstrap_servers: str, *, client_id: str, linger_ms: int = 0) -> AIOKafkaProducer:
    """A producer whose acknowledged records are in the log exactly once; not yet started."""
    return AIOKafkaProducer(
        bootstrap_servers=bootstrap_servers,
        client_id=client_id,
        acks="all",
        enable_idempotence=True,
        compression_type="lz4",
        linger_ms=linger_ms,
        max_batch_size=1_048_576,
        max_request_size=8_388_608,
        request_timeout_ms=10_000,
        metadata_max_age_ms=10_000,
    )
