"""The J entries of the catalogue of bad inputs: what JSON can do to a reader."""

import json
from typing import Any

import pytest

from tests.support.door import (
    BATCH,
    NDJSON,
    DoorUnderTest,
    Event,
    activity,
    as_lines,
    as_text,
    event,
    with_data,
)

GOOD = as_text(activity())


def put(fragment: str, field: str = "hours") -> bytes:
    """The event with a field's value written as given, whatever that is."""
    return as_text(activity(**{field: "@@"})).replace(b'"@@"', fragment.encode())


def published(table: str, rows: Any) -> Event:
    """Reference data of a table."""
    data = {"table": table, "period": "2022", "version": 1, "publisher": "Bureau", "rows": rows}
    return event("kz.birge.reference.published.v1", f"{table}/2022", data)


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


SINGLE = {
    "J1_truncated": (GOOD[:-20], 400, "malformed", ""),
    "J1_empty": (b"", 400, "malformed", ""),
    "J1_only_space": (b" \n ", 400, "malformed", ""),
    "J1_not_json": (b"hello", 400, "malformed", ""),
    "J1_comment": (b"// x\n" + GOOD, 400, "malformed", ""),
    "J1_trailing_comma": (GOOD[:-1] + b",}", 400, "malformed", ""),
    "J2_byte_order_mark": (b"\xef\xbb\xbf" + GOOD, 400, "malformed", ""),
    "J2_utf_16": (GOOD.decode().encode("utf-16"), 400, "malformed", ""),
    "J2_utf_16_without_mark": (GOOD.decode().encode("utf-16-le"), 400, "malformed", ""),
    "J2_utf_32": (GOOD.decode().encode("utf-32"), 400, "malformed", ""),
    "J2_invalid_utf_8": (GOOD.replace("Таза".encode(), b"\xff\xfe"), 400, "malformed", ""),
    "J2_overlong_utf_8": (GOOD.replace("Таза".encode(), b"\xc0\xaf"), 400, "malformed", ""),
    "J3_depth_33": (put(nested(31)), 400, "malformed", ""),
    "J3_depth_150": (put(nested(149)), 400, "malformed", ""),
    "J3_depth_20_000": (put(nested(20_000)), 400, "malformed", ""),
    "J4_nan": (put("NaN"), 422, "range", "/data/hours"),
    "J4_infinity": (put("Infinity"), 422, "range", "/data/hours"),
    "J4_minus_infinity": (put("-Infinity"), 422, "range", "/data/hours"),
    "J4_1e400": (put("1e400"), 422, "range", "/data/hours"),
    "J5_lone_high_surrogate": (put(r'"\ud800"', "note"), 400, "malformed", ""),
    "J5_lone_low_surrogate": (put(r'"\udc00"', "note"), 400, "malformed", ""),
    "J5_surrogate_as_bytes": (
        as_text(activity(note="@")).replace(b"@", b"\xed\xa0\x80"),
        400,
        "malformed",
        "",
    ),
    "J5_surrogate_in_a_key": (
        as_text(activity(note="@")).replace(b'"note"', rb'"n\ud800"'),
        400,
        "malformed",
        "",
    ),
    "J6_nul_in_text": (put(r'"a\u0000b"', "note"), 422, "type", "/data/note"),
    "J6_bell_in_text": (put(r'"a\u0007b"', "district"), 422, "type", "/data/district"),
    "J6_delete_in_identifier": (
        as_text({**activity(), "id": "a\x7fb"}),
        422,
        "type",
        "/id",
    ),
    "J6_raw_control_character": (put('"a\x01b"', "note"), 400, "malformed", ""),
    "J7_2_to_the_63": (put(str(2**63), "events"), 422, "range", "/data/events"),
    "J7_minus_2_to_the_63_less_1": (put(str(-(2**63) - 1), "events"), 422, "range", "/data/events"),
    "J7_4_300_digits": (put("9" * 4_300, "events"), 422, "range", "/data/events"),
    "J7_5_000_digits": (put("9" * 5_000, "events"), 400, "malformed", ""),
    "J7_leading_zero": (put("01", "events"), 400, "malformed", ""),
    "J8_duplicate_key": (
        GOOD.replace(b'"data"', b'"id": "other", "data"'),
        400,
        "duplicate_key",
        "",
    ),
    "J8_duplicate_key_inside": (
        GOOD.replace(b'"hours"', b'"hours": 1, "hours"'),
        400,
        "duplicate_key",
        "",
    ),
    "J8_duplicate_key_written_otherwise": (
        GOOD.replace(b'"hours"', rb'"hour\u0073": 1, "hours"'),
        400,
        "duplicate_key",
        "",
    ),
    "J9_array": (b"[" + GOOD + b"]", 422, "type", ""),
    "J9_null": (b"null", 422, "type", ""),
    "J9_text": (b'"event"', 422, "type", ""),
    "J9_number": (b"7", 422, "type", ""),
    "J9_data_is_an_array": (as_text({**activity(), "data": []}), 422, "type", "/data"),
    "J9_data_is_null": (as_text({**activity(), "data": None}), 422, "required", "/data"),
    "J9_object_expected_inside": (put("[]", "participants"), 422, "type", "/data/participants"),
    "J10_true_as_integer": (put("true", "events"), 422, "type", "/data/events"),
    "J10_text_as_integer": (put('"5"', "events"), 422, "type", "/data/events"),
    "J10_5_0_as_integer": (put("5.0", "events"), 422, "type", "/data/events"),
    "J10_text_as_number": (put('"12.5"'), 422, "type", "/data/hours"),
    "J10_true_as_number": (put("true"), 422, "type", "/data/hours"),
    "J10_one_as_boolean": (put("1", "development"), 422, "type", "/data/development"),
    "J10_number_as_text": (put("5", "note"), 422, "type", "/data/note"),
    "J11_unknown_field": (
        as_text(activity(is_admin=True)),
        422,
        "unknown_field",
        "/data/is_admin",
    ),
    "J11_unknown_field_inside": (
        as_text(activity(organisation={"id": "o", "name": "n", "kind": "ngo", "owner": 1})),
        422,
        "unknown_field",
        "/data/organisation/owner",
    ),
    "J12_text_too_long": (put('"' + "x" * 4_001 + '"', "note"), 422, "range", "/data/note"),
    "J12_too_many_items": (
        as_text(activity(support=["transport"] * 9)),
        422,
        "range",
        "/data/support",
    ),
    "J13_dollar_key": (as_text(activity(**{"$where": "1"})), 422, "unknown_field", "/data"),
    "J13_dotted_key": (as_text(activity(**{"a.b": 1})), 422, "unknown_field", "/data"),
    "J13_proto_key": (as_text(activity(**{"__proto__": {}})), 422, "unknown_field", "/data"),
    "J13_empty_key": (as_text(activity(**{"": 1})), 422, "unknown_field", "/data"),
    "J13_dollar_extension": (as_text({**activity(), "$where": "1"}), 422, "unknown_field", ""),
    "J13_empty_extension": (as_text({**activity(), "": "1"}), 422, "unknown_field", ""),
    "J13_proto_extension": (as_text({**activity(), "__proto__": "1"}), 422, "unknown_field", ""),
    "J14_two_texts": (GOOD + GOOD, 400, "malformed", ""),
    "J14_empty_objects": (b"{}{}", 400, "malformed", ""),
}


