"""The committed examples, as documents that tests bend in one place."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "libs/common/examples"

Document = dict[str, Any]


def example_paths() -> list[Path]:
    """Every example ever committed."""
    return sorted(EXAMPLES.glob("*/v*/*.json"))


@cache
def _text(name: str) -> str:
    return (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")


def example(name: str) -> Document:
    """A fresh copy of an example, such as `kz.birge.census.submitted/v1/astana-second-half`."""
    document: Document = json.loads(_text(name))
    return document


def bent(document: Document, pointer: str, value: Any = ...) -> Document:
    """A copy with another value at a JSON Pointer; without a value, the member is taken away."""
    changed = copy.deepcopy(document)
    *path, last = pointer.lstrip("/").split("/")
    parent: Any = changed
    for step in path:
        parent = parent[int(step) if isinstance(parent, list) else step]
    place = int(last) if isinstance(parent, list) else last
    if value is ...:
        del parent[place]
    else:
        parent[place] = value
    return changed
