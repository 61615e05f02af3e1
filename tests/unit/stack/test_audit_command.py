"""`birge audit` on a writer's own files: exit statuses, proofs, erasure, and what to do next."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from birge_common.transparency.leaf import Act, commitment_to, leaf_from, new_person_key, opens
from birge_common.transparency.log_file import CHECKPOINTS, LEAVES, LogFile, create_log
from birge_common.transparency.merkle import Frontier, inclusion_path, is_included, leaf_hash
from birge_common.transparency.note import Signer, new_signer
from birge_stack.audit.places import lines_as_of
from birge_stack.audit.tree import WholeTree, root_by_path
from birge_stack.cli import app

SIGNER = Signer("example.org/awards", bytes(range(32)))
KEY = str(SIGNER.verifier)
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIRGE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("os.fsync", lambda _: None)
    return tmp_path / "home"


@pytest.fixture
def folder(home: Path) -> Path:
    """A log of ten leaves about five nominees, a checkpoint after each four."""
    made = home / "data" / "audit" / "awards"
    create_log(made, SIGNER)
    acts = [
        Act(START + timedelta(seconds=n), "juror-1", "score.submitted", f"n-{n % 5}")
        for n in range(10)
    ]
    with LogFile(made, SIGNER) as log:
        for at in range(0, 10, 4):
            log.append(acts[at : at + 4])
    return made


def audit(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def edit(path: Path, old: bytes, new: bytes) -> None:
    path.write_bytes(path.read_bytes().replace(old, new))


def test_a_sound_log_of_this_home_is_found_with_its_key(home: Path, folder: Path) -> None:
    (home / "audit-keys").mkdir()
    (home / "audit-keys" / "awards.vkey").write_text(f"{KEY}\n")
    shown = audit("verify")
    assert shown.exit_code == 0
    assert "sound, 10 leaves, 4 checkpoints" in shown.stdout
    assert KEY in shown.stderr


def test_files_may_be_named_in_three_ways(folder: Path) -> None:
    leaves, checkpoints = folder / LEAVES, folder / CHECKPOINTS
    for named in ([folder], [leaves], [leaves, checkpoints]):
        assert audit("verify", *named, "--key", KEY).exit_code == 0


def test_an_edited_leaf_is_named_between_its_checkpoints(folder: Path) -> None:
    edit(folder / LEAVES, b'"seq":5,"subject":"n-0"', b'"seq":5,"subject":"n-9"')
    shown = audit("verify", folder, "--key", KEY)
    assert shown.exit_code == 1
    assert "NOT SOUND; the first bad leaf is one of the leaves 4 to 7" in shown.stdout
    assert "checkpoint 3" in shown.stdout
    assert "backup" in shown.stderr


def test_a_second_copy_of_the_leaves_names_the_very_leaf(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((folder / LEAVES).read_bytes())
    edit(folder / LEAVES, b'"seq":5,"subject":"n-0"', b'"seq":5,"subject":"n-9"')
    shown = audit("verify", folder, "--key", KEY, "--copy", copy)
    assert shown.exit_code == 1
    assert "the first bad leaf is leaf 5" in shown.stdout

    edit(copy, b'"seq":4,', b'"seq":4 ,')
    shown = audit("verify", folder, "--key", KEY, "--copy", copy)
    assert "one of the leaves 4 to 7" in shown.stdout
    assert "not what was signed either" in shown.stderr


def test_a_log_cut_with_its_checkpoints_is_found_beside_a_copy(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "kafka.txt"
    copy.write_bytes((folder / CHECKPOINTS).read_bytes())
    lines = (folder / LEAVES).read_bytes().splitlines(keepends=True)
    notes = (folder / CHECKPOINTS).read_bytes().split(b"\n\n")
    (folder / LEAVES).write_bytes(b"".join(lines[:8]))
    (folder / CHECKPOINTS).write_bytes(b"\n\n".join(notes[:6]) + b"\n\n")

    assert audit("verify", folder, "--key", KEY).exit_code == 0
    shown = audit("verify", folder, "--key", KEY, "--copy", copy)
    assert shown.exit_code == 1
    assert "the first bad leaf is leaf 8" in shown.stdout


def test_a_log_that_is_being_written_is_not_accused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between leaves and their checkpoint there is a moment, which is waited for."""
    whole = (folder / CHECKPOINTS).read_bytes()
    (folder / CHECKPOINTS).write_bytes(b"\n\n".join(whole.split(b"\n\n")[:6]) + b"\n\n")
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    shown = audit("verify", folder, "--key", KEY)
    assert (shown.exit_code, len(waited)) == (1, 1)
    assert "no checkpoint covers the leaves from 8 to 9" in shown.stdout

    monkeypatch.setattr("time.sleep", lambda _: (folder / CHECKPOINTS).write_bytes(whole))
    assert audit("verify", folder, "--key", KEY).exit_code == 0


def test_what_is_added_meanwhile_is_for_the_next_verification(folder: Path) -> None:
    lines = (folder / LEAVES).read_bytes().splitlines(keepends=True)
    three, path = sum(map(len, lines[:3])), folder / LEAVES
    assert len(list(lines_as_of(path, size_bytes=three, leaves=0))) == 3
    assert len(list(lines_as_of(path, size_bytes=three - 1, leaves=0))) == 3
    assert len(list(lines_as_of(path, size_bytes=three, leaves=5))) == 5
    assert len(list(lines_as_of(path, size_bytes=three, leaves=99))) == 10


