"""How much of the nominations' topic the worker has not kept yet, asked of Kafka itself."""

from aiokafka import AIOKafkaConsumer

from birge_awards.subscribers import GROUP
from birge_common.contracts.topics import NOMINATIONS


async def unread_nominations(bootstrap_servers: str) -> int:
    """Records behind the worker's positions; all of them where it has none yet."""
    log = AIOKafkaConsumer(NOMINATIONS, bootstrap_servers=bootstrap_servers)
    # Without a topic it asks for the group's positions and takes no partition from the worker.
    group = AIOKafkaConsumer(
        bootstrap_servers=bootstrap_servers, group_id=GROUP, enable_auto_commit=False
    )
    try:
        await log.start()
        await group.start()
        partitions = list(log.assignment())
        begins = await log.beginning_offsets(partitions)
        ends = await log.end_offsets(partitions)
        kept = {one: await group.committed(one) for one in partitions}
    finally:
        await group.stop()
        await log.stop()
    return sum(ends[one] - max(begins[one], kept[one] or 0) for one in partitions)
