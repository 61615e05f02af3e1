"""What in a schema may grow once others rely on it, and what breaks them.

Every event ever sent must stay readable, and readers of yesterday must understand the events of
tomorrow. So a released schema may gain optional fields and codes of the lists kept as data;
words for people may change. Everything else is a new version of the type.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]

_WORDS = {"$id", "$schema", "title", "description", "examples", "$comment", "$defs"}
_LISTED = {"anyOf", "oneOf", "allOf", "prefixItems"}
_NESTED = {"items", "additionalProperties", "propertyNames", "if", "then", "else", "not"}
_LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
_UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}


@dataclass(frozen=True)
class Breaking:
    """One change that breaks senders of old events or readers of new ones."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place or '/'}: {self.what}"


def breaking_changes(released: Schema, current: Schema) -> list[Breaking]:
    """What of the current schema breaks those who rely on the released one."""
    return list(_Comparison(released, current).of(released, current, ""))


class _Comparison:
    """Walks two documents side by side; definitions are followed, wherever they stand."""

    def __init__(self, released: Schema, current: Schema) -> None:
        self._released, self._current = released, current
        self._seen: set[tuple[str, str]] = set()

    def of(self, old: Any, new: Any, place: str) -> Iterator[Breaking]:
        if not isinstance(old, dict) or not isinstance(new, dict):
            if old != new:
                yield Breaking(place, f"was {old!r}, is {new!r}")
            return
        references = (old.get("$ref", ""), new.get("$ref", ""))
        if all(references):
            if references in self._seen:
                return
            self._seen.add(references)
        old, new = _resolved(old, self._released), _resolved(new, self._current)
        for keyword in sorted({*old, *new} - _WORDS):
            yield from self._keyword(keyword, old, new, place)

    def _keyword(self, keyword: str, old: Schema, new: Schema, place: str) -> Iterator[Breaking]:
        if keyword == "required":
            yield from _required(old, new, place)
        elif keyword == "enum":
            yield from _enum(old, new, place)
        elif keyword == "properties":
            yield from self._properties(old, new, place)
        elif keyword not in old or keyword not in new:
            verb = "was added" if keyword in new else "was removed"
            yield Breaking(place, f"`{keyword}` {verb}")
        elif keyword in _LISTED:
            yield from self._listed(old[keyword], new[keyword], f"{place}/{keyword}")
        elif keyword in _NESTED:
            yield from self.of(old[keyword], new[keyword], f"{place}/{keyword}")
        elif old[keyword] != new[keyword]:
            yield Breaking(place, _changed(keyword, old[keyword], new[keyword]))

    def _properties(self, old: Schema, new: Schema, place: str) -> Iterator[Breaking]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in before:
            if name in after:
                yield from self.of(before[name], after[name], f"{place}/properties/{name}")
            else:
                yield Breaking(f"{place}/properties/{name}", "field was removed")
        # Where any field was welcome, an old event may hold something else under the new name.
        if old.get("additionalProperties", True) is not False:
            for name in after:
                if name not in before and set(after[name]) - _WORDS:
                    yield Breaking(f"{place}/properties/{name}", "a free name was taken")

    def _listed(self, old: list[Any], new: list[Any], place: str) -> Iterator[Breaking]:
        if len(old) != len(new):
            yield Breaking(place, f"had {len(old)} alternatives, has {len(new)}")
            return
        for number, pair in enumerate(zip(old, new, strict=True)):
            yield from self.of(*pair, f"{place}/{number}")


def _resolved(node: Schema, document: Schema) -> Schema:
    if "$ref" not in node:
        return node
    target: Schema = document
    for step in node["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    beside = {key: value for key, value in node.items() if key != "$ref"}
    return {**_resolved(target, document), **beside}


def _required(old: Schema, new: Schema, place: str) -> Iterator[Breaking]:
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(after - before):
        yield Breaking(f"{place}/properties/{name}", "became required")
    for name in sorted(before - after):
        yield Breaking(f"{place}/properties/{name}", "is required no more: readers rely on it")


def _enum(old: Schema, new: Schema, place: str) -> Iterator[Breaking]:
    if "enum" not in old or "enum" not in new:
        yield Breaking(place, "`enum` was added" if "enum" in new else "`enum` was removed")
        return
    for value in old["enum"]:
        if value not in new["enum"]:
            yield Breaking(place, f"value {value!r} was removed")
    # A list kept as data grows with the world: readers look codes up and do not branch on them.
    if "x-code-list" not in old:
        for value in new["enum"]:
            if value not in old["enum"]:
                yield Breaking(place, f"value {value!r} was added: readers do not know it")


def _changed(keyword: str, old: Any, new: Any) -> str:
    if keyword in _LOWER | _UPPER:
        tightened = new > old if keyword in _LOWER else new < old
        return f"`{keyword}` was {'tightened' if tightened else 'loosened'} from {old} to {new}"
    return f"`{keyword}` was {old!r}, is {new!r}"
