"""Writes everything that is made from the contracts, or checks that it is up to date.

    python -m birge_common.contracts.documents             write what is out of date
    python -m birge_common.contracts.documents --check     write nothing; fail on a difference
    python -m birge_common.contracts.documents --release   freeze the schemas of the public types

A released schema is what others rely on: it can only grow, and nothing here writes it otherwise.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from birge_common.contracts.asyncapi import asyncapi_document
from birge_common.contracts.compatibility import Breaking, breaking_changes
from birge_common.contracts.pages import codes_section, topics_table, types_section
from birge_common.contracts.registry import EVENT_TYPES, EventType
from birge_common.contracts.schemas import schema_of

ROOT = Path(__file__).resolve().parents[5]
SCHEMAS = "libs/common/schemas"
RELEASED = f"{SCHEMAS}/released"
SEALED = f"{SCHEMAS}/sealed"
EXAMPLES = "libs/common/examples"

_PAGES = ("docs/contracts.md", "docs/architecture.md")


def documents(root: Path) -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should have."""
    for entry in EVENT_TYPES.values():
        yield root / SCHEMAS / f"{entry.type}.json", _json(schema_of(entry))
        if entry.sealed:
            yield root / SEALED / f"{entry.type}.json", _json(schema_of(entry.on_the_log))
    yield root / "docs/asyncapi.json", _json(asyncapi_document(f"../{SCHEMAS}"))
    for name in _PAGES:
        page = root / name
        if page.exists():
            yield page, _page(page.read_text(encoding="utf-8"))


def broken_releases(root: Path) -> dict[str, list[Breaking]]:
    """For each released type what its model breaks; a type that is gone breaks everything."""
    broken = {}
    for path in sorted((root / RELEASED).glob("*.json")):
        entry = EVENT_TYPES.get(path.stem)
        released = json.loads(path.read_text(encoding="utf-8"))
        changes = breaking_changes(released, schema_of(entry)) if entry else [_GONE]
        if changes:
            broken[path.stem] = changes
    return broken


_GONE = Breaking("", "the type was removed")


def public_types() -> list[EventType]:
    """The types that programs outside the project write or read today."""
    return [entry for entry in EVENT_TYPES.values() if entry.at_the_door]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0 only where nothing is wrong."""
    options = _parser().parse_args(arguments)
    broken = broken_releases(options.root)
    for type_name, changes in broken.items():
        for change in changes:
            _say(f"breaking: {type_name} {change}")
    if broken:
        _say("A released contract only grows. Add a new version of the type instead.")
        return 1
    if options.release:
        _release(options.root)
    stale = [(path, text) for path, text in documents(options.root) if _differs(path, text)]
    for path, text in stale:
        _say(f"{'out of date' if options.check else 'written'}: {path.relative_to(options.root)}")
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if stale and options.check else 0


def _release(root: Path) -> None:
    folder = root / RELEASED
    folder.mkdir(parents=True, exist_ok=True)
    for entry in public_types():
        (folder / f"{entry.type}.json").write_text(_json(schema_of(entry)), encoding="utf-8")


def _page(text: str) -> str:
    made = {
        "topics": topics_table(),
        "codes": codes_section(),
        "types": types_section(
            schemas_path=f"../{SCHEMAS}",
            examples_path=f"../{EXAMPLES}",
        ),
    }
    for name, content in made.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        if begin in text:
            before, _, rest = text.partition(begin)
            text = f"{before}{begin}\n{content}\n{end}{rest.partition(end)[2]}"
    return text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="birge_common.contracts.documents")
    parser.add_argument("--check", action="store_true", help="fail on a difference")
    parser.add_argument("--release", action="store_true", help="freeze the public schemas")
    parser.add_argument("--root", type=Path, default=ROOT, help="root of the repository")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