@pytest.mark.parametrize(("body", "status", "code", "pointer"), SINGLE.values(), ids=SINGLE.keys())
async def test_one_bad_event_gets_the_code_of_its_error(
    door: DoorUnderTest, body: bytes, status: int, code: str, pointer: str
) -> None:
    answer = await door.send(body)
    problem = answer.json()
    result = problem["results"][0]
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (result["status"], result["receipt"]) == ("rejected", None)
    assert [error["pointer"] for error in result["errors"]] == [pointer]
    assert [error["code"] for error in result["errors"]] == [code]
    assert all(error["detail"] for error in result["errors"])
    assert door.values() == []
    assert len((await door.get("/v1/quarantine")).json()["entries"]) == 1


async def test_as_lines_they_leave_their_neighbours_alone(door: DoorUnderTest) -> None:
    cases = [case for case in SINGLE.values() if b"\n" not in case[0] and case[0].strip()]
    lines = [as_text(activity("first")), *(body for body, *_ in cases), as_text(activity("last"))]
    await assert_neighbours_unharmed(door, b"\n".join(lines), NDJSON, [case[2] for case in cases])


async def assert_neighbours_unharmed(
    door: DoorUnderTest, body: bytes, content_type: str, codes: list[str]
) -> None:
    """The first and the last event are good, those between are refused with the codes."""
    answer = await door.send(body, content_type)
    first, *between, last = answer.json()["results"]
    assert answer.status_code == 202
    assert (first["status"], last["status"]) == ("accepted", "accepted")
    assert [[error["code"] for error in result["errors"]] for result in between] == [
        [code] for code in codes
    ]
    assert [value["data"]["report_id"] for value in door.values()] == ["first", "last"]


