"""The oracle is worth something only while it shares nothing with what it checks."""

import ast
import sys
from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("birge_stack") / "oracle"))


def imported_by(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return names | {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }


def test_the_oracle_imports_only_itself_and_the_standard_library() -> None:
    imported = {name for path in FOLDER.glob("*.py") for name in imported_by(path)}
    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("birge_stack.oracle")
    }
    assert imported
    assert foreign == set()
