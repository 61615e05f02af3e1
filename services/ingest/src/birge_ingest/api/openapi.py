"""The OpenAPI document: contracts by reference, and every answer that any address can give."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from birge_common.contracts.base import CloudEvent
from birge_common.contracts.registry import EVENT_TYPES
from birge_ingest.api.models import RejectedProblem
from birge_ingest.api.problems import documented
from birge_ingest.wire import media

Schema = dict[str, Any]

_TEMPLATE = "#/components/schemas/{model}"
_AT_THE_DOOR = [entry for entry in EVENT_TYPES.values() if entry.at_the_door]
# Given before any route is asked, so on every address.
_EVERYWHERE = documented([400, 405, 431, 500])
_ATTRIBUTES = {
    "specversion": "1.0",
    "id": "With the source the identity of the event",
    "source": "URI of your system, as registered with your key",
    "type": "What happened, such as kz.birge.activity.reported.v1",
    "subject": "The business identity that the data names too",
    "time": "When you made the event, with its zone",
}


def _ref(name: str) -> Schema:
    return {"$ref": _TEMPLATE.format(model=name)}


def _header(name: str, description: str) -> Schema:
    text = f"{description}. Binary mode only; percent-encoded UTF-8."
    return {"name": f"ce-{name}", "in": "header", "schema": {"type": "string"}, "description": text}


EVENTS_BODY: Schema = {
    "parameters": [_header(name, text) for name, text in _ATTRIBUTES.items()],
    "requestBody": {
        "required": True,
        "content": {
            media.STRUCTURED: {"schema": _ref("Event")},
            media.BATCH: {"schema": {"type": "array", "items": _ref("Event")}},
            media.NDJSON: {
                "schema": {"type": "string", "description": "One event a line, as in a batch"}
            },
            media.JSON: {"schema": _ref("EventData")},
        },
    },
}


def openapi_of(app: FastAPI) -> Schema:
    """The document of the application, complete and the same every time."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
    )
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas.update(_contract_schemas())
    schemas["RejectedProblem"] = _problem_schema()
    for path in document["paths"].values():
        for operation in path.values():
            _complete(operation)
    return document


def _complete(operation: Schema) -> None:
    answers = operation["responses"]
    validation = answers.get("422", {}).get("content", {}).get("application/json")
    if validation:
        # FastAPI's own; here such requests are answered 400.
        del answers["422"]
    for status, answer in _EVERYWHERE.items():
        answers.setdefault(str(status), answer)


def _problem_schema() -> Schema:
    schema = RejectedProblem.model_json_schema(ref_template=_TEMPLATE)
    schema.pop("$defs")
    return schema


def _contract_schemas() -> dict[str, Schema]:
    """Schemas of the events taken here, each with its own type, and of their data."""
    events: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (CloudEvent[entry.data], "validation")  # type: ignore[name-defined]
        for entry in _AT_THE_DOOR
    ]
    names, definitions = models_json_schema(events, ref_template=_TEMPLATE)
    schemas: dict[str, Schema] = dict(definitions["$defs"])
    event_refs = []
    for entry, key in zip(_AT_THE_DOOR, events, strict=True):
        ref = names[key]
        schemas[ref["$ref"].rsplit("/", 1)[1]]["properties"]["type"] = {"const": entry.type}
        event_refs.append(ref)
    schemas["Event"] = {
        "title": "Event",
        "description": "A CloudEvent 1.0 of one of these types",
        "anyOf": event_refs,
    }
    schemas["EventData"] = {
        "title": "EventData",
        "description": "The data alone; the attributes are in ce- headers",
        "anyOf": [_ref(entry.data.__name__) for entry in _AT_THE_DOOR],
    }
    return schemas