# What makes the whole text no JSON fails an array whole; the rest stays with its item.
NO_JSON = ("J1", "J2", "J14", "J6_raw", "J7_leading_zero", "J5_surrogate_as_bytes")
ITEMS = {name: case for name, case in SINGLE.items() if not name.startswith(NO_JSON)}


async def test_in_an_array_they_leave_their_neighbours_alone(door: DoorUnderTest) -> None:
    items = [as_text(activity("first")), *(case[0] for case in ITEMS.values())]
    body = b"[" + b" ,\n".join([*items, as_text(activity("last"))]) + b"]"
    await assert_neighbours_unharmed(door, body, BATCH, [case[2] for case in ITEMS.values()])


ARRAYS = {
    "J1_truncated": (b"[" + GOOD, 400, "malformed"),
    "J1_empty": (b"", 400, "malformed"),
    "J1_item_is_no_json": (b"[" + GOOD + b", {hours: 1}]", 400, "malformed"),
    "J1_missing_comma": (b"[" + GOOD + GOOD + b"]", 400, "malformed"),
    "J1_comma_at_the_end": (b"[" + GOOD + b",]", 400, "malformed"),
    "J1_no_json_after_a_duplicate_key": (b'[{"a": 1, "a": 2}, {b: 1}]', 400, "malformed"),
    "J2_byte_order_mark": (b"\xef\xbb\xbf[]", 400, "malformed"),
    "J2_utf_16": ("[]".encode("utf-16"), 400, "malformed"),
    "J2_invalid_utf_8": (b'["\xff"]', 400, "malformed"),
    "J2_invalid_utf_8_after_a_duplicate_key": (b'[{"a": 1, "a": 2}, "\xff"]', 400, "malformed"),
    "J9_object": (GOOD, 422, "type"),
    "J9_null": (b"null", 422, "type"),
    "J14_two_arrays": (b"[][]", 400, "malformed"),
    "J14_two_arrays_after_a_duplicate_key": (b'[{"a": 1, "a": 2}][]', 400, "malformed"),
}


@pytest.mark.parametrize(("body", "status", "code"), ARRAYS.values(), ids=ARRAYS.keys())
async def test_a_batch_that_is_no_array_fails_whole(
    door: DoorUnderTest, body: bytes, status: int, code: str
) -> None:
    answer = await door.send(body, BATCH)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "results" not in answer.json()
    assert door.log.records == {}


async def test_j1_the_answer_tells_the_position(door: DoorUnderTest) -> None:
    body = b'{\n "id": "x",\n "type": oops\n}'
    assert "line 3, column 10" in (await door.send(body)).json()["detail"]
    batch = b'[{"a": 1, "a": 2},\n {"b": oops}]'
    assert "line 2, column 8" in (await door.send(batch, BATCH)).json()["detail"]


