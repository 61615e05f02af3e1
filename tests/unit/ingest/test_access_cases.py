"""The A entries of the catalogue of bad inputs: who may send what, and see what."""

from datetime import timedelta

import pytest

from birge_common.security.keys import issue_key
from tests.support.door import (
    NDJSON,
    PEPPER,
    SOURCE,
    STRUCTURED,
    DoorUnderTest,
    activity,
    as_lines,
    as_text,
    census,
)

ADDRESSES = [
    ("POST", "/v1/events"),
    ("GET", "/v1/quarantine"),
    ("GET", "/v1/quarantine/0"),
    ("GET", "/v1/receipts/x"),
]
NO_KEYS = {
    "A1_none": {},
    "A1_other_scheme": {"Authorization": "Basic dTpw"},
    "A1_empty": {"Authorization": "Bearer "},
    "A1_garbage": {"Authorization": "Bearer x"},
    "A1_unknown_key": {"Authorization": f"Bearer {issue_key('test', PEPPER).text}"},
    "A1_very_long": {"Authorization": f"Bearer {'x' * 8_000}"},
}


@pytest.mark.parametrize("headers", NO_KEYS.values(), ids=NO_KEYS.keys())
@pytest.mark.parametrize(("method", "path"), ADDRESSES)
async def test_without_a_live_key_nothing_is_answered(
    door: DoorUnderTest, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = await door.client.request(
        method, path, content=as_text(activity()), headers={"Content-Type": STRUCTURED, **headers}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert door.log.records == {}


async def test_a1_one_wrong_digit_is_no_key(door: DoorUnderTest) -> None:
    last = door.key[-1]
    wrong = door.key[:-1] + ("0" if last != "0" else "1")
    assert (await door.send_one(activity(), key=wrong)).status_code == 401


async def test_a2_a_revoked_key_is_refused(door: DoorUnderTest) -> None:
    key = door.new_key("Short-lived", sources=["urn:short"])
    assert (await door.send_one(activity(source="urn:short"), key=key)).status_code == 202
    door.revoke(key)
    assert (await door.send_one(activity("r-2", source="urn:short"), key=key)).status_code == 401


async def test_a2_an_expired_key_is_refused() -> None:
    door = DoorUnderTest()
    door.expire(door.key, door.clock.now() + timedelta(hours=1))
    assert (await door.send_one(activity())).status_code == 202
    door.clock.advance(timedelta(hours=1))
    assert (await door.send_one(activity("r-2"))).status_code == 401


@pytest.mark.parametrize("parameter", ["key", "api_key", "token", "access_token"])
async def test_a3_a_key_in_the_address_is_refused_and_said_to_be_burnt(
    door: DoorUnderTest, parameter: str
) -> None:
    answer = await door.client.post(
        f"/v1/events?{parameter}={door.key}",
        content=as_text(activity()),
        headers={"Authorization": f"Bearer {door.key}", "Content-Type": STRUCTURED},
    )
    assert answer.status_code == 401
    assert "replaced" in answer.json()["detail"]
    assert door.key not in answer.text


async def test_a4_a_kind_beyond_the_key_is_403_and_logged(
    door: DoorUnderTest, capsys: pytest.CaptureFixture[str]
) -> None:
    key = door.new_key("Only reports", sources=[SOURCE], kinds=["activity"])
    assert (await door.send_one(activity(), key=key)).status_code == 202
    answer = await door.send_one(census(), key=key)
    assert (answer.status_code, answer.json()["code"]) == (403, "kind_not_yours")
    assert "activity" in answer.json()["detail"]
    assert "kind_not_yours" in capsys.readouterr().out


async def test_a4_in_a_batch_what_lies_beyond_is_rejected_alone(door: DoorUnderTest) -> None:
    key = door.new_key("Only reports", sources=[SOURCE], kinds=["activity"])
    answer = await door.send(as_lines([census(), activity()]), NDJSON, key=key)
    assert answer.status_code == 202
    assert [result["status"] for result in answer.json()["results"]] == ["rejected", "accepted"]


async def test_a4_a_key_without_the_action_is_403(door: DoorUnderTest) -> None:
    key = door.new_key("Reader", sources=[SOURCE], actions=["statistics:read"])
    assert (await door.send_one(activity(), key=key)).status_code == 403
    assert (await door.get("/v1/quarantine", key=key)).status_code == 403
    assert (await door.get("/v1/receipts/x", key=key)).status_code == 403


async def test_a_receipt_shows_where_the_event_is(door: DoorUnderTest) -> None:
    await door.send_one(activity("before"))
    sent = await door.send_one(activity(version=4))
    receipt = sent.json()["results"][0]["receipt"]
    shown = (await door.get(f"/v1/receipts/{receipt}")).json()
    digest = shown.pop("digest")
    assert len(digest) == 64
    assert shown == {
        "source": SOURCE,
        "id": "e-r-1",
        "type": "kz.birge.activity.reported.v1",
        "subject": "r-1",
        "version": 4,
        "topic": "birge.submissions.v1",
        "partition": 0,
        "offset": 1,
        "trace_id": sent.json()["trace_id"],
    }


async def test_a5_a_foreign_receipt_reads_like_none(door: DoorUnderTest) -> None:
    receipt = (await door.send_one(activity())).json()["results"][0]["receipt"]
    stranger = door.new_key("Stranger", sources=["urn:stranger"])
    foreign = await door.get(f"/v1/receipts/{receipt}", key=stranger)
    forged = await door.get(f"/v1/receipts/{receipt[:-2]}xx", key=stranger)
    assert foreign.status_code == forged.status_code == 404
    assert without_trace(foreign.json()) == without_trace(forged.json())
    assert (await door.get(f"/v1/receipts/{receipt}")).status_code == 200


async def test_a5_a_foreign_quarantined_event_reads_like_none(door: DoorUnderTest) -> None:
    await door.send_one(activity(hours=-1))
    entry = (await door.get("/v1/quarantine")).json()["entries"][0]
    path = f"/v1/quarantine/{entry['quarantine_id']}"
    stranger = door.new_key("Stranger", sources=["urn:stranger"])
    foreign = await door.get(path, key=stranger)
    missing = await door.get(f"/v1/quarantine/{'0' * 32}", key=stranger)
    assert foreign.status_code == missing.status_code == 404
    assert without_trace(foreign.json()) == without_trace(missing.json())
    assert (await door.get(path)).status_code == 200
    assert (await door.get("/v1/quarantine", key=stranger)).json()["entries"] == []


async def test_a2_two_live_keys_of_one_partner_see_the_same(door: DoorUnderTest) -> None:
    second = door.new_key("Almaty office", sources=[SOURCE])
    await door.send_one(activity(hours=-1))
    receipt = (await door.send_one(activity("r-2"))).json()["results"][0]["receipt"]
    assert len((await door.get("/v1/quarantine", key=second)).json()["entries"]) == 1
    assert (await door.get(f"/v1/receipts/{receipt}", key=second)).status_code == 200


def without_trace(problem: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in problem.items() if name != "trace_id"}
