"""Reads what a topic really holds, for comparison with what was promised."""

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from birge_common.contracts.topics import TOPICS

_COUNTS = {topic.name: topic.partitions for topic in TOPICS}

Place = tuple[int, int]


async def records_of(bootstrap_servers: str, topic: str) -> dict[Place, ConsumerRecord]:
    """Every record of a topic up to its present end, by partition and offset."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, metadata_max_age_ms=5_000)
    await consumer.start()
    try:
        partitions = [TopicPartition(topic, number) for number in range(_COUNTS[topic])]
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        ends = await consumer.end_offsets(partitions)
        found: dict[Place, ConsumerRecord] = {}
        for partition in partitions:
            while await consumer.position(partition) < ends[partition]:
                batch = await consumer.getmany(partition, timeout_ms=1_000)
                for record in batch.get(partition, []):
                    found[record.partition, record.offset] = record
        return found
    finally:
        await consumer.stop()
