"""The bridge says in Zipkin's words what a span said, and survives whatever it is sent."""

import gzip
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from birge_stack.otlp_bridge.app import BODY_BYTES_MAX, create_app
from birge_stack.otlp_bridge.translation import zipkin_spans_from

PROTOBUF = {"content-type": "application/x-protobuf"}
TRACE_ID, SPAN_ID, PARENT_ID = bytes(range(16)), bytes(range(8)), b"\x01" * 8


def text(key: str, value: str) -> KeyValue:
    return KeyValue(key=key, value=AnyValue(string_value=value))


def span(**fields: Any) -> Span:
    valid: dict[str, Any] = {
        "trace_id": TRACE_ID,
        "span_id": SPAN_ID,
        "name": "publish",
        "start_time_unix_nano": 1_000_000_000,
        "end_time_unix_nano": 1_000_500_000,
    }
    return Span(**(valid | fields))


def export(*spans: Span, service: str = "ingest") -> ExportTraceServiceRequest:
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    resource_spans.resource.attributes.append(text("service.name", service))
    resource_spans.scope_spans.add().spans.extend(spans)
    return request


def translated(one: Span) -> dict[str, Any]:
    (only,) = zipkin_spans_from(export(one))
    return only


def test_ids_times_and_service_are_carried_over() -> None:
    assert translated(span(parent_span_id=PARENT_ID, kind=Span.SPAN_KIND_SERVER)) == {
        "traceId": "000102030405060708090a0b0c0d0e0f",
        "id": "0001020304050607",
        "parentId": "0101010101010101",
        "name": "publish",
        "kind": "SERVER",
        "timestamp": 1_000_000,
        "duration": 500,
        "localEndpoint": {"serviceName": "ingest"},
        "tags": {},
        "annotations": [],
    }


@pytest.mark.parametrize(
    ("kind", "attributes", "remote"),
    [
        (Span.SPAN_KIND_PRODUCER, {"messaging.system": "kafka"}, "kafka"),
        (Span.SPAN_KIND_CONSUMER, {"messaging.system": "kafka"}, "kafka"),
        (Span.SPAN_KIND_SERVER, {"messaging.system": "kafka"}, None),
        (Span.SPAN_KIND_CLIENT, {"db.system.name": "mongodb", "server.address": "h"}, "mongodb"),
        (Span.SPAN_KIND_CLIENT, {"db.system": "mongodb"}, "mongodb"),
        (Span.SPAN_KIND_CLIENT, {"server.address": "h"}, "h"),
        (Span.SPAN_KIND_SERVER, {"server.address": "h"}, None),
        (Span.SPAN_KIND_CLIENT, {"peer.service": "awards", "db.system": "mongodb"}, "awards"),
        (Span.SPAN_KIND_INTERNAL, {}, None),
    ],
)
def test_the_other_end_is_named_for_the_dependency_graph(
    kind: Any, attributes: dict[str, str], remote: str | None
) -> None:
    one = translated(span(kind=kind, attributes=[text(*each) for each in attributes.items()]))
    assert one.get("remoteEndpoint") == (remote and {"serviceName": remote})


def test_values_links_errors_and_events_become_tags_and_annotations() -> None:
    listed = ArrayValue(values=[AnyValue(int_value=7), AnyValue(string_value="қ")])
    one = translated(
        span(
            attributes=[
                KeyValue(key="count", value=AnyValue(int_value=3)),
                KeyValue(key="late", value=AnyValue(bool_value=True)),
                KeyValue(key="list", value=AnyValue(array_value=listed)),
                KeyValue(key="empty", value=AnyValue()),
            ],
            links=[Span.Link(trace_id=TRACE_ID, span_id=SPAN_ID)],
            status=Status(code=Status.STATUS_CODE_ERROR, message="refused"),
            events=[Span.Event(time_unix_nano=2_000_000, name="retry")],
        )
    )
    assert one["tags"] == {
        "count": "3",
        "late": "true",
        "list": '[7, "қ"]',
        "empty": "",
        "link.0": f"{TRACE_ID.hex()}/{SPAN_ID.hex()}",
        "error": "refused",
    }
    assert one["annotations"] == [{"timestamp": 2000, "value": "retry"}]


