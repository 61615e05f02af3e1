"""Kafka, MongoDB and the trace store as tests and services meet them, also after a crash."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import SpanKind
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from birge_stack.home import Home
from birge_stack.ports import free_port
from birge_stack.process import PartProcess
from birge_stack.zipkin import otlp_part, zipkin_part
from tests.support.eventually import eventually
from tests.support.stack import EmbeddedStack, shared_downloads

pytestmark = pytest.mark.integration


def new_topic(stack: EmbeddedStack) -> str:
    topic = f"test-{uuid.uuid4()}"
    admin = AdminClient({"bootstrap.servers": stack.kafka_bootstrap})
    for answer in admin.create_topics([NewTopic(topic, 1, 1)]).values():
        answer.result(10)
    return topic


async def published(stack: EmbeddedStack, topic: str) -> list[bytes]:
    consumer = AIOKafkaConsumer(bootstrap_servers=stack.kafka_bootstrap)
    await consumer.start()
    try:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        end = (await consumer.end_offsets([partition]))[partition]
        return [(await consumer.getone()).value or b"" for _ in range(end)]
    finally:
        await consumer.stop()


async def test_what_kafka_acknowledged_survives_its_kill(stack: EmbeddedStack) -> None:
    topic = new_topic(stack)
    producer = AIOKafkaProducer(bootstrap_servers=stack.kafka_bootstrap, acks="all")
    await producer.start()
    for number in range(10):
        await producer.send_and_wait(topic, str(number).encode())
    await producer.stop()

    stack.kafka.kill()
    stack.kafka.start()

    assert await published(stack, topic) == [str(number).encode() for number in range(10)]


def test_no_topic_comes_into_being_by_itself(stack: EmbeddedStack) -> None:
    admin = AdminClient({"bootstrap.servers": stack.kafka_bootstrap})
    topic = f"never-made-{uuid.uuid4()}"

    asked_for = admin.list_topics(topic, timeout=5).topics[topic]

    assert asked_for.error is not None
    assert topic not in admin.list_topics(timeout=5).topics


def test_what_mongodb_committed_survives_its_kill(stack: EmbeddedStack) -> None:
    with MongoClient[dict[str, Any]](stack.mongo_uri) as client:
        database = client[f"test-{uuid.uuid4()}"]
        with client.start_session() as session, session.start_transaction():
            database["cells"].insert_one({"_id": 1}, session=session)
            database["offsets"].insert_one({"_id": 2}, session=session)

        stack.mongod.kill()
        stack.mongod.start()

        assert [each["_id"] for each in database["cells"].find()] == [1]
        assert [each["_id"] for each in database["offsets"].find()] == [2]


def test_an_open_transaction_ends_after_seconds_not_minutes(stack: EmbeddedStack) -> None:
    with MongoClient[dict[str, Any]](stack.mongo_uri) as client:
        shown = client.admin.command("getParameter", 1, transactionLifetimeLimitSeconds=1)
    assert shown["transactionLifetimeLimitSeconds"] == 5


def test_fault_tests_can_make_a_command_fail(stack: EmbeddedStack) -> None:
    with MongoClient[dict[str, Any]](stack.mongo_uri, retryReads=False) as client:
        client.admin.command(
            "configureFailPoint",
            "failCommand",
            mode={"times": 1},
            data={"failCommands": ["count"], "errorCode": 2},
        )
        with pytest.raises(OperationFailure):
            client["test"].command("count", "anything")
        assert client["test"].command("count", "anything")["ok"]


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of a bridge and of the trace store behind it."""
    home = Home(tmp_path_factory.mktemp("traces"), shared_downloads())
    zipkin = PartProcess(zipkin_part(home, port=free_port()), home.log_of("zipkin"))
    bridge = otlp_part(port=free_port(), zipkin_url=zipkin.part.url)
    otlp = PartProcess(bridge, home.log_of("otlp"))
    try:
        zipkin.start()
        otlp.start()
        yield otlp.part.url, zipkin.part.url
    finally:
        otlp.stop()
        zipkin.stop()


def test_a_trace_over_kafka_is_found_with_its_edges(traces: tuple[str, str]) -> None:
    endpoint, store = traces
    kafka = {"messaging.system": "kafka"}

    def tracer(service: str) -> Any:
        provider = TracerProvider(resource=Resource({"service.name": service}))
        provider.add_span_processor(
            SimpleSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces"))
        )
        return provider.get_tracer("test")

    door, counting = tracer("ingest"), tracer("aggregator")
    with (
        door.start_as_current_span("POST /v1/events", kind=SpanKind.SERVER) as root,
        door.start_as_current_span("publish", kind=SpanKind.PRODUCER, attributes=kafka),
        counting.start_as_current_span("process", kind=SpanKind.CONSUMER, attributes=kafka),
    ):
        trace_id = f"{root.get_span_context().trace_id:032x}"

    def edges() -> set[tuple[str, str]]:
        query = {"endTs": "9999999999999", "lookback": "9999999999999"}
        answer = httpx.get(f"{store}/api/v2/dependencies", params=query, trust_env=False)
        return {(each["parent"], each["child"]) for each in answer.json()}

    expected = {("ingest", "kafka"), ("kafka", "aggregator")}
    eventually(lambda: expected <= edges(), within_seconds=10)
    spans = httpx.get(f"{store}/api/v2/trace/{trace_id}", trust_env=False).json()
    assert {each["localEndpoint"]["serviceName"] for each in spans} == {"ingest", "aggregator"}


def test_the_bridge_lives_on_after_garbage(traces: tuple[str, str]) -> None:
    endpoint, _ = traces
    with httpx.Client(base_url=endpoint, trust_env=False) as client:
        for body in (b"\x00\xff garbage", b"\x0a\xff\xff\xff\xff\x0f", b"{}"):
            headers = {"content-type": "application/x-protobuf"}
            assert client.post("/v1/traces", content=body, headers=headers).status_code == 400
        assert client.get("/health").status_code == 200


def test_a_stack_in_any_folder_leaves_no_process(tmp_path: Path) -> None:
    with EmbeddedStack(tmp_path / "Дерек қоры é") as running:
        processes = (running.kafka, running.mongod)
        assert all(process.is_running for process in processes)
    assert not any(process.is_running for process in processes)
