"""Goal 10: from the door's answer to the figure, at a calm pace, one event at a time."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from birge_stack.bench.events import SentEvent
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.measurements import quantile
from birge_stack.bench.servers import Servers
from birge_stack.errors import StackError

POLL_SECONDS = 0.002
WAIT_SECONDS = 10.0


@dataclass
class _Waiting:
    """Events that are answered and not seen yet, by identity in the ledger."""

    answered_at: dict[str, float] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def freshness_findings(
    servers: Servers,
    events: Sequence[SentEvent],
    *,
    url: str,
    key: str,
    database: str,
    events_a_second: float = 50,
) -> list[Finding]:
    """Send the events one by one; see each in the ledger, which the counters change with."""
    waiting, stop = _Waiting(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(servers, database, waiting, stop))
    watcher.start()
    try:
        _send(events, waiting, url=url, key=key, events_a_second=events_a_second)
        _wait_for_the_rest(waiting)
    finally:
        stop.set()
        watcher.join()
    seen = waiting.milliseconds
    what = f"freshness at {events_a_second:g} events a second, answer to figure"
    return [
        Finding(Goal("10", f"{what}, median", "ms", 25, 10, True), quantile(seen, 0.5)),
        Finding(Goal("10", f"{what}, p99", "ms", 60, 25, True), quantile(seen, 0.99)),
    ]


def _send(
    events: Sequence[SentEvent], waiting: _Waiting, *, url: str, key: str, events_a_second: float
) -> None:
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/cloudevents+json",
    }
    began_at = time.perf_counter()
    with httpx.Client(trust_env=False, headers=headers) as client:
        for place, event in enumerate(events):
            time.sleep(max(0.0, began_at + place / events_a_second - time.perf_counter()))
            answer = client.post(f"{url}/v1/events", content=event.value)
            if answer.status_code != httpx.codes.ACCEPTED:
                raise StackError(f"the door answered {answer.status_code}: {answer.text[:300]}")
            source, _, subject = event.key.decode().partition("|")
            with waiting.lock:
                waiting.answered_at[f"{source}|activity|{subject}"] = time.perf_counter()


def _watch(servers: Servers, database: str, waiting: _Waiting, stop: threading.Event) -> None:
    ledger = servers.mongo[database]["ledger"]
    while not stop.wait(POLL_SECONDS):
        with waiting.lock:
            wanted = list(waiting.answered_at)
        if not wanted:
            continue
        found = [row["_id"] for row in ledger.find({"_id": {"$in": wanted}}, {"_id": 1})]
        now = time.perf_counter()
        with waiting.lock:
            waiting.milliseconds += [
                (now - waiting.answered_at.pop(identity)) * 1e3 for identity in found
            ]


def _wait_for_the_rest(waiting: _Waiting) -> None:
    give_up_at = time.monotonic() + WAIT_SECONDS
    while waiting.answered_at:
        if time.monotonic() > give_up_at:
            raise StackError(f"{len(waiting.answered_at)} events were not counted in time")
        time.sleep(0.05)
