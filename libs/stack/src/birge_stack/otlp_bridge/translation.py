"""Zipkin's spans from OTLP's: what a span says, in the words its viewer draws a graph from."""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

KINDS: Final[Mapping[int, str]] = {
    Span.SPAN_KIND_SERVER: "SERVER",
    Span.SPAN_KIND_CLIENT: "CLIENT",
    Span.SPAN_KIND_PRODUCER: "PRODUCER",
    Span.SPAN_KIND_CONSUMER: "CONSUMER",
}
RESOURCE_TAGS = ("service.instance.id", "service.version", "deployment.environment.name")
TRACE_ID_BYTES = 16
SPAN_ID_BYTES = 8
NANOSECONDS_PER_MICROSECOND = 1000

ZipkinSpan = dict[str, Any]


def zipkin_spans_from(request: ExportTraceServiceRequest) -> Iterator[ZipkinSpan]:
    """Every span of an export that has the ids Zipkin needs; the others are left out."""
    for resource_spans in request.resource_spans:
        resource = _tags_from(resource_spans.resource.attributes)
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                if _is_storable(span):
                    yield zipkin_span_from(span, resource)


def span_count(request: ExportTraceServiceRequest) -> int:
    """How many spans an export brought."""
    return sum(len(scope.spans) for each in request.resource_spans for scope in each.scope_spans)


def zipkin_span_from(span: Span, resource: Mapping[str, str]) -> ZipkinSpan:
    """One span, its remote end named so that the dependency graph gets its edge."""
    tags = _tags_from(span.attributes)
    kind = KINDS.get(span.kind)
    remote = _remote_service(tags, kind)
    duration = (span.end_time_unix_nano - span.start_time_unix_nano) // NANOSECONDS_PER_MICROSECOND
    translated: ZipkinSpan = {
        "traceId": span.trace_id.hex(),
        "id": span.span_id.hex(),
        "name": span.name,
        "timestamp": _microseconds(span.start_time_unix_nano),
        "duration": max(1, duration),
        "localEndpoint": {"serviceName": resource.get("service.name", "unknown")},
        "tags": {**tags, **_outcome_tags(span), **_resource_tags(resource)},
        "annotations": [
            {"timestamp": _microseconds(event.time_unix_nano), "value": event.name}
            for event in span.events
        ],
    }
    if span.parent_span_id:
        translated["parentId"] = span.parent_span_id.hex()
    if kind:
        translated["kind"] = kind
    if remote:
        translated["remoteEndpoint"] = {"serviceName": remote}
    return translated


def _is_storable(span: Span) -> bool:
    return (
        len(span.trace_id) == TRACE_ID_BYTES
        and len(span.span_id) == SPAN_ID_BYTES
        and len(span.parent_span_id) in (0, SPAN_ID_BYTES)
        and any(span.trace_id)
        and any(span.span_id)
    )


def _remote_service(tags: Mapping[str, str], kind: str | None) -> str | None:
    names = [tags.get("peer.service")]
    if kind in ("PRODUCER", "CONSUMER"):
        names.append(tags.get("messaging.system"))
    names += [tags.get("db.system.name"), tags.get("db.system")]
    if kind == "CLIENT":
        names.append(tags.get("server.address"))
    return next((name for name in names if name), None)


def _outcome_tags(span: Span) -> dict[str, str]:
    tags = {
        f"link.{number}": f"{link.trace_id.hex()}/{link.span_id.hex()}"
        for number, link in enumerate(span.links)
    }
    if span.status.code == Status.STATUS_CODE_ERROR:
        tags["error"] = span.status.message or "true"
    return tags


def _resource_tags(resource: Mapping[str, str]) -> dict[str, str]:
    return {name: resource[name] for name in RESOURCE_TAGS if name in resource}


def _tags_from(attributes: "Iterator[KeyValue] | Any") -> dict[str, str]:
    return {attribute.key: _text(_plain(attribute.value)) for attribute in attributes}


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(value: AnyValue) -> object:
    match value.WhichOneof("value"):
        case None:
            return ""
        case "array_value":
            return [_plain(each) for each in value.array_value.values]
        case "kvlist_value":
            return {each.key: _plain(each.value) for each in value.kvlist_value.values}
        case "bytes_value":
            return base64.b64encode(value.bytes_value).decode("ascii")
        case name:
            return getattr(value, name)


def _microseconds(nanoseconds: int) -> int:
    return nanoseconds // NANOSECONDS_PER_MICROSECOND
