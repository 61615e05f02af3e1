"""The door as it runs: its promises hold through restarts and while its neighbours are away."""

import asyncio
import json
import threading
import time
from uuid import uuid4

import httpx
import pytest

from birge_common.security.receipts import Receipt, ReceiptSigner
from tests.support.door import NDJSON, STRUCTURED, Event, activity, as_lines, as_text
from tests.support.eventually import eventually
from tests.support.ingest_process import IngestProcess
from tests.support.log_reading import records_of
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration

SUBMISSIONS = "birge.submissions.v1"
SIGNER = ReceiptSigner("r" * 32)


@pytest.fixture
def source() -> str:
    return f"urn:{uuid4()}"


def receipt_in(result: dict[str, str]) -> Receipt:
    content = SIGNER.read(result["receipt"])
    assert content is not None
    return content


def test_every_receipt_holds_exactly_its_event(
    ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = ingest.new_key("Concurrent", source)
    requests = [
        [activity(f"r-{n}-{m}", source=source) for m in range(size)]
        for n, size in enumerate([1, 1, 40, 1, 250, 7, 1, 90] * 6)
    ]
    answers: dict[int, httpx.Response] = {}

    def send(start: int) -> None:
        for at in range(start, len(requests), 8):
            answers[at] = ingest.send(as_lines(requests[at]), NDJSON, key)

    threads = [threading.Thread(target=send, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = asyncio.run(records_of(stack.kafka_bootstrap, SUBMISSIONS))
    count = 0
    for at, request in enumerate(requests):
        body = answers[at].json()
        for event, result in zip(request, body["results"], strict=True):
            receipt = receipt_in(result)
            record = held[receipt.partition, receipt.offset]
            assert json.loads(record.value) == event
            assert record.key.decode() == f"{source}|{event['subject']}"
            headers = dict(record.headers)
            assert headers["traceparent"][3:35].decode() == body["trace_id"] == receipt.trace_id
            count += 1
    assert count == sum(len(request) for request in requests)


def test_duplicates_and_the_quarantine_outlive_a_restart(
    own_ingest: IngestProcess, source: str
) -> None:
    key = own_ingest.new_key("Restarted", source)
    good, bad = activity("good", source=source), activity("bad", source=source, hours=-1)
    first = own_ingest.send(as_lines([good, bad]), NDJSON, key).json()["results"]
    assert own_ingest.stop() < 10
    own_ingest.start()
    again = own_ingest.send(as_lines([good, bad]), NDJSON, key).json()["results"]
    assert [result["status"] for result in again] == ["duplicate", "rejected"]
    assert again[0]["receipt"] == first[0]["receipt"]
    entries = own_ingest.get("/v1/quarantine", key).json()["entries"]
    assert [entry["event"] for entry in entries] == [bad, bad]


def test_h15_without_kafka_it_says_so_stops_starts_and_then_goes_on(
    own_ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = own_ingest.new_key("Without a log", source)
    event = as_text(activity("r-1", source=source))
    stack.kafka.kill()
    try:
        away = own_ingest.send(event, STRUCTURED, key)
        assert (away.status_code, away.json()["code"]) == (503, "log_unavailable")
        assert away.headers["retry-after"]
        began_at = time.monotonic()
        assert own_ingest.send(event, STRUCTURED, key).status_code == 503
        assert time.monotonic() - began_at < 1
        own_ingest.wait_for("/health/ready", 503, within=5)
        own_ingest.wait_for("/health/live", 200, within=5)
        assert own_ingest.stop() < 10
        own_ingest.start(until_ready=False)
        own_ingest.wait_for("/health/live", 200, within=30)
        own_ingest.wait_for("/health/ready", 503, within=10)
    finally:
        stack.kafka.start()
    own_ingest.wait_for("/health/ready", 200, within=60)
    back = own_ingest.send(event, STRUCTURED, key)
    assert back.json()["results"][0]["status"] == "accepted"
    receipt = receipt_in(back.json()["results"][0])
    held = asyncio.run(records_of(stack.kafka_bootstrap, SUBMISSIONS))
    assert json.loads(held[receipt.partition, receipt.offset].value)["source"] == source


def test_while_mongodb_is_away_events_are_accepted_all_the_same(
    own_ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = own_ingest.new_key("Without a store", source)

    def send(event: Event) -> tuple[str, float]:
        began_at = time.monotonic()
        answer = own_ingest.send(as_text(event), STRUCTURED, key)
        return answer.json()["results"][0]["status"], time.monotonic() - began_at

    assert send(activity("before", source=source))[0] == "accepted"
    stack.mongod.kill()
    try:
        statuses, seconds = zip(
            *(send(activity(f"without-{n}", source=source)) for n in range(20)), strict=True
        )
        assert set(statuses) == {"accepted"}
        assert sorted(seconds)[10] < 0.2
        assert send(activity("bad", source=source, hours=-1))[0] == "rejected"
        away = own_ingest.get("/v1/quarantine", key)
        assert (away.status_code, away.json()["code"]) == (503, "store_unavailable")
        assert own_ingest.get("/health/ready", key).status_code == 200
    finally:
        stack.mongod.start()
    assert send(activity("before", source=source))[0] in ("accepted", "duplicate")
    known = iter(range(1_000))

    def doubles_are_told_again() -> bool:
        event = activity(f"after-{next(known)}", source=source)
        return [send(event)[0], send(event)[0]] == ["accepted", "duplicate"]

    eventually(doubles_are_told_again, within_seconds=30)


def test_a_paused_mongodb_holds_up_one_request_and_not_those_after_it(
    own_ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = own_ingest.new_key("Paused store", source)
    own_ingest.send(as_text(activity("before", source=source)), STRUCTURED, key)
    stack.mongod.pause()
    try:
        seconds = []
        for number in range(10):
            began_at = time.monotonic()
            event = activity(f"r-{number}", source=source)
            assert own_ingest.send(as_text(event), STRUCTURED, key).status_code == 202
            seconds.append(time.monotonic() - began_at)
    finally:
        stack.mongod.resume()
    assert seconds[0] < 3
    assert max(seconds[1:]) < 0.5


def appends_of(door: IngestProcess) -> float:
    """How many times the process has appended to the log."""
    text = httpx.get(f"{door.url}/metrics").text
    name = "birge_ingest_log_append_duration_seconds_count "
    return sum(float(line.split()[1]) for line in text.splitlines() if line.startswith(name))


def test_it_stops_quickly_and_answers_what_is_under_way(
    own_ingest: IngestProcess, source: str
) -> None:
    key = own_ingest.new_key("Stopped", source)
    answers: list[httpx.Response] = []

    def send() -> None:
        events = [activity(f"r-{n}", source=source) for n in range(3_000)]
        answers.append(own_ingest.send(as_lines(events), NDJSON, key))

    before = appends_of(own_ingest)
    sending = threading.Thread(target=send)
    sending.start()
    # The key's own append is one; the next one means that the request is on its way.
    eventually(lambda: appends_of(own_ingest) > before, within_seconds=20)
    assert own_ingest.stop() < 10
    sending.join()
    [answer] = answers
    assert answer.status_code == 202
    assert {result["status"] for result in answer.json()["results"]} == {"accepted"}


def test_metrics_tell_what_happened(ingest: IngestProcess, source: str) -> None:
    key = ingest.new_key("Measured", source)
    good, bad = activity("r-1", source=source), activity("r-2", source=source, hours=-1)
    ingest.send(as_lines([good, bad, good]), NDJSON, key)
    text = httpx.get(f"{ingest.url}/metrics").text
    for line in (
        'birge_ingest_events_total{status="accepted"}',
        'birge_ingest_events_total{status="duplicate"}',
        'birge_ingest_events_total{status="rejected"}',
        'birge_ingest_refusals_total{code="range"}',
        'birge_http_requests_total{method="POST",route="/v1/events",status="202"}',
    ):
        assert line in text
