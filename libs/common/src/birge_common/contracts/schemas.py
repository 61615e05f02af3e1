"""The JSON Schema of a whole event of a type, written to be read in a diff."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema as cs

from birge_common.contracts.extensions import EXTENSION_NAME_PATTERN
from birge_common.contracts.reference import ReferencePublishedV1, rows_rules
from birge_common.contracts.registry import EventType

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FIRST = ("$schema", "$id", "title", "description", "type", "const", "required", "properties")


class _Readable(GenerateJsonSchema):
    """Without what a reader sees anyway: titles of fields, and that absent is the same as null."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: cs.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described

    def nullable_schema(self, schema: cs.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        if not isinstance(inner.get("type"), str):
            return {"anyOf": [inner, {"type": "null"}]}
        either = {**inner, "type": [inner["type"], "null"]}
        return {**either, "enum": [*inner["enum"], None]} if "enum" in inner else either

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        return value


def schema_of(event_type: EventType) -> JsonSchemaValue:
    """The schema of the envelope with this type's data."""
    schema = event_type.adapter.json_schema(schema_generator=_Readable)
    data = schema["$defs"][event_type.data.__name__]
    if event_type.data is ReferencePublishedV1:
        data["allOf"] = rows_rules()
    schema["properties"]["type"] = {
        "description": schema["properties"]["type"]["description"],
        "const": event_type.type,
    }
    # The keys of further attributes are checked by the model, but pydantic does not say so.
    schema["propertyNames"] = {"pattern": EXTENSION_NAME_PATTERN}
    head = {
        "$schema": DIALECT,
        "$id": f"{event_type.type}.json",
        "title": event_type.type,
        "description": data["description"],
    }
    ordered: JsonSchemaValue = _in_reading_order(schema | head)
    return ordered


def _in_reading_order(node: Any) -> Any:
    """Keywords in one order at every level; the order of properties stays that of the fields."""
    if isinstance(node, list):
        return [_in_reading_order(item) for item in node]
    if not isinstance(node, dict):
        return node
    first = [key for key in _FIRST if key in node]
    last = [key for key in ("$defs",) if key in node]
    rest = [key for key in node if key not in first and key not in last]
    return {key: _member(key, node[key]) for key in (*first, *rest, *last)}


def _member(keyword: str, value: Any) -> Any:
    if keyword == "properties":
        return {name: _in_reading_order(child) for name, child in value.items()}
    if keyword == "$defs":
        return {name: _in_reading_order(value[name]) for name in sorted(value)}
    return _in_reading_order(value)
