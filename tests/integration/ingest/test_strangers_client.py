"""What a stranger's client sends: the CloudEvents SDK of Python, in all its ways."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings.http import HTTPMessage, to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from tests.support.door import activity
from tests.support.ingest_process import IngestProcess

pytestmark = pytest.mark.integration

SOURCE = "urn:sdk"


@pytest.fixture(scope="module")
def key(ingest: IngestProcess) -> str:
    return ingest.new_key("SDK", SOURCE)


def sdk_event(report_id: str, **attributes: Any) -> CloudEvent:
    return CloudEvent(
        {
            "id": f"id {report_id}",
            "source": SOURCE,
            "type": "kz.birge.activity.reported.v1",
            "subject": report_id,
            "time": datetime(2022, 12, 1, 9, 0, tzinfo=UTC),
            **attributes,
        },
        activity(report_id)["data"],
    )


def post(ingest: IngestProcess, key: str, message: HTTPMessage) -> httpx.Response:
    return httpx.post(
        f"{ingest.url}/v1/events",
        content=message.body,
        headers={**message.headers, "Authorization": f"Bearer {key}"},
    )


STYLES = {"structured": to_structured, "binary": to_binary}


@pytest.mark.parametrize("attributes", [{}, {"datacontenttype": "application/json"}])
@pytest.mark.parametrize("style", STYLES)
def test_its_events_are_accepted_once(
    ingest: IngestProcess, key: str, style: str, attributes: dict[str, str]
) -> None:
    event = sdk_event(f"есеп №1 «100%» {style} {len(attributes)}", **attributes)
    message = STYLES[style](event, JSONFormat())
    first, again = post(ingest, key, message), post(ingest, key, message)
    assert first.status_code == again.status_code == 202, first.text
    assert first.json()["results"][0]["status"] == "accepted"
    assert again.json()["results"][0] == {**first.json()["results"][0], "status": "duplicate"}


def test_the_same_event_in_another_style_is_a_duplicate(ingest: IngestProcess, key: str) -> None:
    event = sdk_event("in two styles")
    statuses = [
        post(ingest, key, style(event, JSONFormat())).json()["results"][0]["status"]
        for style in STYLES.values()
    ]
    assert statuses == ["accepted", "duplicate"]


def test_its_events_go_into_a_batch(ingest: IngestProcess, key: str) -> None:
    events = [sdk_event(f"batch {number}") for number in range(20)]
    bodies = [json.loads(to_structured(event, JSONFormat()).body) for event in events]
    answer = ingest.send(json.dumps(bodies).encode(), "application/cloudevents-batch+json", key)
    assert [result["status"] for result in answer.json()["results"]] == ["accepted"] * 20
    assert [result["id"] for result in answer.json()["results"]] == [body["id"] for body in bodies]
