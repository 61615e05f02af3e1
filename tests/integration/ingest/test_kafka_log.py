"""Each place the log names holds exactly that record: under concurrency, and through crashes."""

import asyncio
import random
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from confluent_kafka import Producer

from birge_common.contracts.topics import GRANT_INDICATORS, QUARANTINE, SUBMISSIONS
from birge_ingest.domain.records import Position, Record
from birge_ingest.ports import LogUnavailableError
from birge_ingest.stores.kafka import KafkaEventLog
from tests.support.async_eventually import async_eventually
from tests.support.log_reading import records_of
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration

TOPICS = (SUBMISSIONS, SUBMISSIONS, SUBMISSIONS, GRANT_INDICATORS, QUARANTINE)
HEADERS = (("traceparent", b"00-1-2-01"), ("content-type", b"application/cloudevents+json"))


@pytest.fixture
async def event_log(stack: EmbeddedStack) -> AsyncIterator[KafkaEventLog]:
    event_log = KafkaEventLog(
        stack.kafka_bootstrap, replication_factor=1, acknowledge_timeout_seconds=5
    )
    running = asyncio.create_task(event_log.run())
    await asyncio.wait_for(event_log.began(), 60)
    yield event_log
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def records(chance: random.Random, count: int) -> list[Record]:
    """Records of a few keys, no two with the same value, some of them large."""
    return [
        Record(
            chance.choice(TOPICS),
            f"urn:a|r-{chance.randrange(500)}".encode(),
            f"{uuid4()}{'x' * chance.choice((10, 600, 600, 9_000))}".encode(),
            HEADERS,
        )
        for _ in range(count)
    ]


async def assert_held(
    stack: EmbeddedStack, promised: list[tuple[Record, Position]], *, once: bool
) -> None:
    """Every promised place holds its record; `once`: and no other place does."""
    assert len({(p.topic, p.partition, p.offset) for _, p in promised}) == len(promised)
    for topic in set(TOPICS):
        held = await records_of(stack.kafka_bootstrap, topic)
        values = [record.value for record in held.values()]
        for record, position in promised:
            if record.topic != topic:
                continue
            found = held[position.partition, position.offset]
            assert (found.key, found.value) == (record.key, record.value)
            assert tuple(found.headers) == record.headers
            if once:
                assert values.count(record.value) == 1


async def test_every_place_holds_its_record_under_concurrency(
    stack: EmbeddedStack, event_log: KafkaEventLog
) -> None:
    chance = random.Random(20220301)
    requests = [records(chance, chance.choice((1, 1, 1, 2, 7, 60, 400))) for _ in range(150)]
    answers = await asyncio.gather(*(event_log.append(request) for request in requests))
    promised = [
        pair
        for request, positions in zip(requests, answers, strict=True)
        for pair in zip(request, positions, strict=True)
    ]
    assert len(promised) > 5_000
    await assert_held(stack, promised, once=len(promised) < 20_000)


async def test_records_of_a_key_keep_their_order(
    stack: EmbeddedStack, event_log: KafkaEventLog
) -> None:
    key = f"urn:a|{uuid4()}".encode()
    ordered = [
        Record(SUBMISSIONS, key, f"{number:05d}{'x' * 3_000}".encode(), HEADERS)
        for number in range(1_200)
    ]
    # 1,200 records of 3 kB are more than one record batch holds.
    positions = await event_log.append(ordered[:1_000])
    for record in ordered[1_000:1_010]:
        positions += await event_log.append([record])
    assert len({position.partition for position in positions}) == 1
    offsets = [position.offset for position in positions]
    assert offsets == sorted(offsets)
    promised = list(zip(ordered[:1_010], positions, strict=True))
    await assert_held(stack, promised, once=True)


async def test_through_a_killed_broker_every_promise_is_kept(
    stack: EmbeddedStack, event_log: KafkaEventLog
) -> None:
    chance = random.Random(20220302)
    promised: list[tuple[Record, Position]] = []
    refused = 0
    is_over = False

    async def sender() -> None:
        nonlocal refused
        while not is_over:
            request = records(chance, chance.choice((1, 5, 100)))
            try:
                positions = await event_log.append(request)
            except LogUnavailableError:
                refused += 1
                await asyncio.sleep(0.05)
            else:
                promised.extend(zip(request, positions, strict=True))

    async def reaches(count: int) -> None:
        await async_eventually(lambda: len(promised) >= count, within_seconds=60)

    senders = [asyncio.create_task(sender()) for _ in range(8)]
    await reaches(2_000)
    await asyncio.to_thread(stack.kafka.kill)
    await asyncio.to_thread(stack.kafka.start)
    await reaches(len(promised) + 2_000)
    is_over = True
    await asyncio.gather(*senders)
    assert await event_log.is_usable()
    await assert_held(stack, promised, once=False)


async def test_without_a_broker_it_says_so_and_comes_back(
    stack: EmbeddedStack, event_log: KafkaEventLog
) -> None:
    await asyncio.to_thread(stack.kafka.kill)
    try:
        with pytest.raises(LogUnavailableError):
            await event_log.append(records(random.Random(1), 3))
        assert not await event_log.is_usable()
        async with asyncio.timeout(1):
            with pytest.raises(LogUnavailableError):
                await event_log.append(records(random.Random(2), 3))
    finally:
        await asyncio.to_thread(stack.kafka.start)
    await async_eventually(event_log.is_usable, within_seconds=30)
    request = records(random.Random(3), 3)
    promised = list(zip(request, await event_log.append(request), strict=True))
    await assert_held(stack, promised, once=True)


async def test_a_key_has_librdkafkas_partition(
    stack: EmbeddedStack, event_log: KafkaEventLog
) -> None:
    chance = random.Random(5)
    keys = {f"urn:birge:кілт|r-{number}".encode() for number in range(100)}
    keys |= {chance.randbytes(size) for size in range(1, 100)}
    records = [Record(SUBMISSIONS, key, b"{", HEADERS) for key in keys]
    ours = {
        record.key: position.partition
        for record, position in zip(records, await event_log.append(records), strict=True)
    }
    placed: dict[bytes, int] = {}
    producer = Producer({"bootstrap.servers": stack.kafka_bootstrap, "partitioner": "consistent"})
    for key in keys:
        producer.produce(
            SUBMISSIONS,
            b"{",
            key,
            on_delivery=lambda error, message: placed.update({message.key(): message.partition()}),
        )
    producer.flush(20)
    assert ours == placed
