"""Nominations come in, and nothing that they say of a person is seen behind the door."""

import asyncio
import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.sealed_nomination import nomination_from, withdrawal_from
from birge_ingest.domain.content import content_digest
from tests.support.door import (
    IIN,
    NDJSON,
    OPENING_KEYS,
    OTHER_SOURCE,
    SOURCE,
    DoorUnderTest,
    Event,
    activity,
    as_lines,
    as_text,
    with_data,
    without,
)
from tests.support.nominations import (
    SUBMITTED,
    WITHDRAWN,
    any_nomination,
    international,
    nomination,
    personal_texts,
    withdrawal,
)

NOMINATIONS, QUARANTINE = "birge.nominations.v1", "birge.quarantine.v1"
OPEN_FIELDS = {"nomination_id", "version", "cycle", "track", "region", "nomination", "nominee"}
OPEN_FIELDS |= {"consents", "sealed"}


def model_of(sent: Event) -> Any:
    return EVENT_TYPES[sent["type"]].adapter.validate_json(json.dumps(sent)).data


def on_the_log(door: DoorUnderTest, at: int = 0) -> Any:
    """The event as a reader of the log meets it."""
    value = door.log.records[NOMINATIONS][at].value
    kind = EVENT_TYPES[json.loads(value)["type"]]
    return kind.on_the_log.adapter.validate_json(value)


def everything_written(door: DoorUnderTest) -> str:
    """All records, all entries of the quarantine and all that is remembered, as text."""
    records = [record for topic in door.log.records.values() for record in topic]
    kept = [list(door.seen._events.values()), list(door.quarantine._entries.values())]
    return "\n".join(
        [
            *(str(part) for record in records for part in (record.key, record.headers)),
            *(record.value.decode() for record in records),
            *(json.dumps(msgspec.to_builtins(part, enc_hook=str)) for part in kept),
            *(str(part) for part in kept),
        ]
    )


def assert_unseen(text: str, sent: Event) -> None:
    for personal in personal_texts(sent["data"]):
        for written in (personal, json.dumps(personal)[1:-1], str(personal.encode())[2:-1]):
            assert written not in text


async def test_a_nomination_is_accepted_with_a_receipt_and_opened_by_the_awards(
    door: DoorUnderTest,
) -> None:
    sent = nomination()
    answer = await door.send_one(sent)
    [result] = answer.json()["results"]
    assert (answer.status_code, result["status"]) == (202, "accepted")
    receipt = door.signer.read(result["receipt"])
    assert receipt is not None
    assert (receipt.topic, receipt.type, receipt.version) == (NOMINATIONS, SUBMITTED, 1)
    assert nomination_from(on_the_log(door).data, OPENING_KEYS.open) == model_of(sent)


async def test_the_record_shows_what_readers_may_see_and_nothing_else(door: DoorUnderTest) -> None:
    sent = nomination()
    await door.send_one(sent)
    [record] = door.log.records[NOMINATIONS]
    [value] = door.values(NOMINATIONS)
    assert record.key == f"{SOURCE}|n-1".encode()
    assert {name: value[name] for name in value if name != "data"} == without(sent, "data")
    assert set(value["data"]) == OPEN_FIELDS
    assert value["data"]["nominee"] == {"kind": "person", "volunteer": "v-7f3a9c21"}
    assert all(
        value["data"][name] == sent["data"][name] for name in OPEN_FIELDS - {"nominee", "sealed"}
    )
    assert_unseen(everything_written(door), sent)


async def test_a_withdrawal_hides_its_reason(door: DoorUnderTest) -> None:
    sent = withdrawal()
    answer = await door.send_one(sent)
    assert answer.json()["results"][0]["status"] == "accepted"
    [value] = door.values(NOMINATIONS)
    assert (value["type"], set(value["data"])) == (
        WITHDRAWN,
        {"nomination_id", "version", "sealed"},
    )
    assert_unseen(everything_written(door), sent)
    assert withdrawal_from(on_the_log(door).data, OPENING_KEYS.open) == model_of(sent)


with_one_door = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@with_one_door
@given(sent=any_nomination())
@example(sent=nomination())
@example(sent=international())
async def test_no_personal_text_of_any_nomination_is_on_the_log_and_all_comes_back(
    door: DoorUnderTest, sent: Event
) -> None:
    door.clear()
    answer = await door.send_one(sent)
    assert answer.status_code == 202, answer.text
    assert_unseen(everything_written(door), sent)
    assert_unseen(answer.text, sent)
    assert nomination_from(on_the_log(door).data, OPENING_KEYS.open) == model_of(sent)


EXTRAS = {
    "extension": {"nomineename": "Айгерім Үлгі"},
    "baggage": {"baggage": "name=Aigerim%20Ulgi"},
    "tracestate": {"tracestate": "v=Aigerim"},
    "schema address": {"dataschema": "https://example.kz/Aigerim"},
    "parameter of the media type": {"datacontenttype": "application/json; by=Aigerim"},
}


