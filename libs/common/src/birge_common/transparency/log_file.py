"""A log in files: leaves, one line each, and the signed checkpoints that cover them.

An append is first written whole to a third file, so that after a crash at any byte it is finished
or was never begun, and whatever else stands after the last checkpoint was put there by somebody.
"""

import fcntl
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from birge_common.transparency.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
    notes_in,
    open_checkpoint,
    sign_checkpoint,
)
from birge_common.transparency.leaf import Act, InvalidLeaf, Leaf, leaf_from, leaf_of
from birge_common.transparency.merkle import Frontier, leaf_hash
from birge_common.transparency.note import InvalidNote, Signer

LEAVES, CHECKPOINTS, PENDING = "leaves.jsonl", "checkpoints.txt", "pending.txt"


class LogDamagedError(Exception):
    """What is kept is not what was signed: append nothing, keep the files, run `birge audit`."""


class LogInUseError(Exception):
    """Another process writes this log; a log has one writer, or its history would fork."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """One append as it is written: its lines, then the checkpoint that covers them."""

    leaves: bytes
    signed: SignedCheckpoint

    @property
    def kept_note(self) -> bytes:
        return self.signed.note + b"\n"

    def to_bytes(self) -> bytes:
        return self.leaves + b"\n" + self.kept_note


class LogFile:
    """The one writer of a log; use it as a context, or close it."""

    def __init__(self, folder: Path, signer: Signer) -> None:
        """Open a log that `create_log` made, and finish an append that a crash cut short.

        Raises LogDamagedError where the files are not what the last checkpoint says.
        """
        self._signer = signer
        self._is_broken = False
        self._open_files = ExitStack()
        try:
            self._leaves = self._opened(folder / LEAVES)
            self._checkpoints = self._opened(folder / CHECKPOINTS)
            self._pending = self._open_files.enter_context(_appendable(folder / PENDING))
            _lock(self._leaves)
            self._recover()
        except BaseException:
            self._open_files.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._open_files.close()

    @property
    def size(self) -> int:
        """How many leaves there are; the next one's `seq`."""
        return self._frontier.size

    @property
    def last(self) -> Leaf | None:
        """The last leaf; None in an empty log."""
        return self._last

    @property
    def checkpoint(self) -> SignedCheckpoint:
        """The last checkpoint, to be copied to where the writer of these files cannot reach."""
        return self._signed

    def append(self, acts: Sequence[Act]) -> SignedCheckpoint:
        """Add the acts in order, all or none, under one new checkpoint; durable when it returns.

        Raises InvalidLeaf, with nothing written, for an act that is no leaf or is earlier than
        the last. After an OSError it is unknown whether they were added: open the log again, see.
        """
        if self._is_broken:
            raise LogDamagedError("an append failed half-way: open the log again")
        if not acts:
            return self._signed
        batch, grown, last = self._batch(acts)
        try:
            _replace(self._pending, batch.to_bytes())
            _extend(self._leaves, batch.leaves)
            _extend(self._checkpoints, batch.kept_note)
        except BaseException:
            self._is_broken = True
            raise
        self._frontier, self._signed, self._last = grown, batch.signed, last
        return batch.signed

    def _batch(self, acts: Sequence[Act]) -> tuple[_Batch, Frontier, Leaf | None]:
        grown, last, lines = self._frontier.copy(), self._last, []
        for act in acts:
            leaf = leaf_of(grown.size, act)
            line = leaf.line()
            if last is not None and leaf.at < last.at:
                raise InvalidLeaf("an act is not earlier than the one before it")
            grown.append(leaf_hash(line))
            lines.append(line + b"\n")
            last = leaf
        checkpoint = Checkpoint(self._signer.name, grown.size, grown.root())
        return _Batch(b"".join(lines), sign_checkpoint(checkpoint, self._signer)), grown, last

    def _opened(self, path: Path) -> BinaryIO:
        try:
            return self._open_files.enter_context(path.open("r+b"))
        except FileNotFoundError as error:
            raise LogDamagedError(f"{path} is not there: a new log is made on purpose") from error

    def _recover(self) -> None:
        kept = self._checkpoints.read()
        notes = list(notes_in(kept))
        if not notes:
            raise LogDamagedError("there is no whole checkpoint")
        pending = self._pending_batch()
        base = self._signed_in(notes.pop())
        if pending and pending.signed.checkpoint.size == base.checkpoint.size and notes:
            base = self._signed_in(notes.pop())
        elif pending and pending.signed.checkpoint.size <= base.checkpoint.size:
            pending = None
        self._read_leaves(base.checkpoint)
        leaves_end = self._leaves.tell()
        notes_end = kept.rindex(base.note) + len(base.note) + 1
        unsigned, torn = self._leaves.read(), kept[notes_end:]
        if not pending:
            if unsigned or torn:
                raise LogDamagedError(
                    f"something stands after leaf {base.checkpoint.size - 1} that nothing covers"
                )
            self._signed = base
            return
        self._check_pending(pending)
        if not (pending.leaves.startswith(unsigned) and pending.kept_note.startswith(torn)):
            raise LogDamagedError("what stands at the end is not what was being written")
        if unsigned != pending.leaves:
            _extend(self._leaves, pending.leaves, at=leaves_end)
        if torn != pending.kept_note:
            _extend(self._checkpoints, pending.kept_note, at=notes_end)
        self._signed = pending.signed

    def _pending_batch(self) -> _Batch | None:
        """The last append as it was begun; None where a crash left it unfinished, so unbegun."""
        self._pending.seek(0)
        leaves, gap, note = self._pending.read().partition(b"\n\n")
        if not gap or not note.endswith(b"\n\n"):
            return None
        try:
            return _Batch(leaves + b"\n", self._signed_in(note[:-1]))
        except LogDamagedError:
            return None

    def _signed_in(self, note: bytes) -> SignedCheckpoint:
        try:
            return open_checkpoint(note, [self._signer.verifier])
        except InvalidNote as error:
            raise LogDamagedError(f"the last checkpoint: {error}") from error

    def _read_leaves(self, checkpoint: Checkpoint) -> None:
        """Read on to where the checkpoint is, and make sure that its root is that of the lines."""
        self._frontier, self._last = Frontier(), None
        line = b""
        while self._frontier.size < checkpoint.size:
            line = self._leaves.readline()
            if not line.endswith(b"\n"):
                raise LogDamagedError(f"leaf {self._frontier.size} is missing")
            self._frontier.append(leaf_hash(line[:-1]))
        if self._frontier.root() != checkpoint.root:
            raise LogDamagedError(f"the first {checkpoint.size} leaves are not those signed")
        self._last = _leaf_in(line[:-1]) if line else None

    def _check_pending(self, pending: _Batch) -> None:
        """Add the begun append's leaves to the tree, which must then be what it signed."""
        lines = pending.leaves[:-1].split(b"\n")
        for line in lines:
            self._frontier.append(leaf_hash(line))
        signed = pending.signed.checkpoint
        if (self._frontier.size, self._frontier.root()) != (signed.size, signed.root):
            raise LogDamagedError("the last append does not continue what the files hold")
        self._last = _leaf_in(lines[-1])

    _frontier: Frontier
    _signed: SignedCheckpoint
    _last: Leaf | None


