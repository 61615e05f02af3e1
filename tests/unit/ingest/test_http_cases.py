"""The H entries of the catalogue of bad inputs, as far as the application answers them itself."""

import asyncio
import gzip
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.door import BATCH, NDJSON, STRUCTURED, DoorUnderTest, activity, as_lines, as_text

EVENT = as_text(activity())
KIB = 1024


def zeros(count: int) -> bytes:
    return gzip.compress(b"0" * count)


REFUSED_BODIES = {
    "H1_missing_content_type": (EVENT, None, {}, 415, "unsupported_media_type"),
    "H1_empty_content_type": (EVENT, "", {}, 415, "unsupported_media_type"),
    "H1_unknown_content_type": (EVENT, "text/csv", {}, 415, "unsupported_media_type"),
    "H1_plain_json_without_attributes": (
        EVENT,
        "application/json",
        {},
        415,
        "unsupported_media_type",
    ),
    "H1_other_charset": (
        EVENT,
        f"{STRUCTURED}; charset=windows-1251",
        {},
        415,
        "unsupported_media_type",
    ),
    "H2_event_over_64_KiB": (b" " * (64 * KIB) + EVENT, STRUCTURED, {}, 413, "too_large"),
    "H2_batch_over_5_MiB": (b" " * (5 * KIB * KIB) + b"[]", BATCH, {}, 413, "too_large"),
    "H2_lines_over_5_MiB": (b"\n" * (5 * KIB * KIB + 1), NDJSON, {}, 413, "too_large"),
    "H4_unknown_coding": (
        EVENT,
        STRUCTURED,
        {"Content-Encoding": "br"},
        415,
        "unsupported_content_encoding",
    ),
    "H4_two_codings": (
        EVENT,
        STRUCTURED,
        {"Content-Encoding": "gzip, gzip"},
        415,
        "unsupported_content_encoding",
    ),
    "H4_gzip_ratio_over_20": (
        zeros(50 * KIB),
        STRUCTURED,
        {"Content-Encoding": "gzip"},
        413,
        "too_large",
    ),
    "H4_gzip_bomb": (zeros(50 * KIB * KIB), BATCH, {"Content-Encoding": "gzip"}, 413, "too_large"),
    "H4_not_gzip": (EVENT, STRUCTURED, {"Content-Encoding": "gzip"}, 400, "malformed"),
    "H4_gzip_cut_off": (
        gzip.compress(EVENT)[:-9],
        STRUCTURED,
        {"Content-Encoding": "gzip"},
        400,
        "malformed",
    ),
    "H4_gzip_with_more_after_it": (
        gzip.compress(EVENT) + b"x",
        STRUCTURED,
        {"Content-Encoding": "gzip"},
        400,
        "malformed",
    ),
    "H9_headers_over_16_KiB": (
        EVENT,
        STRUCTURED,
        {"X-Filler": "x" * 17_000},
        431,
        "headers_too_large",
    ),
    "H11_foreign_host": (EVENT, STRUCTURED, {"Host": "evil.example"}, 400, "foreign_host"),
}


