"""What is refused is kept for its sender, as far as it may be kept."""

import base64
import json

import pytest

from birge_common.contracts.registry import EVENT_TYPES
from tests.support.door import (
    IIN,
    NDJSON,
    OTHER_SOURCE,
    SOURCE,
    DoorUnderTest,
    activity,
    as_lines,
    as_text,
)

QUARANTINE = "birge.quarantine.v1"
ADAPTER = EVENT_TYPES["kz.birge.submission.quarantined.v1"].adapter


async def test_a_refused_event_is_kept_whole_with_its_reasons(door: DoorUnderTest) -> None:
    sent = activity(hours=-1, nope=1)
    answer = (await door.send_one(sent)).json()
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    assert entry["event"] == sent
    assert entry["errors"] == answer["results"][0]["errors"]
    assert (entry["source"], entry["event_id"], entry["type"]) == (
        sent["source"],
        sent["id"],
        sent["type"],
    )
    assert entry["trace_id"] == answer["trace_id"]
    assert entry["received_at"] == "2022-12-01T09:00:00Z"
    assert (await door.get(f"/v1/quarantine/{entry['quarantine_id']}")).json() == entry


async def test_its_topic_says_so_in_the_words_of_the_contract(door: DoorUnderTest) -> None:
    unreadable = b'{"id": "x", "id": "y"}'
    bodies = [as_text(activity(hours=-1)), unreadable, as_text(activity(hours=float("nan"))), b"7"]
    await door.send(b"\n".join(bodies), NDJSON)
    records = door.log.records[QUARANTINE]
    events = [ADAPTER.validate_json(record.value) for record in records]
    assert [event.data.errors[0].code for event in events] == [
        "range",
        "duplicate_key",
        "range",
        "type",
    ]
    assert records[0].key == f"{SOURCE}|e-r-1".encode()
    assert records[1].key == events[1].data.quarantine_id.encode()
    assert events[0].subject == f"{SOURCE}|e-r-1"
    assert events[0].data.event["data"]["hours"] == -1
    assert base64.b64decode(events[1].data.raw) == unreadable
    # NaN is no JSON, so the text is kept instead of a value that would say something else.
    assert events[2].data.event is None
    assert b"NaN" in base64.b64decode(events[2].data.raw)
    assert events[3].data.event == 7


async def test_a_quarantined_event_can_be_fixed_and_sent_again(door: DoorUnderTest) -> None:
    await door.send_one(activity(hours=-1))
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    fixed = {**entry["event"], "data": {**entry["event"]["data"], "hours": 1}}
    assert (await door.send_one(fixed)).json()["results"][0]["status"] == "accepted"


NOT_KEPT = {
    "personal_number": activity(note=f"call {IIN}"),
    "personal_number_in_another_field": activity(hours=-1, district=IIN),
    "personal_number_behind_an_early_refusal": activity(source=OTHER_SOURCE, note=IIN),
    "personal_number_as_number": activity(note=int(IIN)),
    "nomination": {
        **activity(),
        "type": "kz.birge.nomination.submitted.v1",
        "data": {"nominee": {"name": "Айгерім"}},
    },
    "nomination_of_a_wrong_type": {
        **activity(),
        "type": "kz.birge.nomination.submited.v1",
        "data": {"nominee": {"name": "Айгерім"}},
    },
}


@pytest.mark.parametrize("sent", NOT_KEPT.values(), ids=NOT_KEPT.keys())
async def test_personal_data_is_not_kept(door: DoorUnderTest, sent: dict[str, object]) -> None:
    await door.send_one(sent)
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    assert entry["errors"]
    assert len(entry["digest"]) == 64
    assert (entry["event"], entry["raw"]) == (None, None)
    [record] = door.log.records[QUARANTINE]
    for secret in (IIN, "Айгерім"):
        assert secret.encode() not in record.value


async def test_a_nomination_that_cannot_be_read_is_not_kept(door: DoorUnderTest) -> None:
    await door.send(b'{"type": "kz.birge.nomination.submitted.v1", "name": "Aigerim"')
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    assert (entry["event"], entry["raw"]) == (None, None)


async def test_what_is_too_large_is_not_kept(door: DoorUnderTest) -> None:
    large = activity(note="x" * 70_000)
    await door.send(as_lines([large, activity(hours=float("nan"), note="x" * 70_000)]), NDJSON)
    entries = (await door.get("/v1/quarantine")).json()["entries"]
    assert [(entry["event"], entry["raw"]) for entry in entries] == [(None, None)] * 2


async def test_an_event_of_a_foreign_source_stays_with_the_key_that_sent_it(
    door: DoorUnderTest,
) -> None:
    owner = door.new_key("Astana office", sources=[OTHER_SOURCE])
    await door.send_one(activity(source=OTHER_SOURCE))
    assert (await door.get("/v1/quarantine", key=owner)).json()["entries"] == []
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    assert entry["source"] == OTHER_SOURCE


async def test_entries_come_newest_first_page_by_page(door: DoorUnderTest) -> None:
    await door.send(as_lines([activity(f"r-{n}", hours=-1) for n in range(5)]), NDJSON)
    seen: list[str] = []
    path = "/v1/quarantine?limit=2"
    pages = 0
    while path:
        page = (await door.get(path)).json()
        seen += [entry["event_id"] for entry in page["entries"]]
        path = f"/v1/quarantine?limit=2&after={page['next']}" if page["next"] else ""
        pages += 1
    assert seen == ["e-r-4", "e-r-3", "e-r-2", "e-r-1", "e-r-0"]
    assert pages == 3


async def test_a_request_refused_whole_leaves_nothing_in_quarantine(door: DoorUnderTest) -> None:
    await door.send(b"[{", "application/cloudevents-batch+json")
    await door.send(b"x", "text/csv")
    assert (await door.get("/v1/quarantine")).json() == {"entries": [], "next": None}


async def test_a_reused_id_is_quarantined_with_the_second_content(door: DoorUnderTest) -> None:
    await door.send_one(activity())
    await door.send_one(activity(hours=1))
    [record] = door.log.records[QUARANTINE]
    data = json.loads(record.value)["data"]
    assert data["errors"][0]["code"] == "id_reused"
    assert data["event"]["data"]["hours"] == 1
