"""The command answers where nothing runs, on the right stream, and refuses in a sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from birge_stack.cli import app
from birge_stack.home import Home
from birge_stack.state import State, write_state


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("BIRGE_HOME", str(tmp_path))
    return Home.from_environment()


def test_status_of_a_stopped_stack_is_json_and_no_failure() -> None:
    shown = CliRunner().invoke(app, ["status", "--json"])

    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["state"] == "stopped"


def test_status_for_a_person_names_the_state() -> None:
    assert "stack: stopped" in CliRunner().invoke(app, ["status"]).stdout


def test_down_of_a_stopped_stack_is_no_failure() -> None:
    assert CliRunner().invoke(app, ["down"]).exit_code == 0


def test_a_partner_needs_a_stack_that_is_up() -> None:
    shown = CliRunner().invoke(app, ["partner", "add", "Office", "--source", "urn:office"])

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert "birge up" in shown.stderr


def test_logs_of_an_unknown_part_name_the_known_ones(home: Home) -> None:
    home.logs.mkdir()
    home.log_of("kafka").write_text("one\ntwo\n")

    assert CliRunner().invoke(app, ["logs", "kafka"]).stdout == "one\ntwo\n"
    refused = CliRunner().invoke(app, ["logs", "rabbit"])
    assert refused.exit_code == 1
    assert "kafka" in refused.stderr


def test_logs_of_all_parts_say_which_part_speaks(home: Home) -> None:
    home.logs.mkdir()
    home.log_of("kafka").write_text("one\n")
    home.log_of("mongo").write_text("two\n")

    shown = CliRunner().invoke(app, ["logs"]).stdout.split()
    assert shown == ["kafka", "|", "one", "mongo", "|", "two"]


def test_reset_asks_and_keeps_downloads(home: Home) -> None:
    write_state(home, State())
    for folder in (home.data, home.logs, home.downloads):
        folder.mkdir()
    home.secrets_file.write_text("{}")

    assert CliRunner().invoke(app, ["reset"], input="n\n").exit_code == 1
    assert home.data.exists()

    assert CliRunner().invoke(app, ["reset"], input="y\n").exit_code == 0
    assert [path.name for path in home.root.iterdir()] == ["downloads"]


def test_reset_leaves_a_folder_alone_that_never_held_a_stack(home: Home) -> None:
    home.data.mkdir()

    assert CliRunner().invoke(app, ["reset", "--yes"]).exit_code == 0
    assert home.data.exists()
