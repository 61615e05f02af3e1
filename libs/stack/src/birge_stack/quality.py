"""`birge check` and `birge test`: what continuous integration runs, in the same words."""

import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from birge_stack.console import remark
from birge_stack.home import checkout_folder
from birge_stack.services import program

FAST_FOLDERS = ("tests/architecture", "tests/contract", "tests/unit")
BROKER_MARKS = "integration or e2e or faults"


@dataclass(frozen=True, slots=True)
class Step:
    """One check: a command that succeeds or not."""

    name: str
    argv: tuple[str, ...]
    folder: Path


def check() -> None:
    """Style, types, borders between packages, dependencies, generated documents, fast tests."""
    root = checkout_folder()
    run_steps([*static_steps(root), fast_tests(root)])


def run_tests(
    *,
    fast: Annotated[bool, typer.Option("--fast", help="Only what needs no broker.")] = False,
    slow: Annotated[bool, typer.Option("--slow", help="Also what takes longer than CI.")] = False,
) -> None:
    """Everything CI runs: all checks, then all tests, which fail where a component is missing."""
    root = checkout_folder()
    if fast:
        run_steps([fast_tests(root)])
        return
    marks = f"{BROKER_MARKS} or slow" if slow else f"({BROKER_MARKS}) and not slow"
    with_brokers = Step("tests with brokers", pytest("-m", marks), root)
    run_steps([*static_steps(root), fast_tests(root), with_brokers])


def static_steps(root: Path) -> list[Step]:
    """Every check that runs nothing of the product."""
    members = sorted(file.parent for file in root.glob("*/*/pyproject.toml"))
    dockerfile = root / "deploy" / "Dockerfile"
    return [
        Step("ruff check", (program("ruff"), "check", "."), root),
        Step("ruff format", (program("ruff"), "format", "--check", "."), root),
        Step("mypy", (program("mypy"),), root),
        Step("import-linter", (program("lint-imports"),), root),
        *(Step(f"deptry {each.name}", (program("deptry"), "src"), each) for each in members),
        *(
            [Step("hadolint", (program("hadolint"), str(dockerfile)), root)]
            if dockerfile.exists()
            else []
        ),
        Step("documents", module("birge_common.contracts.documents", "--check"), root),
    ]


def fast_tests(root: Path) -> Step:
    """The tests without marks; only looking for them in the other folders takes seconds."""
    return Step("fast tests", pytest(*FAST_FOLDERS), root)


def pytest(*arguments: str) -> tuple[str, ...]:
    """A pytest run that names its ten slowest."""
    return module("pytest", "--durations=10", *arguments)


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """A command that runs a module of this environment."""
    return (sys.executable, "-m", name, *arguments)


def run_steps(steps: Iterable[Step]) -> None:
    """Run every step, even after one failed, and exit with 1 if any did."""
    failed = [step.name for step in steps if not _succeeds(step)]
    if failed:
        remark(f"failed: {', '.join(failed)}")
        raise typer.Exit(1)
    remark("all checks passed")


def _succeeds(step: Step) -> bool:
    remark(f"── {step.name}")
    began_at = time.monotonic()
    succeeded = _run(step.argv, step.folder)
    seconds = time.monotonic() - began_at
    remark(f"── {step.name}: {'passed' if succeeded else 'FAILED'} in {seconds:.1f} s")
    return succeeded


def _run(argv: Sequence[str], folder: Path) -> bool:
    try:
        return subprocess.run(argv, cwd=folder, check=False).returncode == 0
    except FileNotFoundError as error:
        remark(f"{error.filename} is not installed")
        return False
