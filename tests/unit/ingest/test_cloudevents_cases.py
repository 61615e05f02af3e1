"""The C entries of the catalogue of bad inputs: what an envelope can get wrong."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from birge_common.contracts.registry import EVENT_TYPES
from tests.support.door import (
    NDJSON,
    NOW,
    OTHER_SOURCE,
    STRUCTURED,
    DoorUnderTest,
    Event,
    activity,
    as_lines,
    as_text,
    event,
    with_data,
    without,
)

GOOD = activity()
XML = {**GOOD, "datacontenttype": "text/xml"}
AHEAD = (NOW + timedelta(minutes=10, seconds=1)).isoformat()

REFUSED: dict[str, tuple[Any, int, str, str]] = {
    "C1_no_id": (without(GOOD, "id"), 422, "required", "/id"),
    "C1_no_source": (without(GOOD, "source"), 422, "required", "/source"),
    "C1_no_type": (without(GOOD, "type"), 422, "required", "/type"),
    "C1_no_specversion": (without(GOOD, "specversion"), 422, "required", "/specversion"),
    "C1_no_subject": (without(GOOD, "subject"), 422, "required", "/subject"),
    "C1_no_data": (without(GOOD, "data"), 422, "required", "/data"),
    "C2_specversion_0_3": ({**GOOD, "specversion": "0.3"}, 422, "unknown_code", "/specversion"),
    "C2_specversion_2_0": ({**GOOD, "specversion": "2.0"}, 422, "unknown_code", "/specversion"),
    "C2_specversion_as_number": ({**GOOD, "specversion": 1.0}, 422, "unknown_code", "/specversion"),
    "C3_id_empty": ({**GOOD, "id": ""}, 422, "range", "/id"),
    "C3_id_of_129": ({**GOOD, "id": "x" * 129}, 422, "range", "/id"),
    "C3_id_unprintable": ({**GOOD, "id": "a\nb"}, 422, "type", "/id"),
    "C3_id_is_a_number": ({**GOOD, "id": 5}, 422, "type", "/id"),
    "C4_foreign_source": (activity(source=OTHER_SOURCE), 403, "source_not_yours", "/source"),
    "C4_source_under_a_prefix": (
        activity(source=f"{GOOD['source']}/x"),
        403,
        "source_not_yours",
        "/source",
    ),
    "C4_source_with_slash": (
        activity(source=f"{GOOD['source']}/"),
        403,
        "source_not_yours",
        "/source",
    ),
    "C4_source_in_capitals": (
        activity(source=GOOD["source"].upper()),
        403,
        "source_not_yours",
        "/source",
    ),
    "C4_source_empty": (activity(source=""), 403, "source_not_yours", "/source"),
    "C4_source_is_a_number": ({**GOOD, "source": 5}, 422, "type", "/source"),
    "C7_unknown_type": ({**GOOD, "type": "kz.birge.nothing.v1"}, 422, "unknown_type", "/type"),
    "C7_type_of_a_service": (
        {**GOOD, "type": "kz.birge.statistics.changed.v1"},
        422,
        "unknown_type",
        "/type",
    ),
    "C7_type_empty": ({**GOOD, "type": ""}, 422, "unknown_type", "/type"),
    "C7_type_is_an_object": ({**GOOD, "type": {}}, 422, "type", "/type"),
    "C8_newer_version_of_a_type": (
        {**GOOD, "type": "kz.birge.activity.reported.v2"},
        422,
        "unknown_type",
        "/type",
    ),
    "C9_no_time": (without(GOOD, "time"), 422, "required", "/time"),
    "C9_no_zone": ({**GOOD, "time": "2022-12-01T08:59:00"}, 422, "type", "/time"),
    "C9_over_10_minutes_ahead": ({**GOOD, "time": AHEAD}, 422, "range", "/time"),
    "C9_time_is_a_number": ({**GOOD, "time": 1669885140}, 422, "type", "/time"),
    "C9_digits_as_time": ({**GOOD, "time": "1669885140"}, 422, "type", "/time"),
    "C11_data_and_data_base64": (
        {**GOOD, "data_base64": "e30="},
        422,
        "unknown_field",
        "/data_base64",
    ),
    "C12_extension_in_capitals": ({**GOOD, "myExtension": "1"}, 422, "unknown_field", ""),
    "C12_extension_with_underscore": ({**GOOD, "my_ext": "1"}, 422, "unknown_field", "/my_ext"),
    "C12_extension_is_an_object": ({**GOOD, "ext": {}}, 422, "range", "/ext"),
    "C15_datacontenttype_xml": (XML, 415, "unsupported_media_type", "/datacontenttype"),
    "subject_is_not_the_identity": (
        {**GOOD, "subject": "r-2"},
        422,
        "subject_mismatch",
        "/subject",
    ),
    "subject_of_a_census": (
        {
            **event(
                "kz.birge.census.submitted.v1",
                "KZ-75",
                {
                    "region": "KZ-75",
                    "period": "2022-H1",
                    "version": 1,
                    "volunteers": {},
                    "organisations": {},
                },
            )
        },
        422,
        "subject_mismatch",
        "/subject",
    ),
}


@pytest.mark.parametrize(
    ("sent", "status", "code", "pointer"), REFUSED.values(), ids=REFUSED.keys()
)
async def test_a_bad_envelope_gets_the_code_of_its_error(
    door: DoorUnderTest, sent: Event, status: int, code: str, pointer: str
) -> None:
    answer = await door.send_one(sent)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert [(error["code"], error["pointer"]) for error in problem["results"][0]["errors"]] == [
        (code, pointer)
    ]
    assert door.values() == []


async def test_as_lines_each_is_rejected_alone(door: DoorUnderTest) -> None:
    cases = list(REFUSED.values())
    answer = await door.send(as_lines([case[0] for case in cases] + [activity("last")]), NDJSON)
    *results, last = answer.json()["results"]
    assert answer.status_code == 202
    assert last["status"] == "accepted"
    assert [result["errors"][0]["code"] for result in results] == [case[2] for case in cases]


async def test_c1_everything_that_is_missing_is_named(door: DoorUnderTest) -> None:
    answer = await door.send_one({})
    errors = answer.json()["results"][0]["errors"]
    assert {error["pointer"] for error in errors} == {
        "/specversion",
        "/id",
        "/source",
        "/type",
        "/subject",
        "/time",
        "/data",
    }
    assert {error["code"] for error in errors} == {"required"}


async def test_c5_the_same_event_again_is_a_duplicate_with_the_first_receipt(
    door: DoorUnderTest,
) -> None:
    first = (await door.send_one(GOOD)).json()["results"][0]
    later = {**GOOD, "time": "2022-12-01T08:59:30Z", "traceparent": "", "priority": 3}
    again = await door.send_one({key: later[key] for key in reversed(later)})
    assert again.status_code == 202
    assert again.json()["results"] == [{**first, "status": "duplicate"}]
    assert len(door.values()) == 1


@pytest.mark.parametrize(("first", "second"), [(8, 8.0), (8.0, 8), (100, 1e2)])
async def test_c5_a_whole_number_may_be_written_with_a_point(
    door: DoorUnderTest, first: float, second: float
) -> None:
    await door.send_one(activity(hours=first))
    assert (await door.send_one(activity(hours=second))).json()["results"][0]["status"] == (
        "duplicate"
    )


async def test_c5_in_one_request(door: DoorUnderTest) -> None:
    answer = await door.send(as_lines([GOOD, GOOD, activity("r-2"), GOOD]), NDJSON)
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [
        "accepted",
        "duplicate",
        "accepted",
        "duplicate",
    ]
    assert len({results[at]["receipt"] for at in (0, 1, 3)}) == 1
    assert [value["id"] for value in door.values()] == ["e-r-1", "e-r-2"]


async def test_nothing_but_duplicates_is_202(door: DoorUnderTest) -> None:
    await door.send_one(GOOD)
    answer = await door.send(as_lines([GOOD, GOOD]), NDJSON)
    assert answer.status_code == 202
    assert {result["status"] for result in answer.json()["results"]} == {"duplicate"}


OTHER_CONTENT = {
    "other_data": with_data(GOOD, hours=13),
    "field_less": {
        **GOOD,
        "data": {key: value for key, value in GOOD["data"].items() if key != "format"},
    },
    "null_instead_of_absent": with_data(GOOD, note=None),
    "other_type": {
        **GOOD,
        "type": "kz.birge.activity.retracted.v1",
        "data": {"report_id": "r-1", "version": 2, "reason": "twice"},
    },
}


@pytest.mark.parametrize("second", OTHER_CONTENT.values(), ids=OTHER_CONTENT.keys())
async def test_c6_other_content_under_the_same_id_is_rejected(
    door: DoorUnderTest, second: Event
) -> None:
    await door.send_one(GOOD)
    answer = await door.send_one(second)
    assert (answer.status_code, answer.json()["code"]) == (422, "id_reused")
    assert len(door.values()) == 1


async def test_c6_in_one_request(door: DoorUnderTest) -> None:
    answer = await door.send(as_lines([GOOD, activity(hours=1)]), NDJSON)
    results = answer.json()["results"]
    assert [result["status"] for result in results] == ["accepted", "rejected"]
    assert results[1]["errors"][0]["code"] == "id_reused"


async def test_a_rejected_id_can_be_used_for_the_fixed_event(door: DoorUnderTest) -> None:
    await door.send_one(activity(hours=-1))
    assert (await door.send_one(activity(hours=1))).json()["results"][0]["status"] == "accepted"


async def test_two_sources_may_use_the_same_id(door: DoorUnderTest) -> None:
    key = door.new_key("Two offices", sources=["urn:a", "urn:b"])
    events = [activity(source="urn:a"), activity(source="urn:b")]
    answer = await door.send(as_lines(events), NDJSON, key=key)
    assert [result["status"] for result in answer.json()["results"]] == ["accepted", "accepted"]


async def test_c7_the_types_taken_here_are_listed(door: DoorUnderTest) -> None:
    detail = (await door.send_one({**GOOD, "type": "kz.birge.nothing.v1"})).json()["detail"]
    for entry in EVENT_TYPES.values():
        assert (entry.type in detail) == entry.at_the_door


async def test_c9_ten_minutes_ahead_are_borne(door: DoorUnderTest) -> None:
    sent = {**GOOD, "time": (NOW + timedelta(minutes=10)).isoformat()}
    assert (await door.send_one(sent)).status_code == 202


async def test_c10_a_period_long_past_is_accepted(door: DoorUnderTest) -> None:
    sent = activity(period="2019-01", region="KZ-71")
    sent["time"] = "2019-02-01T00:00:00+06:00"
    assert (await door.send_one(sent)).status_code == 202
    assert door.values()[0]["data"]["period"] == "2019-01"


TRACES = {
    "C14_traceparent_garbage": ("traceparent", "garbage"),
    "C14_traceparent_zero": ("traceparent", f"00-{'0' * 32}-{'0' * 16}-01"),
    "C14_traceparent_number": ("traceparent", 7),
    "C14_tracestate_garbage": ("tracestate", "\u0416" * 3),
    "C14_baggage_garbage": ("baggage", ["x"]),
}


@pytest.mark.parametrize(("name", "value"), TRACES.values(), ids=TRACES.keys())
async def test_a_broken_trace_context_is_dropped(
    door: DoorUnderTest, name: str, value: Any
) -> None:
    answer = await door.send_one({**GOOD, name: value})
    assert answer.status_code == 202
    assert answer.json()["results"][0]["status"] == "accepted"
    assert name not in door.values()[0]


async def test_c15_in_a_batch_it_is_rejected_alone(door: DoorUnderTest) -> None:
    answer = await door.send(as_lines([XML, activity("r-2")]), NDJSON)
    results = answer.json()["results"]
    assert answer.status_code == 202
    assert results[0]["errors"][0]["code"] == "unsupported_media_type"
    assert results[1]["status"] == "accepted"


ATTRIBUTES = {
    f"ce-{name}": value for name, value in GOOD.items() if name not in ("data", "datacontenttype")
}
DATA = as_text(GOOD["data"])


async def test_binary_mode_says_the_same_as_structured_mode(door: DoorUnderTest) -> None:
    binary = await door.send(DATA, "application/json", headers=ATTRIBUTES)
    assert binary.status_code == 202
    assert door.values() == [GOOD]
    assert (await door.send_one(GOOD)).json()["results"][0]["status"] == "duplicate"


async def test_binary_mode_without_a_content_type_is_json(door: DoorUnderTest) -> None:
    answer = await door.send(DATA, None, headers=ATTRIBUTES)
    assert answer.status_code == 202
    assert door.values() == [without(GOOD, "datacontenttype")]


async def test_binary_mode_decodes_percent_signs_and_quotes(door: DoorUnderTest) -> None:
    report_id = "есеп №1 “x” 100%"
    sent = activity(report_id)
    headers = {
        **ATTRIBUTES,
        "ce-id": f'"{quote(sent["id"], safe="")}"',
        "ce-subject": quote(report_id, safe=" "),
        "ce-myext": "a%20b",
    }
    answer = await door.send(as_text(sent["data"]), "application/json", headers=headers)
    assert answer.status_code == 202
    assert door.values() == [{**sent, "myext": "a b"}]


BINARY = {
    "C1_binary_no_id": ({"ce-id": None}, DATA, 422, "required"),
    "C1_binary_no_specversion": ({"ce-specversion": None}, DATA, 422, "required"),
    "C2_binary_specversion_0_3": ({"ce-specversion": "0.3"}, DATA, 422, "unknown_code"),
    "C13_body_is_an_event_itself": ({}, as_text(GOOD), 400, "malformed"),
    "C13_body_is_another_event": ({}, as_text(activity("r-9")), 400, "malformed"),
    "C13_other_datacontenttype": ({"ce-datacontenttype": "text/xml"}, DATA, 400, "malformed"),
    "C4_binary_foreign_source": ({"ce-source": OTHER_SOURCE}, DATA, 403, "source_not_yours"),
    "J1_binary_no_json": ({}, b"{", 400, "malformed"),
    "J8_binary_duplicate_key": ({}, b'{"hours": 1, "hours": 2}', 400, "duplicate_key"),
    "J9_binary_array": ({}, b"[]", 422, "type"),
    "binary_header_not_utf_8": ({"ce-subject": "%ff"}, DATA, 400, "malformed"),
}


@pytest.mark.parametrize(("changes", "body", "status", "code"), BINARY.values(), ids=BINARY.keys())
async def test_a_bad_binary_event_gets_the_code_of_its_error(
    door: DoorUnderTest, changes: dict[str, str | None], body: bytes, status: int, code: str
) -> None:
    headers = {key: value for key, value in {**ATTRIBUTES, **changes}.items() if value is not None}
    answer = await door.send(body, "application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert door.values() == []


async def test_c15_binary_xml_is_415(door: DoorUnderTest) -> None:
    answer = await door.send(b"<x/>", "application/xml", headers=ATTRIBUTES)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


async def test_a_doubled_attribute_is_refused(door: DoorUnderTest) -> None:
    headers = [
        ("Authorization", f"Bearer {door.key}"),
        ("Content-Type", "application/json"),
        *ATTRIBUTES.items(),
        ("ce-id", "another"),
    ]
    answer = await door.client.post("/v1/events", content=DATA, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_c13_headers_beside_a_structured_event_must_agree(door: DoorUnderTest) -> None:
    agreeing = await door.send(as_text(GOOD), STRUCTURED, headers={"ce-id": GOOD["id"]})
    assert agreeing.status_code == 202
    contradicting = await door.send(as_text(GOOD), STRUCTURED, headers={"ce-id": "another"})
    assert (contradicting.status_code, contradicting.json()["code"]) == (400, "malformed")


async def test_extensions_travel_with_the_event(door: DoorUnderTest) -> None:
    extended = {**GOOD, "sequence": "00001", "priority": 3, "test": True}
    await door.send_one(extended)
    assert door.values() == [extended]