def create_log(folder: Path, signer: Signer) -> None:
    """Make an empty log, with a checkpoint that says so; never over one that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    leaves, checkpoints = folder / LEAVES, folder / CHECKPOINTS
    if checkpoints.exists() or (leaves.exists() and leaves.stat().st_size):
        raise FileExistsError(f"{folder} holds a log already")
    leaves.touch()
    empty = Checkpoint(signer.name, 0, Frontier().root())
    draft = folder / f".{CHECKPOINTS}"
    with draft.open("wb") as file:
        _extend(file, sign_checkpoint(empty, signer).note + b"\n")
    draft.rename(checkpoints)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _leaf_in(line: bytes) -> Leaf:
    try:
        return leaf_from(line)
    except InvalidLeaf as error:
        raise LogDamagedError(f"the last leaf: {error}") from error


def _appendable(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _lock(file: BinaryIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise LogInUseError(f"{file.name} is being written by another process") from error


def _replace(file: BinaryIO, content: bytes) -> None:
    _extend(file, content, at=0)


def _extend(file: BinaryIO, content: bytes, *, at: int | None = None) -> None:
    """Write at the end, or at a place after which nothing remains; on disk when it returns."""
    if at is None:
        file.seek(0, os.SEEK_END)
    else:
        file.seek(at)
        file.truncate()
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
