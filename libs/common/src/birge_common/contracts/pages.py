"""Tables of the documentation that are made from the contracts, so that they cannot go stale."""

from collections.abc import Iterable
from typing import Any

from birge_common import codelists
from birge_common.codelists import Named
from birge_common.contracts.registry import EVENT_TYPES, EventType
from birge_common.contracts.schemas import schema_of
from birge_common.contracts.topics import TOPICS, Topic
from birge_common.regions import REGIONS

Row = tuple[str, ...]


def table(head: Row, rows: list[Row]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def topics_table() -> str:
    """Every topic with its key, partitions, retention, producer and consumers."""
    head = ("topic", "what", "key", "partitions", "kept", "producer", "consumers", "dead letter")
    return table(head, [_topic_row(topic) for topic in TOPICS])


def _topic_row(topic: Topic) -> Row:
    kept = "for ever" if topic.retention is None else f"{topic.retention.days} days"
    return (
        f"`{topic.name}`",
        topic.purpose,
        f"`{topic.key}`",
        str(topic.partitions),
        "last of each key" if topic.cleanup_policy == "compact" else kept,
        topic.producer,
        ", ".join(topic.consumers),
        f"`{topic.dead_letter}`",
    )


def codes_section() -> str:
    """Every list of codes with its names in three languages."""
    named: tuple[tuple[str, Iterable[Named]], ...] = (
        ("regions", REGIONS.values()),
        ("directions", codelists.DIRECTIONS.values()),
        ("formats", codelists.FORMATS.values()),
        ("categories", codelists.CATEGORIES.values()),
        ("layers", codelists.LAYERS.values()),
        ("support_kinds", codelists.SUPPORT_KINDS.values()),
        ("exclusion_reasons", codelists.EXCLUSION_REASONS.values()),
    )
    parts = []
    for name, terms in named:
        rows: list[Row] = [
            (f"`{term.code}`", term.names.kk, term.names.ru, term.names.en) for term in terms
        ]
        parts += [f"**{name}**", table(("code", "kk", "ru", "en"), rows)]
    return "\n\n".join(parts)


def types_section(*, schemas_path: str, examples_path: str) -> str:
    """Every event type with its fields and links to its schema and examples."""
    return "\n\n".join(
        _type_section(entry, schemas_path, examples_path) for entry in EVENT_TYPES.values()
    )


def _type_section(entry: EventType, schemas_path: str, examples_path: str) -> str:
    schema = schema_of(entry)
    type_name, _, version = entry.type.rpartition(".")
    facts = [
        f"topic `{entry.topic}`",
        f"family `{entry.family}`",
        "the highest version counts" if entry.versioned else "the first of a subject counts",
        f"[schema]({schemas_path}/{entry.type}.json)",
        f"[examples]({examples_path}/{type_name}/{version})",
    ]
    if entry.sealed:
        facts.insert(-1, f"[schema on the log]({schemas_path}/sealed/{entry.type}.json)")
        facts.append(f"[examples on the log]({examples_path}/sealed/{type_name}/{version})")
    parts = [f"### `{entry.type}`", schema["description"], " · ".join(facts)]
    definitions = {name: each for name, each in schema["$defs"].items() if "properties" in each}
    parts.append(_fields(definitions.pop(entry.data.__name__)))
    for name, definition in definitions.items():
        parts += [f"**{name}**: {definition['description']}", _fields(definition)]
    return "\n\n".join(parts)


def _fields(definition: dict[str, Any]) -> str:
    required = definition.get("required", ())
    rows: list[Row] = [
        (
            f"`{name}`" if name in required else f"`{name}`?",
            _kind(field),
            field.get("description", ""),
        )
        for name, field in definition["properties"].items()
    ]
    return table(("field", "type", "meaning"), rows)


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"].rpartition("/")[2])
    if "x-code-list" in field:
        return f"code of {field['x-code-list']}"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"] if value is not None)
    alternatives = [_kind(each) for each in field.get("anyOf", ()) if each != {"type": "null"}]
    if alternatives:
        return " or ".join(alternatives)
    kinds = field.get("type", "any")
    kind = kinds if isinstance(kinds, str) else next(each for each in kinds if each != "null")
    if kind == "array":
        bound = f" (at most {field['maxItems']:,})" if "maxItems" in field else ""
        return f"list of {_kind(field['items'])}{bound}"
    return f"{field.get('format', kind)}{_bounds(field)}"


def _bounds(field: dict[str, Any]) -> str:
    if "maxLength" in field:
        return f" ({field.get('minLength', 0)} to {field['maxLength']:,} characters)"
    said = {"exclusiveMinimum": "> {:,}", "minimum": "≥ {:,}", "maximum": "≤ {:,}"}
    parts = [text.format(field[keyword]) for keyword, text in said.items() if keyword in field]
    return f" ({', '.join(parts)})" if parts else ""
