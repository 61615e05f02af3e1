"""What the log holds of a nomination has its own schema and examples, which open."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from birge_common.contracts.documents import SEALED
from birge_common.contracts.registry import EVENT_TYPES, EventType
from birge_common.contracts.sealed_nomination import nomination_from, withdrawal_from
from birge_common.security.sealing import OpeningKeys
from tests.support.examples import EXAMPLES, ROOT

SEALED_TYPES = [entry for entry in EVENT_TYPES.values() if entry.sealed]
PATHS = sorted((EXAMPLES / "sealed").glob("*/v*/*.json"))
# Of nobody but the examples: it is no secret.
EXAMPLE_HALF = bytes(range(32))
KEYS = OpeningKeys({"example": EXAMPLE_HALF})


def test_nominations_and_their_withdrawals_are_sealed_and_nothing_else() -> None:
    assert [entry.type for entry in SEALED_TYPES] == [
        "kz.birge.nomination.submitted.v1",
        "kz.birge.nomination.withdrawn.v1",
    ]
    others = [entry for entry in EVENT_TYPES.values() if entry not in SEALED_TYPES]
    assert all(entry.on_the_log is entry for entry in others)


def test_the_folder_of_sealed_schemas_holds_those_types() -> None:
    found = {path.stem for path in (ROOT / SEALED).glob("*.json")}
    assert found == {entry.type for entry in SEALED_TYPES}


@pytest.mark.parametrize("entry", SEALED_TYPES, ids=lambda entry: entry.type)
def test_the_sealed_form_keeps_identity_topic_and_version(entry: EventType) -> None:
    logged = entry.on_the_log
    assert (logged.type, logged.topic, logged.versioned) == (entry.type, entry.topic, True)
    assert {"nomination_id", "version", "sealed"} <= set(logged.data.model_fields)
    assert set(logged.data.model_fields) - {"sealed"} <= set(entry.data.model_fields)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_an_example_follows_its_schema_and_opens_to_the_example_that_was_sent(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    entry = EVENT_TYPES[document["type"]]
    committed = json.loads((ROOT / SEALED / f"{entry.type}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(committed)
    Draft202012Validator(committed).validate(document)
    event = entry.on_the_log.adapter.validate_json(path.read_bytes())
    assert event.subject == entry.on_the_log.subject_of(event.data)
    opened = nomination_from if "submitted" in entry.type else withdrawal_from
    sent = EXAMPLES / path.relative_to(EXAMPLES / "sealed")
    assert opened(event.data, KEYS.open) == entry.adapter.validate_json(sent.read_bytes()).data


def test_each_example_that_is_sent_has_its_sealed_form() -> None:
    sent = {path.relative_to(EXAMPLES) for path in EXAMPLES.glob("kz.birge.nomination.*/v*/*.json")}
    assert {path.relative_to(EXAMPLES / "sealed") for path in PATHS} == sent


def test_the_sent_form_is_refused_where_the_log_is_read() -> None:
    for entry in SEALED_TYPES:
        for path in EXAMPLES.glob(f"{entry.type.removesuffix('.v1')}/v1/*.json"):
            with pytest.raises(ValueError, match="sealed"):
                entry.on_the_log.adapter.validate_json(path.read_bytes())


def test_the_asyncapi_document_describes_the_sealed_forms() -> None:
    document = json.loads((ROOT / "docs/asyncapi.json").read_text(encoding="utf-8"))
    payloads = {
        name: message["payload"]["$ref"]
        for name, message in document["components"]["messages"].items()
    }
    for entry in EVENT_TYPES.values():
        assert ("/sealed/" in payloads[entry.type]) == bool(entry.sealed)
