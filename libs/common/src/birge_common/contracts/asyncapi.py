"""The AsyncAPI document: topics as channels, events as messages, services as who sends and reads.

It is made from the registry because the consumers read raw bytes, of which no framework can tell
what they hold.
"""

from typing import Any

from birge_common.contracts.registry import EVENT_TYPES, EventType
from birge_common.contracts.topics import TOPICS, Topic


def asyncapi_document(schemas_path: str) -> dict[str, Any]:
    """AsyncAPI 3.0; payloads refer to the committed schemas under `schemas_path`.

    They are those of the log: of a type whose data are sealed, the sealed form.
    """
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Birge events",
            "version": "1.0.0",
            "description": "Facts on the log, in CloudEvents 1.0 JSON; one schema for each type.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": dict(
            operation for topic in TOPICS for operation in _operations(topic).items()
        ),
        "components": {
            "messages": {
                event_type.type: _message(event_type, schemas_path)
                for event_type in EVENT_TYPES.values()
            }
        },
    }


def _types_on(topic: Topic) -> list[EventType]:
    return [entry for entry in EVENT_TYPES.values() if entry.topic == topic.name]


def _channel(topic: Topic) -> dict[str, Any]:
    settings = topic.configuration(replication_factor=3)
    return {
        "address": topic.name,
        "description": topic.purpose,
        "messages": {
            entry.type: {"$ref": f"#/components/messages/{entry.type}"}
            for entry in _types_on(topic)
        },
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": [topic.cleanup_policy],
                    "retention.ms": int(settings["retention.ms"]),
                },
            }
        },
    }


def _operations(topic: Topic) -> dict[str, Any]:
    channel = {"$ref": f"#/channels/{topic.name}"}
    sends = {
        f"{topic.producer}.sends.{topic.name}": {
            "action": "send",
            "channel": channel,
            "summary": f"{topic.producer} says: {topic.purpose}",
        }
    }
    reads = {
        f"{consumer}.reads.{topic.name}": {
            "action": "receive",
            "channel": channel,
            "summary": f"{consumer} reads: {topic.purpose}",
        }
        for consumer in topic.consumers
    }
    return sends | reads


def _message(event_type: EventType, schemas_path: str) -> dict[str, Any]:
    folder = f"{schemas_path}/sealed" if event_type.sealed else schemas_path
    key = next(topic.key for topic in TOPICS if topic.name == event_type.topic)
    return {
        "name": event_type.type,
        "summary": event_type.data.__doc__.split("\n")[0] if event_type.data.__doc__ else "",
        "payload": {"$ref": f"{folder}/{event_type.type}.json"},
        "bindings": {"kafka": {"key": {"type": "string", "description": key}}},
    }
