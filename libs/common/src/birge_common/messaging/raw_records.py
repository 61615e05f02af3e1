"""Raw batches for FastStream's subscribers: records as they came, each judged by itself.

FastStream's own parser would read headers and bodies of a whole batch before the handler sees
it, and one bad record would take its neighbours with it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import AIOKafkaConsumer
from faststream.kafka.message import KafkaAckableMessage


def raw_parser(
    consumer: Callable[[], AIOKafkaConsumer],
) -> Callable[..., Awaitable[KafkaAckableMessage]]:
    """A parser that hands the records over as `raw_message`, untouched."""

    async def hand_over(message: Any, _original: Any = None) -> KafkaAckableMessage:
        return KafkaAckableMessage(
            body=b"",
            raw_message=message,
            consumer=consumer(),
            headers={},
            batch_headers=[],
            content_type=None,
            message_id="",
            correlation_id="",
            reply_to="",
        )

    return hand_over


async def no_decoder(_message: Any, _original: Any = None) -> None:
    """Leaves decoding to the handler."""