async def test_j3_an_item_100_000_deep_is_refused_alone(door: DoorUnderTest) -> None:
    body = b"[" + as_text(activity()) + b"," + nested(100_000).encode() + b"]"
    results = (await door.send(body, BATCH)).json()["results"]
    assert [result["status"] for result in results] == ["accepted", "rejected"]


async def test_j3_32_levels_are_read(door: DoorUnderTest) -> None:
    answer = await door.send(put(nested(30)))
    assert answer.json()["results"][0]["errors"][0]["pointer"] == "/data/hours"


async def test_j15_one_bad_of_a_hundred_is_rejected_alone(door: DoorUnderTest) -> None:
    events = [activity(f"r-{number}") for number in range(100)]
    events[42] = with_data(events[42], hours=-1)
    answer = await door.send(as_text(events), BATCH)
    statuses = [result["status"] for result in answer.json()["results"]]
    assert answer.status_code == 202
    assert statuses.count("accepted") == 99
    assert statuses[42] == "rejected"
    assert len(door.values()) == 99


async def test_j16_blank_lines_and_a_last_line_without_end_are_fine(door: DoorUnderTest) -> None:
    lines = as_lines([activity("r-1"), activity("r-2")])
    body = b"\n\r\n  \n" + lines.replace(b"\n", b"\r\n\n")
    answer = await door.send(body, NDJSON)
    assert [result["status"] for result in answer.json()["results"]] == ["accepted", "accepted"]


async def test_j16_a_broken_line_is_rejected_alone(door: DoorUnderTest) -> None:
    body = b"\n".join([as_text(activity("r-1")), b'{"id": ', as_text(activity("r-3")), b""])
    answer = await door.send(body, NDJSON)
    results = answer.json()["results"]
    assert answer.status_code == 202
    assert [result["status"] for result in results] == ["accepted", "rejected", "accepted"]
    assert results[1]["errors"][0]["code"] == "malformed"


@pytest.mark.parametrize(
    ("body", "content_type"), [(b"[]", BATCH), (b" [ ] ", BATCH), (b"", NDJSON), (b"\n\n", NDJSON)]
)
async def test_an_empty_batch_is_fine(door: DoorUnderTest, body: bytes, content_type: str) -> None:
    answer = await door.send(body, content_type)
    assert (answer.status_code, answer.json()["results"]) == (202, [])


async def test_a_batch_of_nothing_but_bad_events_is_422(door: DoorUnderTest) -> None:
    answer = await door.send(as_text([activity(hours=-1)]), BATCH)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "all_rejected")
    assert problem["results"][0]["errors"][0]["code"] == "range"


async def test_too_many_items_are_too_large(door: DoorUnderTest) -> None:
    answer = await door.send(b"[" + b"0," * 40_000 + b"0]", BATCH)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_an_item_over_64_kib_is_rejected_alone(door: DoorUnderTest) -> None:
    large = activity("large", note="x" * 70_000)
    for content_type, body in [
        (BATCH, as_text([activity("r-1"), large])),
        (NDJSON, as_lines([activity("r-2"), large])),
    ]:
        results = (await door.send(body, content_type)).json()["results"]
        assert [result["status"] for result in results] == ["accepted", "rejected"]
        assert results[1]["errors"][0]["code"] == "too_large"


# Under 64 KiB as UTF-8, and more than twice as much with its letters written as escapes.
LINK = {"kind": "ф" * 256, "url": "https://a.kz"}
WIDE = activity("wide", evidence=[LINK] * 100)
ESCAPED = json.dumps(WIDE).encode()
PADDED = as_text(activity("padded")).replace(b'"data"', b" " * 70_000 + b'"data"')
DOUBLED = GOOD.replace(b'"hours"', b'"hours": 1, "hours"')
BIG = as_text(activity("big", note="x" * 70_000))
BIG_IN_UTF_8 = as_text(
    activity("wide", evidence=[{"kind": "ф" * 256, "url": "https://a.kz"}] * 130)
)
MEASURED = {
    "letters_as_escapes": (ESCAPED, "accepted", []),
    "space_between": (PADDED, "accepted", []),
    "over_64_kib": (BIG, "rejected", ["too_large"]),
    "over_64_kib_of_utf_8": (BIG_IN_UTF_8, "rejected", ["too_large"]),
}


