"""Topics as on the first day, for a test that needs a log of its own."""

from collections.abc import Iterable

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from birge_common.contracts.topics import TOPICS
from birge_common.messaging.admin import create_topics
from tests.support.eventually import eventually

TOPIC_NAMES = tuple(topic.name for topic in TOPICS)


def recreate_topics(bootstrap_servers: str, names: Iterable[str]) -> None:
    """Delete the topics and make them anew, empty and with other ids."""
    admin = AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 0})
    for answer in admin.delete_topics(list(names), operation_timeout=15).values():
        try:
            answer.result(15)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
                raise
    eventually(
        lambda: not set(names) & set(admin.list_topics(timeout=5).topics),
        within_seconds=15,
        what="the deletion of the topics",
    )
    create_topics(bootstrap_servers, replication_factor=1)
