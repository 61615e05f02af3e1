"""The registry: each type has a topic and an owner, and its subject is what its data says."""

import json
from pathlib import Path

import pytest

from birge_common.contracts.registry import EVENT_TYPES, FAMILIES, EventType
from birge_common.contracts.topics import SUBMISSIONS, TOPICS
from tests.support.examples import bent, example, example_paths

AT_THE_DOOR = {
    "kz.birge.activity.reported.v1",
    "kz.birge.activity.retracted.v1",
    "kz.birge.census.submitted.v1",
    "kz.birge.inquiry.received.v1",
    "kz.birge.inquiry.resolved.v1",
    "kz.birge.milestone.reported.v1",
    "kz.birge.reference.published.v1",
    "kz.birge.grant-indicator.reported.v1",
    "kz.birge.finding.explained.v1",
    "kz.birge.nomination.submitted.v1",
    "kz.birge.nomination.withdrawn.v1",
}


def by_name(entry: EventType) -> str:
    return entry.type


def test_the_door_is_open_for_what_partners_send() -> None:
    assert {entry.type for entry in EVENT_TYPES.values() if entry.at_the_door} == AT_THE_DOOR


def test_a_key_can_be_limited_to_each_family_that_partners_send() -> None:
    sent = {entry.family for entry in EVENT_TYPES.values() if entry.at_the_door}
    assert set(FAMILIES) == sent


@pytest.mark.parametrize("entry", EVENT_TYPES.values(), ids=by_name)
def test_each_type_is_on_a_topic_of_its_producer(entry: EventType) -> None:
    topic = next(topic for topic in TOPICS if topic.name == entry.topic)
    assert entry.producer == topic.producer


def test_each_topic_has_types_an_owner_and_readers() -> None:
    used = {entry.topic for entry in EVENT_TYPES.values()}
    assert used == {topic.name for topic in TOPICS}
    assert all(topic.producer and topic.consumers and topic.purpose for topic in TOPICS)


def test_submissions_have_twelve_partitions_and_are_kept_for_ever() -> None:
    topic = next(topic for topic in TOPICS if topic.name == SUBMISSIONS)
    assert topic.partitions == 12
    assert topic.configuration(replication_factor=1) == {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "compression.type": "lz4",
        "message.timestamp.type": "LogAppendTime",
        "min.insync.replicas": "1",
    }
    assert topic.configuration(replication_factor=3)["min.insync.replicas"] == "2"


@pytest.mark.parametrize("path", example_paths(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_an_example_is_read_and_its_subject_is_its_identity(path: Path) -> None:
    raw = path.read_bytes()
    entry = EVENT_TYPES[json.loads(raw)["type"]]
    event = entry.adapter.validate_json(raw)
    assert event.type == ".".join(path.parts[-3:-1])
    assert event.subject == entry.subject_of(event.data)


@pytest.mark.parametrize("entry", EVENT_TYPES.values(), ids=by_name)
def test_a_type_has_a_version_in_its_data_where_versions_order_it(entry: EventType) -> None:
    assert ("version" in entry.data.model_fields) is entry.versioned


def test_the_subject_of_a_quarantined_event_is_its_own_source_and_id() -> None:
    entry = EVENT_TYPES["kz.birge.submission.quarantined.v1"]
    document = example("kz.birge.submission.quarantined/v1/unknown-direction")

    def subject(pointer: str, value: object) -> str:
        raw = json.dumps(bent(document, pointer, value))
        return entry.subject_of(entry.adapter.validate_json(raw).data)

    source, entry_id = document["data"]["source"], document["data"]["quarantine_id"]
    assert subject("/data/event_id", "7") == f"{source}|7"
    for hopeless in (None, "", "x" * 600, "a\u0000b"):
        assert subject("/data/event_id", hopeless) == entry_id
