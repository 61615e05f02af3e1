"""The verifier is worth something only while it shares nothing with what writes the logs."""

import ast
import sys
from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("birge_stack") / "audit"))
# What shows answers and finds files; none of it computes or judges anything.
AT_THE_KEYBOARD = {"birge_stack.console", "birge_stack.errors", "birge_stack.home", "typer"}


def imported_by(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return names | {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }


def test_the_verifier_imports_only_itself_cryptography_and_the_standard_library() -> None:
    imported = {name for path in FOLDER.glob("*.py") for name in imported_by(path)}
    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in {*sys.stdlib_module_names, "cryptography"}
        and not name.startswith("birge_stack.audit")
    }
    assert "cryptography.exceptions" in imported
    assert foreign == AT_THE_KEYBOARD