@pytest.mark.parametrize("extra", EXTRAS.values(), ids=EXTRAS.keys())
async def test_attributes_that_could_say_anything_do_not_reach_the_log(
    door: DoorUnderTest, spans: InMemorySpanExporter, extra: dict[str, str]
) -> None:
    own = "00-1234567890abcdef1234567890abcdef-1234567890abcdef-01"
    sent = {**nomination(), "traceparent": own, **extra}
    assert (await door.send_one(sent)).status_code == 202
    [value] = door.values(NOMINATIONS)
    assert value["datacontenttype"] == "application/json"
    assert value["traceparent"] == own
    traced = " ".join(span.to_json() for span in spans.get_finished_spans())
    for name in ("Aigerim", "Айгерім"):
        assert name not in everything_written(door)
        assert name not in traced


async def test_logs_and_traces_hold_nothing_personal(
    door: DoorUnderTest, spans: InMemorySpanExporter, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = nomination("n-2", citation=f"IIN {IIN}")
    await door.send(as_lines([nomination(), refused, withdrawal(), nomination()]), NDJSON)
    traced = " ".join(span.to_json() for span in spans.get_finished_spans())
    logged = "".join(capsys.readouterr())
    assert traced
    for text in (traced, logged):
        assert IIN not in text
        for sent in (nomination(), refused, withdrawal()):
            assert_unseen(text, sent)


async def test_the_same_nomination_again_is_a_duplicate_with_the_first_receipt(
    door: DoorUnderTest,
) -> None:
    first = (await door.send_one(nomination())).json()["results"][0]
    again = {**nomination(), "time": "2022-12-01T08:59:30Z", "anything": "else"}
    second = (await door.send_one(again)).json()["results"][0]
    assert (second["status"], second["receipt"]) == ("duplicate", first["receipt"])
    assert len(door.log.records[NOMINATIONS]) == 1


async def test_duplicates_in_one_request_are_sealed_once(door: DoorUnderTest) -> None:
    answer = await door.send(as_lines([nomination(), nomination()]), NDJSON)
    results = answer.json()["results"]
    assert [result["status"] for result in results] == ["accepted", "duplicate"]
    assert results[0]["receipt"] == results[1]["receipt"]
    assert len(door.log.records[NOMINATIONS]) == 1


CHANGED = {
    "name": nomination(nominee={"name": "Айгерім Басқа"}),
    "contact": nomination(nominee={"contact": "other@example.kz"}),
    "citation": nomination(citation="Басқа."),
    "version": nomination(version=2),
}


@pytest.mark.parametrize("changed", CHANGED.values(), ids=CHANGED.keys())
async def test_the_same_id_with_other_content_is_refused_and_neither_is_kept(
    door: DoorUnderTest, changed: Event
) -> None:
    await door.send_one(nomination())
    answer = await door.send_one(changed)
    assert answer.json()["results"][0]["errors"][0]["code"] == "id_reused"
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    assert (entry["event"], entry["raw"]) == (None, None)
    assert_unseen(everything_written(door), nomination())
    assert_unseen(everything_written(door), changed)


async def test_no_digest_of_a_nomination_can_be_tried_out(door: DoorUnderTest) -> None:
    sent = nomination()
    answer = await door.send_one(sent)
    await door.send_one({**nomination(citation=IIN), "id": "e-2"})
    receipt = door.signer.read(answer.json()["results"][0]["receipt"])
    [seen] = door.seen._events.values()
    [entry] = door.quarantine._entries.values()
    assert receipt is not None
    assert receipt.digest == seen.digest
    guesses = {content_digest(sent), hashlib.sha256(as_text(sent)).hexdigest()}
    refused = {**nomination(citation=IIN), "id": "e-2"}
    compact = json.dumps(refused, ensure_ascii=False, separators=(",", ":")).encode()
    guesses |= {hashlib.sha256(as_text(refused)).hexdigest(), hashlib.sha256(compact).hexdigest()}
    assert not guesses & {seen.digest, entry.digest}


async def test_digests_of_one_content_are_equal_only_under_one_secret() -> None:
    doors = [DoorUnderTest(), DoorUnderTest()]
    other = doors[0].settings.security.model_copy(
        update={"receipt_key": type(doors[0].settings.security.receipt_key)("s" * 32)}
    )
    doors.append(DoorUnderTest(settings=doors[0].settings.model_copy(update={"security": other})))
    for door in doors:
        await door.send_one(nomination())
    digests = [next(iter(door.seen._events.values())).digest for door in doors]
    assert digests[0] == digests[1] != digests[2]


async def test_the_digest_of_an_activity_is_the_plain_one(door: DoorUnderTest) -> None:
    await door.send_one(activity())
    [seen] = door.seen._events.values()
    assert seen.digest == content_digest(activity())


async def test_a_personal_number_is_kept_only_as_a_keyed_digest_in_any_type(
    door: DoorUnderTest,
) -> None:
    sent = activity(note=IIN)
    await door.send_one(sent)
    [entry] = door.quarantine._entries.values()
    compact = json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
    assert entry.digest != hashlib.sha256(compact).hexdigest()
    await door.send_one(activity(hours=-1))
    kept = [entry for entry in door.quarantine._entries.values() if entry.event]
    assert [hashlib.sha256(entry.event or b"").hexdigest() for entry in kept] == [kept[0].digest]


REFUSED = {
    "an IIN in the citation": (
        nomination(citation=f"ЖСН {IIN}"),
        "pii_not_allowed",
        "/data/citation",
    ),
    "an IIN with an invisible character": (
        nomination(citation=f"{IIN[:6]}\u200b{IIN[6:]}"),
        "pii_not_allowed",
        "/data/citation",
    ),
    "an IIN as the volunteer": (
        nomination(nominee={"volunteer": IIN}),
        "pii_not_allowed",
        "/data/nominee/volunteer",
    ),
    "an IIN as the reason": (withdrawal(reason=IIN), "pii_not_allowed", "/data/reason"),
    "an IIN as the subject": (nomination(IIN), "pii_not_allowed", "/id"),
    "an IIN as the id": ({**nomination(), "id": IIN}, "pii_not_allowed", "/id"),
    "an IIN as the cycle": (nomination(cycle=IIN), "pii_not_allowed", "/data/cycle"),
    "no name": (
        with_data(nomination(), nominee={"kind": "person"}),
        "required",
        "/data/nominee/name",
    ),
    "an unknown field": (
        nomination(nominee={"gender": "f"}),
        "unknown_field",
        "/data/nominee/gender",
    ),
    "a field made of a name": (nomination(**{"Айгерім Үлгі": 1}), "unknown_field", "/data"),
    "a sealed field": (nomination(sealed="v1.2022.abc"), "unknown_field", "/data/sealed"),
    "no region": (nomination(region=None), "required", "/data/region"),
    "no country": (with_data(international(), country=None), "required", "/data/country"),
    "a region of the country": (nomination(region="KZ"), "unknown_code", "/data/region"),
    "a young year": (nomination(nominee={"birth_year": 12}), "range", "/data/nominee/birth_year"),
    "no consents": (with_data(nomination(), consents=None), "required", "/data/consents"),
    "no citation": (nomination(citation=None), "required", "/data/citation"),
    "21 confirmations": (
        nomination(confirmations=[{"organisation": "Үлгі"}] * 21),
        "range",
        "/data/confirmations",
    ),
    "a script as evidence": (
        nomination(evidence=[{"kind": "x", "url": "javascript:alert(1)"}]),
        "type",
        "/data/evidence/0/url",
    ),
    "another subject": ({**nomination(), "subject": "n-2"}, "subject_mismatch", "/subject"),
    "a withdrawal without a reason": (withdrawal(reason=None), "required", "/data/reason"),
    "a version 0": (withdrawal(version=0), "range", "/data/version"),
    "a misspelt type": (
        {**nomination(), "type": "kz.birge.Nomination.v1"},
        "unknown_type",
        "/type",
    ),
    "the type of an activity": (
        {**nomination(), "type": "kz.birge.activity.reported.v1"},
        "required",
        "/data/report_id",
    ),
    "no type": (without(nomination(), "type"), "required", "/type"),
    "a type that names somebody": (
        {**nomination(), "type": "Айгерім Үлгі"},
        "unknown_type",
        "/type",
    ),
    "a source that names somebody": (
        {**nomination(), "source": "Айгерім Үлгі"},
        "source_not_yours",
        "/source",
    ),
}


@pytest.mark.parametrize(("sent", "code", "pointer"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_bad_nomination_is_refused_and_leaves_digest_codes_and_pointers(
    door: DoorUnderTest, sent: Event, code: str, pointer: str
) -> None:
    answer = await door.send_one(sent)
    [result] = answer.json()["results"]
    assert result["status"] == "rejected"
    found = [(error["code"], error["pointer"]) for error in result["errors"]]
    assert (code, pointer) in found
    [entry] = (await door.get("/v1/quarantine")).json()["entries"]
    assert (entry["event"], entry["raw"]) == (None, None)
    assert (code, pointer) in [(error["code"], error["pointer"]) for error in entry["errors"]]
    [record] = door.log.records[QUARANTINE]
    assert NOMINATIONS not in door.log.records
    data = (
        EVENT_TYPES["kz.birge.submission.quarantined.v1"].adapter.validate_json(record.value).data
    )
    assert (data.event, data.raw) == (None, None)
    written = everything_written(door)
    assert_unseen(written, sent)
    assert "Айгерім" not in written
    assert IIN not in written
    assert len(entry["digest"]) == 64


UNREADABLE = {
    "cut short": as_text(nomination())[:-20],
    "cut short and escaped": json.dumps(nomination())[:-20].encode(),
    "its words escaped": as_text(nomination())[:-20].replace(b"nomin", b"\\u006eomin"),
    "a key twice": b'{"data": {"nominee": {"name": "a", "name": "b"}}}',
    "not utf-8": as_text(nomination()).decode().encode("cp1251", "replace"),
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_a_nomination_that_cannot_be_read_leaves_a_digest(
    door: DoorUnderTest, body: bytes
) -> None:
    await door.send(body + b"\n" + as_text(activity()), NDJSON)
    [entry] = door.quarantine._entries.values()
    assert (entry.event, entry.raw) == (None, None)
    assert entry.digest != hashlib.sha256(body).hexdigest()


async def test_a_regional_key_nominates_in_its_region_only(door: DoorUnderTest) -> None:
    key = door.new_key("Astana", sources=[OTHER_SOURCE], regions=["KZ-71"])
    own = nomination("n-1", source=OTHER_SOURCE, region="KZ-71")
    foreign = nomination("n-2", source=OTHER_SOURCE)
    assert (await door.send_one(own, key=key)).status_code == 202
    answer = await door.send_one(foreign, key=key)
    [error] = answer.json()["results"][0]["errors"]
    assert (answer.status_code, error["code"], error["pointer"]) == (
        403,
        "region_not_yours",
        "/data/region",
    )
    assert_unseen(everything_written(door), foreign)


async def test_an_international_nomination_needs_no_region_of_the_key(door: DoorUnderTest) -> None:
    key = door.new_key("Abroad", sources=["urn:abroad"], regions=["KZ-71"])
    sent = international(source="urn:abroad")
    assert (await door.send_one(sent, key=key)).status_code == 202
    assert on_the_log(door).data.country == "GE"
    assert on_the_log(door).data.region is None


async def test_a_key_for_nominations_sends_nothing_else(door: DoorUnderTest) -> None:
    key = door.new_key("Nominator", sources=["urn:n"], kinds=["nomination"])
    for sent in (nomination(source="urn:n"), withdrawal(source="urn:n")):
        assert (await door.send_one(sent, key=key)).status_code == 202
    answer = await door.send_one(activity(source="urn:n"), key=key)
    assert (answer.status_code, answer.json()["code"]) == (403, "kind_not_yours")


async def test_a_key_for_activity_sends_no_nomination_and_nothing_of_it_stays(
    door: DoorUnderTest,
) -> None:
    key = door.new_key("Office", sources=["urn:o"], kinds=["activity"])
    sent = nomination(source="urn:o")
    answer = await door.send_one(sent, key=key)
    assert (answer.status_code, answer.json()["code"]) == (403, "kind_not_yours")
    assert_unseen(everything_written(door), sent)


async def test_a_bad_nomination_does_not_drag_its_neighbours_down(door: DoorUnderTest) -> None:
    body = as_lines([nomination("n-1"), nomination("n-2", version=0), activity(), withdrawal()])
    answer = await door.send(body, NDJSON)
    statuses = [result["status"] for result in answer.json()["results"]]
    assert statuses == ["accepted", "rejected", "accepted", "accepted"]
    assert len(door.log.records[NOMINATIONS]) == 2
    assert door.values() == [activity()]


async def test_without_the_log_nothing_is_remembered_and_nothing_said(door: DoorUnderTest) -> None:
    door.log.is_away = True
    answer = await door.send_one(nomination())
    assert answer.status_code == 503
    assert_unseen(answer.text, nomination())
    assert not door.seen._events


async def turns_of_others(door: DoorUnderTest, nominations: int) -> int:
    """How often another task ran while the door took so many nominations."""
    body = as_lines([nomination(f"n-{nominations}-{at}") for at in range(nominations)])
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count_turns())
    assert (await door.send(body, NDJSON)).status_code == 202
    counting.cancel()
    return turns


async def test_others_get_their_turn_while_many_nominations_are_sealed(
    door: DoorUnderTest,
) -> None:
    few, many = [await turns_of_others(door, count) for count in (50, 350)]
    # Three more turns while checking, and three more while sealing.
    assert many - few == 6


async def test_a_short_citation_cannot_be_told_from_a_longer_one_by_the_record(
    door: DoorUnderTest,
) -> None:
    await door.send_one(nomination("n-1", citation="Қ"))
    await door.send_one(nomination("n-2", citation="Қысқаша."))
    lengths = {len(value["data"]["sealed"]) for value in door.values(NOMINATIONS)}
    assert len(lengths) == 1
