"""Reads the log with a plain consumer, exactly up to positions and never twice."""

import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Self

from confluent_kafka import Consumer, KafkaException, Message, TopicPartition

from birge_common.contracts.topics import GRANT_INDICATORS, PARTNERS, SUBMISSIONS
from birge_stack.errors import StackError

COUNTED_TOPICS = (SUBMISSIONS, GRANT_INDICATORS)
RECORDS_AT_ONCE = 5_000
SILENCE_SECONDS = 20.0
REQUEST_SECONDS = 15.0

Partition = tuple[str, int]
Take = Callable[[bytes | None], None]


class LogReader:
    """A consumer that belongs to no group's work: it commits nothing; use it as a context."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap_servers,
                "group.id": "birge-verify",
                "enable.auto.commit": False,
                "auto.offset.reset": "error",
                "log_level": 3,
            }
        )
        self._next: dict[Partition, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._consumer.close()

    def ends(self, topics: Iterable[str] = COUNTED_TOPICS) -> dict[Partition, int]:
        """The next offset that will be written, by partition."""
        try:
            known = self._consumer.list_topics(timeout=REQUEST_SECONDS).topics
            partitions = [
                (topic, number)
                for topic in topics
                if topic in known
                for number in known[topic].partitions
            ]
            return {at: self._bounds(at)[1] for at in partitions}
        except KafkaException as error:
            raise StackError(f"the log does not answer: {error}") from error

    def advance(self, positions: Mapping[Partition, int], take: Take) -> int:
        """Read on to the positions, giving each record's value once; returns how many there were.

        Raises StackError where a position lies before what was read already.
        """
        read = 0
        for at, end in sorted(positions.items()):
            begin = self._next.get(at, 0)
            if end < begin:
                raise StackError(f"{at} went back from {begin} to {end}: was the log replaced?")
            if end > begin:
                read += self._read(at, begin, end, take)
                self._next[at] = end
        return read

    def partners(self, take: Take) -> None:
        """Every record of the partners' topic that is there now."""
        for at, end in self.ends([PARTNERS]).items():
            first, _ = self._bounds(at)
            if end > first:
                self._read(at, first, end, take)

    def _bounds(self, at: Partition) -> tuple[int, int]:
        low, high = self._consumer.get_watermark_offsets(
            TopicPartition(*at), timeout=REQUEST_SECONDS
        )
        return low, high

    def _read(self, at: Partition, begin: int, end: int, take: Take) -> int:
        """Offsets may have holes in a compacted topic, so the end is what is waited for."""
        self._consumer.assign([TopicPartition(*at, begin)])
        position, read = begin, 0
        heard_at = time.monotonic()
        while position < end:
            for message in self._consumer.consume(RECORDS_AT_ONCE, timeout=0.2):
                offset = _offset_of(message)
                heard_at, position = time.monotonic(), offset + 1
                if offset < end:
                    take(message.value())
                    read += 1
            if time.monotonic() - heard_at > SILENCE_SECONDS:
                raise StackError(f"{at} gave nothing after offset {position} of {end}")
        self._consumer.unassign()
        return read


def _offset_of(message: Message) -> int:
    error, offset = message.error(), message.offset()
    if error is not None or offset is None:
        raise StackError(f"the log could not be read: {error}")
    return offset