@pytest.mark.parametrize(
    ("body", "content_type", "headers", "status", "code"),
    REFUSED_BODIES.values(),
    ids=REFUSED_BODIES.keys(),
)
async def test_a_request_that_cannot_be_taken_is_a_problem(
    door: DoorUnderTest,
    body: bytes,
    content_type: str | None,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = await door.send(body, content_type, headers=headers)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["type"] == f"https://birge.kz/problems/{code.replace('_', '-')}"
    assert problem["detail"]
    assert door.log.records == {}


async def test_h3_a_body_without_length_is_refused_at_the_limit(door: DoorUnderTest) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b" " * KIB

    answer = await door.client.post(
        "/v1/events",
        content=endless(),
        headers={"Authorization": f"Bearer {door.key}", "Content-Type": STRUCTURED},
    )
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"
    assert taken == 65


async def test_h4_a_gzipped_batch_is_taken(door: DoorUnderTest) -> None:
    body = gzip.compress(as_text([activity("r-1"), activity("r-2")]))
    answer = await door.send(body, BATCH, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 202
    assert len(door.values()) == 2


async def test_h5_a_body_that_does_not_come_is_given_up(door: DoorUnderTest) -> None:
    async def stuck() -> AsyncIterator[bytes]:
        yield EVENT[:10]
        await asyncio.Event().wait()

    answer = await door.client.post(
        "/v1/events",
        content=stuck(),
        headers={"Authorization": f"Bearer {door.key}", "Content-Type": STRUCTURED},
    )
    assert (answer.status_code, answer.json()["code"]) == (408, "too_slow")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
async def test_h7_a_wrong_method_is_told_the_right_one(door: DoorUnderTest, method: str) -> None:
    answer = await door.client.request(
        method, "/v1/events", headers={"Authorization": f"Bearer {door.key}"}
    )
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["content-type"] == "application/problem+json"


STRANGE_PATHS = {
    "H8_dots": "/v1/receipts/%2e%2e",
    "H8_dots_and_slash": "/v1/%2e%2e/v1/events",
    "H8_nul": "/v1/receipts/%00",
    "H8_twice_encoded": "/v1/receipts/%252e%252e%252fevents",
    "H8_nul_in_quarantine": "/v1/quarantine/%00",
    "H8_no_such_address": "/v1/nothing",
    "H8_not_unicode": "/v1/receipts/%ff",
}


@pytest.mark.parametrize("path", STRANGE_PATHS.values(), ids=STRANGE_PATHS.keys())
async def test_a_strange_path_leads_nowhere(door: DoorUnderTest, path: str) -> None:
    answer = await door.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


QUERIES = {
    "H10_unknown": "/v1/quarantine?filter=1",
    "H10_doubled": "/v1/quarantine?limit=1&limit=2",
    "H10_unknown_beside_events": "/v1/receipts/x?dry_run=1",
    "H10_limit_too_high": "/v1/quarantine?limit=1000000000",
    "H10_limit_below_one": "/v1/quarantine?limit=0",
    "H10_limit_no_number": "/v1/quarantine?limit=many",
    "H10_after_no_identifier": "/v1/quarantine?after=$ne",
}


@pytest.mark.parametrize("path", QUERIES.values(), ids=QUERIES.keys())
async def test_a_query_that_means_nothing_is_refused(door: DoorUnderTest, path: str) -> None:
    answer = await door.get(path)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


async def test_h10_unknown_parameter_of_the_door(door: DoorUnderTest) -> None:
    answer = await door.client.post(
        "/v1/events?dry_run=true",
        content=EVENT,
        headers={"Authorization": f"Bearer {door.key}", "Content-Type": STRUCTURED},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "query_parameter")
    assert door.log.records == {}


async def test_h12_a_forged_forwarded_address_changes_nothing(door: DoorUnderTest) -> None:
    forged = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "evil.example", "Forwarded": "x"}
    answer = await door.send(EVENT, headers=forged)
    assert answer.status_code == 202


async def test_h15_without_the_log_there_is_no_receipt(door: DoorUnderTest) -> None:
    door.log.is_away = True
    events = [activity("r-1"), activity("r-2", hours=-1)]
    away = await door.send(as_lines(events), NDJSON)
    assert (away.status_code, away.json()["code"]) == (503, "log_unavailable")
    assert away.headers["retry-after"] == "2"
    assert "receipt" not in away.json()
    assert "results" not in away.json()

    door.log.is_away = False
    back = await door.send(as_lines(events), NDJSON)
    assert [result["status"] for result in back.json()["results"]] == ["accepted", "rejected"]
    assert [value["id"] for value in door.values()] == ["e-r-1"]


async def test_h15_a_refused_event_needs_the_log_too(door: DoorUnderTest) -> None:
    door.log.is_away = True
    answer = await door.send_one(activity(hours=-1))
    assert answer.status_code == 503
    assert (await door.get("/v1/quarantine")).json()["entries"] == []


async def call_and_hang_up(door: DoorUnderTest, *, before_answer: bool) -> None:
    """Speak to the application as a server whose client goes away."""
    messages = [{"type": "http.request", "body": EVENT, "more_body": not before_answer}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        """The answer goes nowhere."""

    headers = {
        "host": "127.0.0.1",
        "authorization": f"Bearer {door.key}",
        "content-type": STRUCTURED,
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/events",
        "raw_path": b"/v1/events",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    await door.app(scope, receive, send)  # type: ignore[arg-type]


async def test_h16_a_client_gone_before_the_answer_retries_into_a_duplicate(
    door: DoorUnderTest,
) -> None:
    await call_and_hang_up(door, before_answer=True)
    retried = (await door.send(EVENT)).json()["results"][0]
    assert retried["status"] == "duplicate"
    content = door.signer.read(retried["receipt"])
    assert content is not None
    assert content.offset == 0
    assert len(door.values()) == 1


async def test_h16_a_client_gone_while_sending_leaves_nothing(door: DoorUnderTest) -> None:
    await call_and_hang_up(door, before_answer=False)
    assert door.log.records == {}
    assert (await door.send(EVENT)).json()["results"][0]["status"] == "accepted"


async def test_a_problem_names_the_limits_and_the_taken_types(door: DoorUnderTest) -> None:
    too_large = await door.send(b" " * (64 * KIB + 1))
    assert re.search(r"65536 bytes.*5242880", too_large.json()["detail"])
    unknown = await door.send(EVENT, "text/csv")
    assert json.loads(unknown.content)["detail"].count("application/") == 4
    assert NDJSON in unknown.headers["accept-post"]
