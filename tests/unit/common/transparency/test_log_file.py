"""A log survives a crash at any byte of an append, and refuses what nobody signed."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from birge_common.transparency import log_file
from birge_common.transparency.checkpoint import Checkpoint, notes_in, open_checkpoint
from birge_common.transparency.leaf import Act, InvalidLeaf, leaf_from
from birge_common.transparency.log_file import (
    CHECKPOINTS,
    LEAVES,
    PENDING,
    LogDamagedError,
    LogFile,
    LogInUseError,
    create_log,
)
from birge_common.transparency.merkle import leaf_hash, root_of
from birge_common.transparency.note import Signer, new_signer

START = datetime(2026, 3, 1, tzinfo=UTC)
SIGNER = Signer("example.org/log", bytes(range(32)))
State = dict[str, bytes]


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_log(tmp_path / "log", SIGNER)
    return tmp_path / "log"


def act(number: int) -> Act:
    return Act(START + timedelta(seconds=number), "juror-1", "score.submitted", f"n-{number}")


def append(folder: Path, *numbers: int) -> Checkpoint:
    with LogFile(folder, SIGNER) as log:
        return log.append([act(number) for number in numbers]).checkpoint


def state_of(folder: Path) -> State:
    return {
        name: (folder / name).read_bytes() if (folder / name).exists() else b""
        for name in (LEAVES, CHECKPOINTS, PENDING)
    }


def put(folder: Path, state: State) -> None:
    for name, content in state.items():
        (folder / name).write_bytes(content)


def test_what_is_appended_is_there_under_a_signed_root(folder: Path) -> None:
    append(folder, 0, 1)
    last = append(folder, 2)

    lines = (folder / LEAVES).read_bytes().splitlines()
    assert [leaf_from(line).seq for line in lines] == [0, 1, 2]
    assert (last.size, last.root) == (3, root_of(map(leaf_hash, lines)))
    opened = [
        open_checkpoint(note, [SIGNER.verifier]).checkpoint
        for note in notes_in((folder / CHECKPOINTS).read_bytes())
    ]
    assert [each.size for each in opened] == [0, 2, 3]
    assert opened[-1] == last


def test_one_opening_appends_many_times(folder: Path) -> None:
    with LogFile(folder, SIGNER) as log:
        for number in range(5):
            assert log.append([act(number)]).checkpoint.size == log.size == number + 1
        assert log.append([]) == log.checkpoint
    assert append(folder).size == 5


def test_nothing_is_written_of_a_batch_with_a_wrong_act(folder: Path) -> None:
    append(folder, 5)
    before = state_of(folder)
    with LogFile(folder, SIGNER) as log:
        for wrong in ([act(6), act(5)], [act(4)], [act(6), Act(START, "a b", "x", "y")]):
            with pytest.raises(InvalidLeaf):
                log.append(wrong)
        assert log.size == 1
    assert state_of(folder) == before


def crashes(before: State, after: State) -> Iterator[State]:
    """The files as a crash leaves them, in the order of an append's writes.

    Every byte about the ends of lines, where it matters most, and every sixth between.
    """
    for name in (PENDING, LEAVES, CHECKPOINTS):
        common = 0 if name == PENDING else len(before[name])
        for end in range(common, len(after[name])):
            if end % 6 == 0 or b"\n" in after[name][max(end - 2, 0) : end + 2]:
                yield before | {name: after[name][:end]}
        before = before | {name: after[name]}


@pytest.mark.parametrize("numbers", [(3,), (3, 4)])
def test_a_crash_at_any_byte_leaves_the_append_done_or_not_begun(
    folder: Path, numbers: tuple[int, ...]
) -> None:
    append(folder, 0, 1)
    before = state_of(folder)
    append(folder, *numbers)
    after = state_of(folder)

    for crashed in crashes(before, after):
        put(folder, crashed)
        size = append(folder).size
        if crashed[PENDING] == after[PENDING]:
            assert size == 2 + len(numbers)
            assert state_of(folder) == after
        else:
            assert size == 2
            assert state_of(folder)[LEAVES] == before[LEAVES]
            assert state_of(folder)[CHECKPOINTS] == before[CHECKPOINTS]


def test_a_log_goes_on_after_a_torn_last_line(folder: Path) -> None:
    append(folder, 0)
    append(folder, 1)
    with (folder / LEAVES).open("r+b") as file:
        file.truncate((folder / LEAVES).stat().st_size - 9)

    assert append(folder, 2).size == 3
    assert [line for line in (folder / LEAVES).read_bytes().splitlines() if leaf_from(line)]


def test_what_was_tampered_with_is_not_appended_to(folder: Path) -> None:
    for number in range(4):
        append(folder, number)
    whole = state_of(folder)
    lines, notes = whole[LEAVES].splitlines(True), list(notes_in(whole[CHECKPOINTS]))
    tampered = [
        {LEAVES: whole[LEAVES].replace(b"n-1", b"n-7")},
        {LEAVES: whole[LEAVES].replace(b"n-3", b"n-7")},
        {LEAVES: b"".join(lines[:2])},
        {LEAVES: b""},
        {LEAVES: whole[LEAVES] + lines[3]},
        {LEAVES: whole[LEAVES] + b"{"},
        {LEAVES: b"".join([lines[1], lines[0], *lines[2:]])},
        {CHECKPOINTS: whole[CHECKPOINTS] + b"x"},
        {CHECKPOINTS: b"".join(note + b"\n" for note in notes[:2])},
        {CHECKPOINTS: whole[CHECKPOINTS].replace(b"\n4\n", b"\n5\n")},
        {CHECKPOINTS: b""},
        {LEAVES: whole[LEAVES].replace(b"n-3", b"n-7"), PENDING: b""},
        {LEAVES: whole[LEAVES][:-9], PENDING: b""},
    ]
    for number, change in enumerate(tampered):
        put(folder, whole | change)
        before = state_of(folder)
        with pytest.raises(LogDamagedError):
            append(folder, 9)
        assert state_of(folder) == before, number


def test_a_log_of_another_key_is_not_appended_to(folder: Path) -> None:
    append(folder, 0)
    with pytest.raises(LogDamagedError, match="none of the known keys"):
        LogFile(folder, new_signer("example.org/log"))


def test_a_log_has_one_writer(folder: Path) -> None:
    with LogFile(folder, SIGNER), pytest.raises(LogInUseError):
        LogFile(folder, SIGNER)


def test_a_log_is_made_once_and_on_purpose(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        create_log(folder, SIGNER)
    with pytest.raises(LogDamagedError, match="made on purpose"):
        LogFile(tmp_path / "none", SIGNER)
    shutil.copy(folder / LEAVES, tmp_path / LEAVES)
    create_log(tmp_path, SIGNER)


def test_after_a_failed_write_nothing_is_appended_until_it_is_opened_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    with LogFile(folder, SIGNER) as log:
        with monkeypatch.context() as broken:
            broken.setattr(log_file, "_extend", full)
            with pytest.raises(OSError, match="no space"):
                log.append([act(0)])
        with pytest.raises(LogDamagedError, match="open the log again"):
            log.append([act(0)])
    assert append(folder, 0).size == 1