def test_a_log_signed_by_another_key_is_not_sound(folder: Path) -> None:
    shown = audit("verify", folder, "--key", new_signer(SIGNER.name).verifier)
    assert shown.exit_code == 1
    assert "not signed by the log's key" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "next_step"),
    [
        ([], "birge up"),
        (["nowhere", "--key", KEY], "check its name"),
        (["a", "b", "c", "--key", KEY], "two files"),
        (["a", "--key", "x+00000000+AAAA"], "copy it again"),
        (["a", "--key", "no-such-file"], "check its name"),
        (["a"], "--key"),
    ],
    ids=range(6),
)
def test_a_wrong_call_tells_the_next_step(arguments: list[str], next_step: str) -> None:
    shown = audit("verify", *arguments)
    assert shown.exit_code == 1
    assert shown.stderr.startswith("error: ")
    assert next_step in shown.stderr


def proofs_of(subject: str, folder: Path, out: Path) -> list[Path]:
    shown = audit("prove", subject, "--log", folder, "--key", KEY, "--out", out)
    assert shown.exit_code == 0, shown.stderr
    return [Path(line) for line in shown.stdout.splitlines()]


def test_every_leaf_of_a_subject_is_proved_without_the_log(folder: Path, tmp_path: Path) -> None:
    proofs = proofs_of("n-3", folder, tmp_path / "proofs")
    assert [json.loads(path.read_text())["index"] for path in proofs] == [3, 8]
    (folder / LEAVES).unlink()
    shown = audit("check", *proofs, "--key", KEY)
    assert shown.exit_code == 0
    assert "proved, leaf 3 of the 10 of example.org/awards" in shown.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda said: said | {"index": 4}, "carries the number 3"),
        (lambda said: said | {"size": 9}, "of 10 leaves"),
        (lambda said: said | {"path": said["path"][1:]}, "does not lead"),
        (lambda said: said | {"path": ["?"]}, "not base64"),
        (lambda said: said | {"leaf": said["leaf"].replace("juror-1", "juror-2")}, "not lead"),
        (lambda said: said | {"checkpoint": said["checkpoint"].replace("10", "11")}, "changed"),
    ],
    ids=range(6),
)
def test_an_altered_proof_proves_nothing(
    folder: Path,
    tmp_path: Path,
    change: Callable[[dict[str, object]], dict[str, object]],
    said: str,
) -> None:
    path = proofs_of("n-3", folder, tmp_path)[0]
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    shown = audit("check", path, "--key", KEY)
    assert shown.exit_code == 1
    assert "NOT PROVED" in shown.stdout
    assert said in shown.stdout


def test_what_is_no_proof_or_not_there_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    for text in ("", "[]", '{"leaf":1}', "{}", "[" * 9999):
        broken.write_text(text)
        assert "this is no proof" in audit("check", broken, "--key", KEY).stderr
    refused = audit("prove", "n-77", "--log", folder, "--key", KEY, "--out", tmp_path)
    assert refused.exit_code == 1
    assert "check the id" in refused.stderr


def test_a_changed_log_gives_no_proof(folder: Path, tmp_path: Path) -> None:
    edit(folder / LEAVES, b'"seq":9,"subject":"n-4"', b'"seq":9,"subject":"n-1"')
    refused = audit("prove", "n-3", "--log", folder, "--key", KEY, "--out", tmp_path)
    assert refused.exit_code == 1
    assert "birge audit verify" in refused.stderr


def test_an_erased_person_leaves_the_log_sound_and_their_commitment_closed(
    folder: Path, tmp_path: Path
) -> None:
    """The keys are what is kept of a person; erasing them is deleting the key."""
    keys = {"n-50": new_person_key(), "n-51": new_person_key()}
    payload = {"name": "Айгүл", "score": 7}
    with LogFile(folder, SIGNER) as log:
        for subject, key in keys.items():
            act = Act(START + timedelta(days=1), "juror-1", "score.submitted", subject)
            log.append([replace(act, commitment=commitment_to(act, payload, key))])
    path = proofs_of("n-50", folder, tmp_path)[0]
    leaf = leaf_from(json.loads(path.read_text())["leaf"].encode())
    assert opens(leaf, payload, keys["n-50"])

    del keys["n-50"]

    assert audit("verify", folder, "--key", KEY).exit_code == 0
    assert audit("check", path, "--key", KEY).exit_code == 0
    assert not any(opens(leaf, payload, key) for key in keys.values())


def test_both_sides_agree_on_every_path() -> None:
    hashes = [leaf_hash(b"%d" % number) for number in range(33)]
    for size in range(1, len(hashes) + 1):
        tree, frontier = WholeTree(hashes[:size]), Frontier()
        for each in hashes[:size]:
            frontier.append(each)
        assert tree.root == frontier.root()
        for index in range(size):
            path = tree.path(index)
            assert path == inclusion_path(hashes[:size], index)
            assert is_included(
                leaf=hashes[index], index=index, size=size, path=path, root=tree.root
            )
            assert root_by_path(hashes[index], index, size, path) == tree.root
            assert root_by_path(hashes[index], index, size, [*path, tree.root]) is None
            assert not path or root_by_path(hashes[index], index, size, path[1:]) is None
    assert root_by_path(hashes[0], 1, 1, []) is None


def test_the_verifier_is_a_program_of_its_own() -> None:
    """Started alone, it loads nothing of what the services are made of."""
    modules = [
        "command",
        "notes",
        "lines",
        "tree",
        "verification",
        "second_copy",
        "proofs",
        "places",
    ]
    loaded = subprocess.run(
        (
            sys.executable,
            "-c",
            f"import sys\nfor name in {modules}: __import__('birge_stack.audit.' + name)\n"
            "print(*(name for name in sys.modules if name.startswith('birge_')))",
        ),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "birge_stack.audit.command" in loaded
    assert [name for name in loaded if not name.startswith("birge_stack")] == []
