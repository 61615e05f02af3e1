"""A nomination on real Kafka and MongoDB: opened by the awards' key, and read by nobody else."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pymongo import MongoClient

from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.sealed_nomination import nomination_from, withdrawal_from
from birge_common.security.receipts import ReceiptSigner
from tests.support.door import (
    IIN,
    NDJSON,
    OPENING_KEYS,
    RECEIPT_KEY,
    STRUCTURED,
    Event,
    as_lines,
    as_text,
)
from tests.support.ingest_process import IngestProcess
from tests.support.log_reading import records_of
from tests.support.nominations import nomination, personal_texts, withdrawal
from tests.support.stack import EmbeddedStack

pytestmark = pytest.mark.integration

NOMINATIONS, QUARANTINE = "birge.nominations.v1", "birge.quarantine.v1"
SIGNER = ReceiptSigner(RECEIPT_KEY)


@pytest.fixture
def source() -> str:
    return f"urn:{uuid4()}"


def sent_now(event: Event) -> Event:
    return {**event, "time": datetime.now(UTC).isoformat()}


def model_of(event: Event) -> object:
    return EVENT_TYPES[event["type"]].adapter.validate_json(as_text(event)).data


def values_of(stack: EmbeddedStack, topic: str) -> dict[tuple[int, int], bytes]:
    """The records of a topic by partition and offset."""
    held = asyncio.run(records_of(stack.kafka_bootstrap, topic))
    return {place: record.value or b"" for place, record in held.items()}


def test_what_is_accepted_is_sealed_at_its_place_in_the_log(
    ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = ingest.new_key("Nominator", source, kinds=["nomination"])
    events = [sent_now(nomination(f"n-{at}", source=source)) for at in range(120)]
    events += [sent_now(withdrawal("n-7", source=source))]
    answer = ingest.send(as_lines(events), NDJSON, key)
    results = answer.json()["results"]
    assert {result["status"] for result in results} == {"accepted"}
    held = values_of(stack, NOMINATIONS)
    for event, result in zip(events, results, strict=True):
        receipt = SIGNER.read(result["receipt"])
        assert receipt is not None
        assert receipt.topic == NOMINATIONS
        value = held[receipt.partition, receipt.offset]
        assert not [text for text in personal_texts(event["data"]) if text.encode() in value]
        logged = EVENT_TYPES[event["type"]].on_the_log.adapter.validate_json(value)
        opened = withdrawal_from if "withdrawn" in event["type"] else nomination_from
        assert opened(logged.data, OPENING_KEYS.open) == model_of(event)


def test_sent_again_it_is_a_duplicate_and_the_log_has_it_once(
    ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = ingest.new_key("Nominator", source)
    event = as_text(sent_now(nomination(source=source)))
    first, again = (ingest.send(event, STRUCTURED, key).json()["results"][0] for _ in range(2))
    assert (first["status"], again["status"]) == ("accepted", "duplicate")
    assert first["receipt"] == again["receipt"]
    held = values_of(stack, NOMINATIONS).values()
    assert sum(source.encode() in value for value in held) == 1


def test_what_is_refused_is_nowhere_kept(
    ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = ingest.new_key("Nominator", source, regions=["KZ-71"])
    refused = [
        nomination("n-1", source=source),
        nomination("n-2", source=source, region="KZ-71", citation=f"ЖСН {IIN}"),
        nomination("n-3", source=source, region="KZ-71", nominee={"gender": "f"}),
    ]
    answer = ingest.send(as_lines([sent_now(event) for event in refused]), NDJSON, key)
    codes = [result["errors"][0]["code"] for result in answer.json()["results"]]
    assert codes == ["region_not_yours", "pii_not_allowed", "unknown_field"]
    entries = ingest.get("/v1/quarantine", key).json()["entries"]
    assert [(entry["event"], entry["raw"]) for entry in entries] == [(None, None)] * 3
    told = [value for value in values_of(stack, QUARANTINE).values() if source.encode() in value]
    assert len(told) == 3
    texts = [*personal_texts(refused[1]["data"]), IIN]
    assert not [text for text in texts for value in told if text.encode() in value]


def test_the_database_and_the_log_lines_know_no_person(
    ingest: IngestProcess, stack: EmbeddedStack, source: str
) -> None:
    key = ingest.new_key("Nominator", source)
    event = nomination(source=source)
    ingest.send(as_lines([sent_now(event), sent_now(nomination("n-2", cycle=None))]), NDJSON, key)
    with MongoClient(stack.mongo_uri) as client:
        database = client[ingest.database]
        kept = str([list(database[name].find()) for name in database.list_collection_names()])
    said = ingest.log.read_text("utf-8")
    assert source in kept
    for text in personal_texts(event["data"]):
        assert text not in kept
        assert text not in said


def test_without_the_public_half_it_does_not_start(own_ingest: IngestProcess) -> None:
    own_ingest.stop()
    own_ingest.settings["BIRGE_SEALING__PUBLIC_KEY"] = ""
    with pytest.raises(AssertionError, match="Set BIRGE_SEALING__PUBLIC_KEY"):
        own_ingest.start()
