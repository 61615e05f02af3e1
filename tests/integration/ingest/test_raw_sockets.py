"""The H entries that only a real server can answer, spoken byte by byte."""

import socket
import time

import pytest

from tests.support.door import BATCH, STRUCTURED, activity, as_text
from tests.support.ingest_process import IngestProcess

pytestmark = pytest.mark.integration

SOURCE = "urn:raw-sockets"
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def key(ingest: IngestProcess) -> str:
    return ingest.new_key("Raw sockets", SOURCE)


class Wire:
    """One connection to the door."""

    def __init__(self, ingest: IngestProcess) -> None:
        self._socket = socket.create_connection(("127.0.0.1", ingest.port), timeout=20)

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def send_what_is_taken(self, chunk: bytes, times: int) -> int:
        """Send until the server hangs up; how many chunks it let through."""
        for sent in range(times):
            try:
                self._socket.sendall(chunk)
            except OSError:
                return sent
        return times

    def read_all(self) -> bytes:
        """Everything until the server closes."""
        parts = []
        while True:
            try:
                part = self._socket.recv(65_536)
            except ConnectionResetError:
                break
            if not part:
                break
            parts.append(part)
        return b"".join(parts)

    def read_head(self) -> bytes:
        """The first bytes of an answer."""
        return self._socket.recv(65_536)


def head(key: str, *lines: str, method: str = "POST", content_type: str = STRUCTURED) -> bytes:
    return "\r\n".join(
        [
            f"{method} /v1/events HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {key}",
            f"Content-Type: {content_type}",
            *lines,
            "",
            "",
        ]
    ).encode()


@pytest.mark.parametrize(
    ("content_type", "length"), [(STRUCTURED, 64 * 1024 + 1), (BATCH, 5 * MIB + 1)]
)
def test_h2_a_declared_length_over_the_limit_is_refused_before_the_body(
    ingest: IngestProcess, key: str, content_type: str, length: int
) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, f"Content-Length: {length}", content_type=content_type))
        answer = wire.read_all()
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()
    assert b'"too_large"' in answer


def test_h3_chunks_over_the_limit_are_refused_at_the_limit(ingest: IngestProcess, key: str) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, "Transfer-Encoding: chunked", content_type=BATCH))
        chunk = b"%x\r\n" % MIB + b" " * MIB + b"\r\n"
        taken = wire.send_what_is_taken(chunk, 200)
        answer = wire.read_all()
    assert taken < 100
    assert answer.startswith(b"HTTP/1.1 413") or answer == b""


def test_h3_the_answer_to_too_many_chunks_can_be_read(ingest: IngestProcess, key: str) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, "Transfer-Encoding: chunked"))
        wire.send(b"%x\r\n" % 70_000 + b" " * 70_000 + b"\r\n")
        answer = wire.read_all()
    assert answer.startswith(b"HTTP/1.1 413")


def test_h5_what_does_not_come_is_given_up_and_disturbs_nobody(
    ingest: IngestProcess, key: str
) -> None:
    with Wire(ingest) as silent, Wire(ingest) as slow_head, Wire(ingest) as slow_body:
        began_at = time.monotonic()
        slow_head.send(b"GET /health/live HTTP/1.1\r\nHost: 127")
        slow_body.send(head(key, "Content-Length: 100") + b"{")
        answer = ingest.send(as_text(activity("beside", source=SOURCE)), STRUCTURED, key)
        assert answer.status_code == 202
        assert time.monotonic() - began_at < 5
        for wire in (silent, slow_head, slow_body):
            assert wire.read_all().startswith(b"HTTP/1.1 408")
    assert 9 < time.monotonic() - began_at < 15


@pytest.mark.parametrize("order", [1, -1])
def test_h6_two_ways_of_length_are_refused(ingest: IngestProcess, key: str, order: int) -> None:
    lines = ["Content-Length: 6", "Transfer-Encoding: chunked"][::order]
    smuggled = b"0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with Wire(ingest) as wire:
        wire.send(head(key, *lines) + smuggled)
        answer = wire.read_all()
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"HTTP/1.1 200" not in answer
    assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: -1",),
        ("Content-Length: 0x10",),
        ("Transfer-Encoding: gzip, chunked, identity",),
        ("Bad Header: x",),
    ],
)
def test_h6_a_length_that_can_be_misread_is_refused(
    ingest: IngestProcess, key: str, lines: tuple[str, ...]
) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, *lines) + b"0\r\n\r\n")
        answer = wire.read_all()
    assert answer.startswith(b"HTTP/1.1 4")


def test_h7_trace_is_refused_with_what_is_allowed(ingest: IngestProcess, key: str) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, "Content-Length: 0", method="TRACE"))
        answer = wire.read_head()
    assert answer.startswith(b"HTTP/1.1 405")
    assert b"allow: POST" in answer


def test_h9_headers_over_16_kib_are_refused(ingest: IngestProcess, key: str) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, f"X-Filler: {'x' * 17_000}", "Content-Length: 0"))
        answer = wire.read_head()
    assert answer.startswith(b"HTTP/1.1 431")


def test_h9_headers_without_end_are_cut(ingest: IngestProcess) -> None:
    with Wire(ingest) as wire:
        wire.send(b"GET / HTTP/1.1\r\n")
        taken = wire.send_what_is_taken(b"X-Filler: " + b"x" * MIB + b"\r\n", 200)
    assert taken < 20


def test_h10_a_doubled_parameter_is_refused(ingest: IngestProcess, key: str) -> None:
    assert ingest.get("/v1/quarantine?limit=1&limit=2", key).status_code == 400


def test_h11_a_foreign_host_is_refused(ingest: IngestProcess, key: str) -> None:
    with Wire(ingest) as wire:
        wire.send(b"GET /health/live HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        assert wire.read_head().startswith(b"HTTP/1.1 400")


def test_the_server_does_not_tell_what_it_is(ingest: IngestProcess, key: str) -> None:
    answer = ingest.get("/v1/quarantine", key)
    assert "server" not in answer.headers


def test_a_body_may_wait_for_100_continue(ingest: IngestProcess, key: str) -> None:
    body = as_text(activity("continue", source=SOURCE))
    with Wire(ingest) as wire:
        wire.send(head(key, f"Content-Length: {len(body)}", "Expect: 100-continue"))
        assert wire.read_head().startswith(b"HTTP/1.1 100")
        wire.send(body)
        assert wire.read_head().startswith(b"HTTP/1.1 202")


def test_h2_with_100_continue_the_body_is_never_asked_for(ingest: IngestProcess, key: str) -> None:
    with Wire(ingest) as wire:
        wire.send(head(key, f"Content-Length: {MIB}", "Expect: 100-continue"))
        assert wire.read_all().startswith(b"HTTP/1.1 413")
