"""The one-shot program of deployments: topics are made as `topics.py` says, once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient, ConfigResource, ResourceType

from birge_common.contracts.topics import TOPICS
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration


@pytest.fixture
def new_stack(tmp_path: Path) -> Iterator[EmbeddedStack]:
    """A broker without topics: other tests give the session's broker topics of their own sizes."""
    with EmbeddedStack(tmp_path) as running:
        yield running


def test_topics_are_made_as_described_and_making_them_again_changes_nothing(
    new_stack: EmbeddedStack,
) -> None:
    environment = {**os.environ, "BIRGE_KAFKA__BOOTSTRAP_SERVERS": new_stack.kafka_bootstrap}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "birge_common.messaging.create_topics"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, f"{len(TOPICS)} topics are there.\n")
    admin = AdminClient({"bootstrap.servers": new_stack.kafka_bootstrap})
    there = admin.list_topics(timeout=15).topics
    wanted = {topic.name: topic.partitions for topic in TOPICS}
    assert {name: len(there[name].partitions) for name in wanted} == wanted
    resources = [ConfigResource(ResourceType.TOPIC, name) for name in wanted]
    described = {
        resource.name: answer.result(timeout=15)
        for resource, answer in admin.describe_configs(resources).items()
    }
    for topic in TOPICS:
        for name, value in topic.configuration(1).items():
            assert described[topic.name][name].value == value, (topic.name, name)
