"""K1 to K3 and every value that cannot be counted: each is set aside alone, nothing ever stops."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

from birge_common.contracts.topics import QUARANTINE, SUBMISSIONS
from tests.support.counting_cluster import CountingCluster
from tests.support.event_stream import BAD_HEADERS, BAD_VALUES, Header, Sent, sent
from tests.support.eventually import eventually
from tests.support.exactness import recounted
from tests.support.records import census, event, report
from tests.support.recount import Recount, read_log

pytestmark = pytest.mark.integration

KEY = b"one|partition"
CENSUS = "kz.birge.census.submitted.v1"
JSON_HEADER: list[Header] = [("content-type", b"application/json")]


def _kept(**data: Any) -> bytes:
    return event(CENSUS, "KZ-71/2022-H2", {"version": 1, **data})


def _nested(levels: int) -> bytes:
    return _kept(x="HERE").replace(b'"HERE"', b"[" * levels + b"]" * levels)


# They decode, and the store would refuse them: without a check each would stop its partition.
REFUSED_BY_THE_STORE: Mapping[str, Callable[[], bytes]] = {
    "an integer of 64 bits and one": lambda: _kept(x=2**63),
    "an integer of 80 bits": lambda: _kept(x=[{"y": 2**80}]),
    "a name with NUL": lambda: _kept(**{"a\0b": 1}),
    "150 levels": lambda: _nested(150),
    "900 levels": lambda: _nested(900),
    "a version of 70 bits": lambda: report(version=2**70),
    "a category with a dot": lambda: report(participants={"a.b": 1}),
    "a category of nothing": lambda: report(participants={"": 1}),
    "a category with a dollar": lambda: report(participants={"$inc": 1}),
    "10^9 events": lambda: report(events=10**9),
    "an unknown kind of support": lambda: report(support=["a.b"]),
    "an unknown reason of exclusion": lambda: report(excluded=[{"reason": "$.x"}]),
    "a period that is none": lambda: report(period="2022-13"),
    "half a surrogate": lambda: _kept(x="HERE").replace(b"HERE", b"\\ud800"),
    "a source with a bar": lambda: census(source="urn:a|activity|b"),
}
K_CASES: Mapping[str, tuple[Callable[[], bytes | None], list[Header]]] = {
    "K1 null value": (BAD_VALUES["tombstone"], []),
    "K1 null value under a JSON header": (BAD_VALUES["tombstone"], JSON_HEADER),
    "K2 null header, no JSON": (BAD_VALUES["broken JSON"], BAD_HEADERS["null header"]),
    "K2 header without UTF-8, no JSON": (
        BAD_VALUES["broken JSON"],
        BAD_HEADERS["no UTF-8 in a header"],
    ),
    "K3 JSON header, broken body": (BAD_VALUES["broken JSON"], JSON_HEADER),
    "K3 JSON header, deep body": (BAD_VALUES["100,000 levels"], JSON_HEADER),
}
CASES: Mapping[str, tuple[Callable[[], bytes | None], list[Header]]] = {
    **K_CASES,
    **{name: (value, []) for name, value in BAD_VALUES.items()},
    **{name: (value, []) for name, value in REFUSED_BY_THE_STORE.items()},
    "700 kB of rubbish": (lambda: bytes(range(256)) * 2_800, []),
}


def neighbour(number: int) -> Sent:
    """A good record, under headers that are as bad as headers get: nobody needs them to count."""
    headers = list(BAD_HEADERS.values())[number % len(BAD_HEADERS)]
    good = sent(report(f"neighbour-{number}", hours=number + 1), headers)
    return Sent(good.topic, KEY, good.value, good.headers)


@dataclass(frozen=True)
class Story:
    """What was sent where, and what became of it."""

    places: Mapping[str, str]
    quarantine: Mapping[str, Mapping[str, Any]]
    recounted: Recount


@pytest.fixture(scope="module")
def story(cluster: CountingCluster) -> Story:
    """Every bad record between two good ones, all in one partition, in polls of ten."""
    records = [neighbour(0)]
    for number, (value, headers) in enumerate(CASES.values()):
        records += [Sent(SUBMISSIONS, KEY, value(), headers), neighbour(number + 1)]
    cluster.produce(records)
    cluster.worker(batch_records_max=10)
    cluster.wait_caught_up()
    log = read_log(cluster.stack.kafka_bootstrap)
    places = [":".join(map(str, place)) for place in sorted(log)]
    return Story(
        dict(zip(CASES, places[1::2], strict=True)),
        {row["_id"]: row for row in cluster.database["quarantine"].find()},
        recounted(cluster),
    )


@pytest.mark.parametrize("name", CASES)
def test_a_bad_record_is_quarantined_as_it_was(story: Story, name: str) -> None:
    assert story.quarantine[story.places[name]]["raw"] == CASES[name][0]()


def test_nothing_else_is_quarantined_and_every_neighbour_counts(
    story: Story, cluster: CountingCluster
) -> None:
    assert story.quarantine.keys() == set(story.places.values())
    neighbours = len(CASES) + 1
    assert cluster.database["ledger"].count_documents({}) == neighbours
    hours = sum(page["c"]["direction/umit/hours"] for page in cluster.database["pages"].find())
    assert hours == 100 * neighbours * (neighbours + 1) // 2


def test_the_rest_of_the_platform_is_told_of_each(story: Story, cluster: CountingCluster) -> None:
    eventually(
        lambda: cluster.database["outbox"].count_documents({}) == 0,
        within_seconds=20,
        what="an empty outbox",
    )
    told = _told(cluster)
    assert told.keys() == set(story.places.values())
    raw = told[story.places["K3 JSON header, broken body"]]["raw"]
    assert base64.b64decode(raw) == BAD_VALUES["broken JSON"]()


def _told(cluster: CountingCluster) -> dict[str, dict[str, Any]]:
    consumer = Consumer(
        {"bootstrap.servers": cluster.stack.kafka_bootstrap, "group.id": "told", "log_level": 0}
    )
    try:
        partitions = consumer.list_topics(QUARANTINE, timeout=15).topics[QUARANTINE].partitions
        consumer.assign([TopicPartition(QUARANTINE, n, OFFSET_BEGINNING) for n in partitions])
        found: dict[str, dict[str, Any]] = {}
        while len(found) < len(CASES) and (several := consumer.consume(500, timeout=5)):
            for message in several:
                data = json.loads(message.value() or b"")["data"]
                found[data["quarantine_id"]] = data
        return found
    finally:
        consumer.close()
