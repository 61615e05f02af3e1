"""No answer repeats what was sent, and no input is answered with a 500."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.door import (
    BATCH,
    NDJSON,
    STRUCTURED,
    DoorUnderTest,
    Event,
    activity,
    as_text,
    with_data,
)

MARK = "zq9<script>"
# The id, which is made of report_id, is the one thing that an answer has to repeat.
PLACES = {*activity()["data"], "note", "district", "grant_project", "held_on", "support"}

MARKED: dict[str, Event] = {
    **{f"data_{field}": activity(**{field: MARK}) for field in sorted(PLACES - {"report_id"})},
    **{
        f"attribute_{name}": {**activity(), name: MARK}
        for name in ("specversion", "source", "type", "time", "datacontenttype", "dataschema")
    },
    "unknown_field": activity(**{MARK: 1}),
    "unknown_field_inside": activity(organisation={MARK: MARK}),
    "extension": {**activity(), MARK: MARK},
    "list_item": activity(support=[MARK]),
    "deep": activity(participants={"child": {MARK: [MARK]}}),
    "subject": {**activity(), "subject": MARK},
}


@pytest.mark.parametrize("sent", MARKED.values(), ids=MARKED.keys())
async def test_what_was_sent_does_not_come_back(door: DoorUnderTest, sent: Event) -> None:
    answer = await door.send_one(sent)
    assert answer.status_code < 500
    assert "zq9" not in answer.text
    assert "zq9" not in str(answer.headers)


UNREADABLE = [
    f'{{"{MARK}": 1, "{MARK}": 2}}'.encode(),
    f'{{"a": "{MARK}'.encode(),
    f'{{"a": {MARK}}}'.encode(),
    f'["{MARK}", \\ud800]'.encode(),
    MARK.encode(),
]


@pytest.mark.parametrize("content_type", [STRUCTURED, BATCH, NDJSON])
@pytest.mark.parametrize("body", UNREADABLE)
async def test_what_cannot_be_read_does_not_come_back(
    door: DoorUnderTest, body: bytes, content_type: str
) -> None:
    answer = await door.send(body, content_type)
    assert 400 <= answer.status_code < 500
    assert "zq9" not in answer.text


@pytest.mark.parametrize(
    "path", [f"/v1/{MARK}", f"/v1/receipts/{MARK}", f"/v1/quarantine?after={MARK}&limit={MARK}"]
)
async def test_an_address_does_not_come_back(door: DoorUnderTest, path: str) -> None:
    answer = await door.get(path)
    assert 400 <= answer.status_code < 500
    assert "zq9" not in answer.text


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "type", "data", "$x", "", "a.b"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
FIELDS = [*activity(), *(f"data.{name}" for name in activity()["data"]), "new", "data.new"]

with_one_door = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@with_one_door
@given(value=anything)
async def test_any_json_gets_an_answer(door: DoorUnderTest, value: Any) -> None:
    for content_type, body in ((STRUCTURED, value), (BATCH, [value]), (NDJSON, value)):
        answer = await door.send(json.dumps(body).encode(), content_type)
        assert answer.status_code < 500


@with_one_door
@given(field=st.sampled_from(FIELDS), value=anything)
async def test_any_value_in_any_field_gets_an_answer(
    door: DoorUnderTest, field: str, value: Any
) -> None:
    inside = field.removeprefix("data.")
    sent = {**activity(), field: value}
    if inside != field:
        sent = with_data(activity(), **{inside: value})
    answer = await door.send(json.dumps(sent).encode())
    assert answer.status_code in (202, 400, 403, 413, 415, 422)
    quarantined = (await door.get("/v1/quarantine")).status_code
    assert quarantined == 200


@with_one_door
@given(body=st.binary(max_size=200), content_type=st.sampled_from([STRUCTURED, BATCH, NDJSON]))
async def test_any_bytes_get_an_answer(door: DoorUnderTest, body: bytes, content_type: str) -> None:
    assert (await door.send(body, content_type)).status_code < 500


@with_one_door
@given(at=st.integers(0, 400), bytes_=st.binary(min_size=1, max_size=3))
async def test_an_event_with_damaged_bytes_gets_an_answer(
    door: DoorUnderTest, at: int, bytes_: bytes
) -> None:
    good = as_text(activity())
    damaged = good[:at] + bytes_ + good[at + len(bytes_) :]
    for content_type, body in ((STRUCTURED, damaged), (BATCH, b"[" + damaged + b"]")):
        assert (await door.send(body, content_type)).status_code < 500
