"""Whatever stands anywhere in an event, the answer is a reading or a refusal, never an accident."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from birge_common.contracts.registry import EVENT_TYPES
from tests.support.examples import bent, example_paths

NASTY: tuple[Any, ...] = (
    *(None, True, -1, 10**30, 1e308, "", "x" * 5_000, [], {}, [[]], "\u0000"),
    *("0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-14:00", "2022-01-01T00:00:00+99:99"),
    *("2022-06-30T23:59:60Z", "٩٠٠١٠١٣٠٠٠١٧", "²" * 12),
)


def _pointers(node: Any, above: str = "") -> Iterator[str]:
    members = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in members:
        yield f"{above}/{key}"
        if isinstance(child, dict | list):
            yield from _pointers(child, f"{above}/{key}")


@pytest.mark.parametrize("path", example_paths(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_bent_event_is_read_or_refused(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    entry = EVENT_TYPES[document["type"]]
    for pointer in _pointers(document):
        for value in NASTY:
            try:
                event = entry.adapter.validate_json(json.dumps(bent(document, pointer, value)))
            except ValidationError:
                continue
            assert entry.adapter.validate_json(entry.adapter.dump_json(event)) == event
            assert entry.subject_of(event.data)
