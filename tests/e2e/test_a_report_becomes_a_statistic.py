"""An office's report becomes a regional statistic, and everybody can see how.

The office registers, sends a report as any CloudEvents client would, reads its own write, corrects
it, and retracts it; the receipt tells its fate at each step. One trace leads from its request over
the log to the cells; the log lines of the door carry its id. A recount and a rebuild agree.
"""

import asyncio
import json
import os
import re
import signal
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.support.eventually import eventually
from tests.support.log_reading import records_of
from tests.support.platform import Platform

pytestmark = pytest.mark.e2e

SOURCE = "urn:birge:office:KZ-71"
EVENTS_JSON = "application/cloudevents+json"


def event(version: int, **changes: Any) -> dict[str, Any]:
    data = {
        "report_id": "e2e-1",
        "version": version,
        "region": "KZ-71",
        "period": "2022-03",
        "direction": "umit",
        "hours": 12.5,
        "layer": "front_office",
        "organisation": {"id": "o-1", "name": "Үміт", "kind": "ngo"},
        "development": False,
        **changes,
    }
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": SOURCE,
        "type": "kz.birge.activity.reported.v1",
        "subject": "e2e-1",
        "time": datetime.now(UTC).isoformat(),
        "data": data,
    }


def retraction(version: int) -> dict[str, Any]:
    return {
        **event(version),
        "type": "kz.birge.activity.retracted.v1",
        "data": {"report_id": "e2e-1", "version": version, "reason": "held twice"},
    }


class Office:
    """A partner with a key."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        key = platform.new_key("Office of Astana", "--source", SOURCE, "--region", "KZ-71")
        self.headers = {"Authorization": f"Bearer {key}"}

    def send(self, message: dict[str, Any], **headers: str) -> dict[str, Any]:
        answer = self.platform.http.post(
            f"{self.platform.url('ingest')}/v1/events",
            content=json.dumps(message),
            headers={**self.headers, "Content-Type": EVENTS_JSON, **headers},
        )
        assert answer.status_code == 202, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def hours(self, receipt: str) -> float:
        answer = self.platform.http.get(
            f"{self.platform.url('aggregator')}/v1/statistics/hours",
            params={"period": "2022-03", "region": "KZ-71", "at_least": receipt},
            headers=self.headers,
        )
        assert answer.status_code == 200, answer.text
        total: float = answer.json()["totals"]["grand_total"]
        return total

    def fate(self, receipt: str) -> str:
        url = f"{self.platform.url('aggregator')}/v1/receipts/{receipt}"
        status: str = self.platform.http.get(url, headers=self.headers).json()["status"]
        return status


@pytest.fixture(scope="module")
def office(platform: Platform) -> Office:
    return Office(platform)


def test_a_report_is_counted_corrected_and_retracted(office: Office) -> None:
    first = office.send(event(1))["results"][0]["receipt"]
    assert office.hours(first) == 12.5
    second = office.send(event(2, hours=3))["results"][0]["receipt"]
    assert office.hours(second) == 3
    late = office.send(event(1, hours=99))["results"][0]["receipt"]
    assert office.hours(late) == 3
    assert [office.fate(one) for one in (first, second, late)] == [
        "superseded",
        "counted",
        "ignored",
    ]
    gone = office.send(retraction(3))["results"][0]["receipt"]
    assert office.hours(gone) == 0
    assert [office.fate(one) for one in (second, gone)] == ["retracted", "counted"]


def test_whoever_listens_learns_which_month_changed(office: Office, platform: Platform) -> None:
    office.hours(office.send(event(15, hours=4))["results"][0]["receipt"])
    servers = platform.url("kafka")

    def said() -> list[dict[str, Any]]:
        records = asyncio.run(records_of(servers, "birge.statistics.v1")).values()
        events = [json.loads(record.value) for record in records]
        return [one for one in events if one["subject"] == "KZ-71/2022-03"]

    changed = eventually(said, within_seconds=20)[-1]
    assert changed["type"] == "kz.birge.statistics.changed.v1"
    assert sum(changed["data"]["positions"]["birge.submissions.v1"].values()) >= 1


def test_one_trace_leads_from_the_request_to_the_cells(office: Office, platform: Platform) -> None:
    trace_id = uuid4().hex
    sent = office.send(event(10), traceparent=f"00-{trace_id}-00f067aa0ba902b7-01")
    assert sent["trace_id"] == trace_id
    office.hours(sent["results"][0]["receipt"])
    zipkin = platform.url("zipkin")

    def spans() -> list[dict[str, Any]]:
        answer = platform.http.get(f"{zipkin}/api/v2/trace/{trace_id}")
        found: list[dict[str, Any]] = answer.json() if answer.status_code == 200 else []
        services = {span["localEndpoint"]["serviceName"] for span in found}
        return found if services == {"ingest", "aggregator"} and len(found) >= 4 else []

    by_id = {span["id"]: span for span in eventually(spans, within_seconds=10)}
    edges = {
        (by_id[span["parentId"]]["name"], span["name"])
        for span in by_id.values()
        if span.get("parentId") in by_id
    }
    # Zipkin writes the names of spans in lower case.
    assert {(a.lower(), b.lower()) for a, b in edges} == {
        ("post /v1/events", "send birge.submissions.v1"),
        ("send birge.submissions.v1", "process birge.submissions.v1"),
        ("process birge.submissions.v1", "keep ledger, pages and positions"),
    }
    process = next(span for span in by_id.values() if span["name"].startswith("process"))
    assert process["remoteEndpoint"]["serviceName"] == "kafka"
    assert process["tags"]["messaging.destination.name"] == "birge.submissions.v1"
    assert re.fullmatch(r"[0-9a-f]{32}/[0-9a-f]{16}", process["tags"]["link.0"])
    for service in ("ingest", "aggregator-worker"):
        assert trace_id in platform.birge("logs", service), f"no line of {service} has the trace"


def test_the_recount_and_the_rebuild_agree_with_what_was_counted(platform: Platform) -> None:
    # `verify` exits with 1 where a figure differs; its table says how many it compared.
    assert "hours" in platform.birge("verify")
    assert re.search(r"\d+ cells compared, 0 differ", platform.birge("rebuild"))


def test_a_killed_worker_is_started_again_and_goes_on(office: Office, platform: Platform) -> None:
    os.kill(platform.pid("aggregator-worker"), signal.SIGKILL)
    receipt = office.send(event(20, hours=7))["results"][0]["receipt"]
    eventually(lambda: office.fate(receipt) == "counted", within_seconds=30)
    assert office.hours(receipt) == 7
