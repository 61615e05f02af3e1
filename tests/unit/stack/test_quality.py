"""The checks miss no member and hide no failure."""

import sys
from pathlib import Path

import pytest
import typer

from birge_stack.home import checkout_folder
from birge_stack.quality import Step, run_steps, static_steps


def step(name: str, code: str, folder: Path) -> Step:
    return Step(name, (sys.executable, "-S", "-c", code), folder)


def test_every_member_of_the_workspace_is_checked_for_its_dependencies() -> None:
    names = {each.name for each in static_steps(checkout_folder())}

    assert {"deptry common", "deptry stack", "deptry ingest", "deptry aggregator"} <= names
    assert {"ruff check", "ruff format", "mypy", "import-linter", "documents"} <= names


def test_steps_after_a_failed_one_still_run_and_the_failure_is_the_result(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = [
        step("bad", "raise SystemExit(3)", tmp_path),
        Step("absent", ("/nonexistent/tool",), tmp_path),
        step("good", "open('reached', 'w')", tmp_path),
    ]

    with pytest.raises(typer.Exit) as result:
        run_steps(steps)

    assert result.value.exit_code == 1
    assert (tmp_path / "reached").exists()
    assert "failed: bad, absent" in capfd.readouterr().err


def test_steps_that_all_succeed_end_without_an_exit(tmp_path: Path) -> None:
    run_steps([step("good", "pass", tmp_path)])