def test_a_clock_that_went_back_gives_the_shortest_duration() -> None:
    assert translated(span(end_time_unix_nano=1))["duration"] == 1


class Zipkin:
    """Keeps what it is sent and answers as it is told to."""

    def __init__(self) -> None:
        self.spans: list[dict[str, Any]] = []
        self.answer: Callable[[], httpx.Response] = lambda: httpx.Response(202)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.spans += json.loads(request.content)
        return self.answer()


@pytest.fixture
def zipkin() -> Zipkin:
    return Zipkin()


@pytest.fixture
async def bridge(zipkin: Zipkin) -> AsyncIterator[httpx.AsyncClient]:
    store = httpx.AsyncClient(
        base_url="http://zipkin", transport=httpx.MockTransport(zipkin.handle)
    )
    transport = httpx.ASGITransport(create_app(store))
    async with httpx.AsyncClient(base_url="http://bridge", transport=transport) as client:
        yield client


async def test_spans_are_stored_plain_or_packed(bridge: httpx.AsyncClient, zipkin: Zipkin) -> None:
    body = export(span()).SerializeToString()
    plain = await bridge.post("/v1/traces", content=body, headers=PROTOBUF)
    packed = await bridge.post(
        "/v1/traces",
        content=gzip.compress(body),
        headers={**PROTOBUF, "content-encoding": "gzip"},
    )

    assert (plain.status_code, packed.status_code) == (200, 200)
    assert plain.headers["content-type"] == "application/x-protobuf"
    assert ExportTraceServiceResponse.FromString(plain.content) == ExportTraceServiceResponse()
    assert [each["name"] for each in zipkin.spans] == ["publish", "publish"]


async def test_spans_without_valid_ids_are_counted_as_rejected_and_the_rest_is_kept(
    bridge: httpx.AsyncClient, zipkin: Zipkin
) -> None:
    broken = [span(trace_id=b"short"), span(span_id=bytes(8)), span(parent_span_id=b"xx")]
    answer = await bridge.post(
        "/v1/traces", content=export(span(), *broken).SerializeToString(), headers=PROTOBUF
    )

    said = ExportTraceServiceResponse.FromString(answer.content)
    assert (answer.status_code, said.partial_success.rejected_spans) == (200, 3)
    assert len(zipkin.spans) == 1


BOMB = gzip.compress(bytes(BODY_BYTES_MAX + 1))
GZIP = {"content-encoding": "gzip"}


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"\xff\xfe not protobuf", PROTOBUF, 400),
        (b"{}", {"content-type": "application/json"}, 415),
        (b"", {}, 415),
        (b"x", PROTOBUF | {"content-encoding": "br"}, 415),
        (b"not gzip", PROTOBUF | GZIP, 400),
        (gzip.compress(b"cut off")[:-4], PROTOBUF | GZIP, 400),
        (b"", PROTOBUF | GZIP, 400),
        (BOMB, PROTOBUF | GZIP, 413),
        (bytes(BODY_BYTES_MAX + 1), PROTOBUF, 413),
    ],
    ids=["garbage", "json", "untyped", "br", "no-gzip", "cut", "empty-gzip", "bomb", "large"],
)
async def test_what_is_no_export_is_refused_and_reaches_no_store(
    bridge: httpx.AsyncClient,
    zipkin: Zipkin,
    content: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    answer = await bridge.post("/v1/traces", content=content, headers=headers)

    assert answer.status_code == status
    assert zipkin.spans == []


def unreachable() -> httpx.Response:
    raise httpx.ConnectError("nobody there")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda: httpx.Response(500), 503),
        (lambda: httpx.Response(400), 400),
        (unreachable, 503),
    ],
    ids=["store-fails", "store-refuses", "store-away"],
)
async def test_a_sender_repeats_only_what_the_store_may_take_later(
    bridge: httpx.AsyncClient, zipkin: Zipkin, answer: Callable[[], httpx.Response], status: int
) -> None:
    zipkin.answer = answer
    body = export(span()).SerializeToString()

    assert (await bridge.post("/v1/traces", content=body, headers=PROTOBUF)).status_code == status
