"""What is made from the contracts is committed as it would be made now."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from birge_common.contracts.documents import EXAMPLES, SCHEMAS, documents, main
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.topics import TOPICS
from tests.support.examples import ROOT, example_paths

DOCUMENTS = list(documents(ROOT))
ASYNCAPI = json.loads((ROOT / "docs/asyncapi.json").read_text(encoding="utf-8"))


def committed(type_name: str) -> dict[str, Any]:
    text = (ROOT / SCHEMAS / f"{type_name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@pytest.mark.parametrize(
    ("path", "text"), DOCUMENTS, ids=[str(p.relative_to(ROOT)) for p, _ in DOCUMENTS]
)
def test_a_committed_document_is_what_the_contracts_make(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text


def test_the_folder_holds_schemas_of_known_types_only() -> None:
    assert {path.stem for path in (ROOT / SCHEMAS).glob("*.json")} == set(EVENT_TYPES)


@pytest.mark.parametrize("type_name", EVENT_TYPES)
def test_a_schema_is_a_schema_with_words_for_every_field(type_name: str) -> None:
    schema = committed(type_name)
    Draft202012Validator.check_schema(schema)
    nodes = [schema, *(node for node in schema["$defs"].values() if "properties" in node)]
    for node in nodes:
        assert node["description"]
        for name, field in node["properties"].items():
            assert "description" in field or "$ref" in field or "anyOf" in field, name


@pytest.mark.parametrize("path", example_paths(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_an_example_follows_its_committed_schema(path: Path) -> None:
    event = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(committed(event["type"])).validate(event)


@pytest.mark.parametrize("type_name", EVENT_TYPES)
def test_a_type_has_at_least_two_examples_one_of_them_with_nulls(type_name: str) -> None:
    name, _, version = type_name.rpartition(".")
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / EXAMPLES / name / version).iterdir()]
    assert len(texts) >= 2
    assert any(re.search(r": null\b", text) for text in texts)


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if "$ref" in node else []
        return here + [found for child in node.values() for found in _references(child)]
    if isinstance(node, list):
        return [found for child in node for found in _references(child)]
    return []


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    references = _references(ASYNCAPI)
    assert references
    for reference in references:
        if reference.startswith("#/"):
            node = ASYNCAPI
            for step in reference.removeprefix("#/").split("/"):
                node = node[step]
        else:
            assert (ROOT / "docs" / reference).resolve().is_file(), reference


def test_the_asyncapi_document_has_every_topic_type_producer_and_reader() -> None:
    assert list(ASYNCAPI["channels"]) == [topic.name for topic in TOPICS]
    assert list(ASYNCAPI["components"]["messages"]) == list(EVENT_TYPES)
    said = [message for each in ASYNCAPI["channels"].values() for message in each["messages"]]
    assert sorted(said) == sorted(EVENT_TYPES)
    assert len(ASYNCAPI["operations"]) == sum(1 + len(topic.consumers) for topic in TOPICS)


def test_the_check_finds_a_stale_and_a_missing_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(tmp_path)]) == 0
    assert main(["--root", str(tmp_path), "--check"]) == 0
    stale = tmp_path / SCHEMAS / "kz.birge.census.submitted.v1.json"
    stale.write_text("{}", encoding="utf-8")
    (tmp_path / "docs/asyncapi.json").unlink()
    capsys.readouterr()
    assert main(["--root", str(tmp_path), "--check"]) == 1
    told = capsys.readouterr().out
    assert "census.submitted.v1.json" in told
    assert "asyncapi.json" in told
    assert stale.read_text(encoding="utf-8") == "{}"