@pytest.mark.parametrize("neighbour", [GOOD, DOUBLED], ids=["good", "with a doubled key"])
@pytest.mark.parametrize(("item", "status", "codes"), MEASURED.values(), ids=MEASURED.keys())
async def test_what_stands_beside_an_item_does_not_change_how_it_is_measured(
    door: DoorUnderTest, item: bytes, status: str, codes: list[str], neighbour: bytes
) -> None:
    answer = await door.send(b"[" + item + b"," + neighbour + b"]", BATCH)
    result = answer.json()["results"][0]
    assert result["status"] == status
    assert [error["code"] for error in result["errors"]] == codes


async def test_an_item_that_cannot_be_read_is_measured_as_sent(door: DoorUnderTest) -> None:
    large = DOUBLED.replace(b'"data"', b" " * 70_000 + b'"data"')
    results = (await door.send(b"[" + large + b"," + GOOD + b"]", BATCH)).json()["results"]
    assert [error["code"] for error in results[0]["errors"]] == ["too_large"]
    assert results[1]["status"] == "accepted"


NULLS = {
    "hours": activity(hours=None),
    "version": activity(version=None),
    "region": activity(region=None),
    "period": activity(period=None),
    "layer": activity(layer=None),
    "development": activity(development=None),
    "organisation": activity(organisation=None),
    "organisation/kind": activity(organisation={"id": "o", "name": "n", "kind": None}),
    "support/1": activity(support=["transport", None]),
    "volunteer_hours/0/volunteer": activity(volunteer_hours=[{"volunteer": None, "hours": 1}]),
    "excluded/0/reason": activity(excluded=[{"reason": None}]),
    "rows": published("working_time", None),
    "rows/0": published("working_time", [None]),
    "rows/0/hours_per_year": published("working_time", [{"hours_per_year": None}]),
    "rows/0/region": published("population", [{"region": None, "persons": 1}]),
}


@pytest.mark.parametrize(("place", "sent"), NULLS.items(), ids=NULLS.keys())
async def test_a_null_where_a_value_must_be_given_is_as_good_as_nothing(
    door: DoorUnderTest, place: str, sent: Event
) -> None:
    answer = await door.send_one(sent)
    errors = answer.json()["results"][0]["errors"]
    assert answer.status_code == 422
    assert [(each["code"], each["pointer"]) for each in errors] == [("required", f"/data/{place}")]


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "subject", "time"])
async def test_an_attribute_that_is_null_is_required(door: DoorUnderTest, name: str) -> None:
    errors = (await door.send_one({**activity(), name: None})).json()["results"][0]["errors"]
    assert [(each["code"], each["pointer"]) for each in errors] == [("required", f"/{name}")]


async def test_a_null_in_a_field_that_nobody_knows_is_unknown(door: DoorUnderTest) -> None:
    errors = (await door.send_one(activity(is_admin=None))).json()["results"][0]["errors"]
    assert [error["code"] for error in errors] == ["unknown_field"]


async def test_the_log_holds_compact_json_with_the_letters_as_they_are(
    door: DoorUnderTest,
) -> None:
    sent: dict[str, Any] = activity(note="Сенбілік «Таза қала» 😀")
    await door.send(json.dumps(sent, indent=4).encode())
    record = door.log.records["birge.submissions.v1"][0]
    assert record.value == json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
    assert record.key == f"{sent['source']}|r-1".encode()
    assert ("content-type", b"application/cloudevents+json") in record.headers
