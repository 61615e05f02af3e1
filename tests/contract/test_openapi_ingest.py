"""The committed OpenAPI document of ingest is the one its code gives, and says what matters."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from birge_common.contracts.registry import EVENT_TYPES
from birge_common.web.openapi import document_of
from birge_ingest.openapi import PATH, documented_app
from tests.support.door import activity, census
from tests.support.examples import example_paths

DOCUMENT: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
AT_THE_DOOR = [entry.type for entry in EVENT_TYPES.values() if entry.at_the_door]


def schema_of_an_event() -> dict[str, Any]:
    """The schema that the document gives for one event, with what it refers to."""
    return {"$ref": "#/components/schemas/Event", "components": DOCUMENT["components"]}


def test_the_committed_document_is_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == document_of(documented_app())


def test_every_reference_leads_somewhere() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    text = json.dumps(DOCUMENT)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in schemas


def test_the_four_content_types_are_documented() -> None:
    body = DOCUMENT["paths"]["/v1/events"]["post"]["requestBody"]
    assert set(body["content"]) == {
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
        "application/json",
        "application/x-ndjson",
    }


@pytest.mark.parametrize("type_name", AT_THE_DOOR)
def test_examples_fit_the_documented_schema(type_name: str) -> None:
    validator = Draft202012Validator(schema_of_an_event())
    paths = [
        path
        for path in example_paths()
        if f"{path.parent.parent.name}.{path.parent.name}" == type_name
    ]
    assert paths
    for path in paths:
        validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_the_schema_tells_good_events_from_bad_ones() -> None:
    validator = Draft202012Validator(schema_of_an_event())
    assert validator.is_valid(activity())
    assert not validator.is_valid(activity(hours=-1))
    assert not validator.is_valid(activity(is_admin=True))
    assert not validator.is_valid({**census(), "type": "kz.birge.activity.reported.v1"})


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_problems_of_every_address_are_documented(path: str) -> None:
    for operation in DOCUMENT["paths"][path].values():
        assert {"400", "405", "431", "500"} <= set(operation["responses"])
