"""The bridge's one route: take an OTLP export, hand it to Zipkin, answer as OTLP says."""

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import httpx
import msgspec
from fastapi import FastAPI, Request, Response
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from birge_stack.otlp_bridge.translation import span_count, zipkin_spans_from

PROTOBUF: Final = "application/x-protobuf"
BODY_BYTES_MAX = 16 * 1024 * 1024
ZIPKIN_TIMEOUT_SECONDS = 10.0
GZIP_WINDOW_BITS = 16 + zlib.MAX_WBITS


class Refused(Exception):
    """An export that is not taken; a sender may repeat it only where the status says so."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def create_app(zipkin: httpx.AsyncClient) -> FastAPI:
    """The bridge in front of one Zipkin."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with zipkin:
            yield

    app = FastAPI(lifespan=lifespan, openapi_url=None)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "UP"}

    @app.post("/v1/traces")
    async def traces(request: Request) -> Response:
        try:
            export = _decoded(request, await _body(request))
            spans = list(zipkin_spans_from(export))
            await _store(zipkin, msgspec.json.encode(spans))
        except Refused as refusal:
            return Response(str(refusal), refusal.status, media_type="text/plain")
        return _accepted(rejected=span_count(export) - len(spans))

    return app


async def _body(request: Request) -> bytes:
    """The request's body, read no further than the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bytes(body)


def _decoded(request: Request, body: bytes) -> ExportTraceServiceRequest:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PROTOBUF:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    match request.headers.get("content-encoding", "identity").strip().lower():
        case "identity":
            plain = body
        case "gzip":
            plain = _unpacked(body)
        case _:
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        return ExportTraceServiceRequest.FromString(plain)
    except DecodeError as error:
        raise Refused(HTTPStatus.BAD_REQUEST) from error


def _unpacked(body: bytes) -> bytes:
    """The content of a gzip body, without ever holding more than the limit of a bomb."""
    unpacking = zlib.decompressobj(GZIP_WINDOW_BITS)
    try:
        plain = unpacking.decompress(body, BODY_BYTES_MAX)
    except zlib.error as error:
        raise Refused(HTTPStatus.BAD_REQUEST) from error
    if unpacking.unconsumed_tail:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not unpacking.eof:
        raise Refused(HTTPStatus.BAD_REQUEST)
    return plain


async def _store(zipkin: httpx.AsyncClient, spans: bytes) -> None:
    try:
        answer = await zipkin.post(
            "/api/v2/spans", content=spans, headers={"content-type": "application/json"}
        )
    except httpx.HTTPError as error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE) from error
    if answer.is_server_error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
    if not answer.is_success:
        raise Refused(HTTPStatus.BAD_REQUEST)


def _accepted(*, rejected: int) -> Response:
    answer = ExportTraceServiceResponse()
    if rejected:
        answer.partial_success.rejected_spans = rejected
        answer.partial_success.error_message = "spans without valid ids"
    return Response(answer.SerializeToString(), media_type=PROTOBUF)
