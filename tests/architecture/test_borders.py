"""Who may import whom, how large a module may be, and which names say nothing."""

import ast
import re

import pytest
from importlinter.cli import lint_imports

from birge_stack.quality import FAST_FOLDERS
from tests.support.repository import ROOT, files, name_of

LINES_MAX = 400
SAYS_NOTHING = re.compile(r"(^|_)(utils?|helpers?|misc|common_functions|managers?|base_service)$")
OF_ONE_MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|tmp/\w|home/\w+/|Users/\w+/)[\w/]*")
DRIVER = re.compile(r"^\s*(?:from|import) (?:motor|pymongo|bson)\b", re.MULTILINE)
MAY_IMPORT_THE_DRIVER = re.compile(
    r"libs/common/src/birge_common/(mongo|messaging/outbox|access/stores/\w+)\.py"
    r"|services/\w+/src/birge_\w+/(stores/\w+|stores|app|commands|__main__)\.py"
    r"|libs/stack/src/birge_stack/.+"
)
MODULES = [path for folder in ("libs", "services") for path in files(".py", below=ROOT / folder)]


@pytest.mark.filterwarnings("ignore")
def test_imports_point_inwards_and_stay_inside_their_service(
    capsys: pytest.CaptureFixture[str],
) -> None:
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert failed == 0, capsys.readouterr().out


def test_the_database_driver_stays_behind_its_adapters() -> None:
    importing = [name_of(path) for path in MODULES if DRIVER.search(path.read_text("utf-8"))]
    assert "libs/common/src/birge_common/mongo.py" in importing
    assert [name for name in importing if not MAY_IMPORT_THE_DRIVER.fullmatch(name)] == []


def test_a_module_is_short_enough_to_be_read() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    too_long = {name: lines for name, lines in lengths.items() if lines > LINES_MAX}
    assert not too_long


def test_a_module_is_named_after_what_it_is_for() -> None:
    named = [
        name_of(path)
        for path in MODULES
        if SAYS_NOTHING.search(path.stem) or SAYS_NOTHING.search(path.parent.name)
    ]
    assert not named


def test_a_module_says_why_it_exists() -> None:
    silent = [
        name_of(path)
        for path in MODULES
        if (text := path.read_text("utf-8")) and ast.get_docstring(ast.parse(text)) is None
    ]
    assert not silent


def test_every_package_carries_its_types() -> None:
    packages = sorted(path for path in ROOT.glob("*/*/src/*") if path.is_dir())
    assert packages
    untyped = [name_of(path) for path in packages if not (path / "py.typed").exists()]
    assert not untyped


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    knowing = {
        name_of(path): found[0]
        for path in files(
            ".py", ".md", ".toml", ".lock", ".yml", ".yaml", ".sh", ".json", ".csv", ""
        )
        if (found := OF_ONE_MACHINE.search(path.read_text("utf-8")))
    }
    assert not knowing


def test_only_the_fast_folders_hold_tests_without_a_mark() -> None:
    elsewhere = [
        path
        for path in files(".py", below=ROOT / "tests")
        if path.name.startswith("test_")
        and not name_of(path).startswith(tuple(f"{folder}/" for folder in FAST_FOLDERS))
    ]
    assert elsewhere
    assert [
        name_of(path) for path in elsewhere if "\npytestmark = " not in path.read_text("utf-8")
    ] == []
