"""Checkpoints (C2SP tlog-checkpoint): a signed statement of how large a log is and of its root."""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from birge_common.transparency.merkle import HASH_BYTES
from birge_common.transparency.note import InvalidNote, Signer, Verifier, open_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """What is signed: the log's name, its size, the root of its tree, and lines for later use."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        root = base64.b64encode(self.root).decode()
        return "".join(
            f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions)
        )


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint and the note it came as."""

    checkpoint: Checkpoint
    note: bytes


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> SignedCheckpoint:
    """The checkpoint as a note, signed by the key whose name is the log's."""
    if signer.name != checkpoint.origin:
        raise ValueError(f"the key of {signer.name} does not sign for {checkpoint.origin}")
    # What is signed must be readable: a line break in an extension would make another text of it.
    text = checkpoint.text()
    if checkpoint_from(text) != checkpoint:
        raise ValueError("the checkpoint's lines are not what they would be read as")
    return SignedCheckpoint(checkpoint, signer.sign(text))


def open_checkpoint(
    note: bytes, verifiers: Sequence[Verifier], origin: str | None = None
) -> SignedCheckpoint:
    """The checkpoint in a note, once a known key's signature and the log's name are right.

    `origin` is the log's name, that of its key if left out. Raises InvalidNote.
    """
    checkpoint = checkpoint_from(open_note(note, verifiers))
    origins = {origin} if origin is not None else {each.name for each in verifiers}
    if checkpoint.origin not in origins:
        raise InvalidNote(f"it is a checkpoint of another log: {checkpoint.origin}")
    return SignedCheckpoint(checkpoint, note)


def checkpoint_from(text: str) -> Checkpoint:
    """The checkpoint that a note's text says; raises InvalidNote where it says none."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise InvalidNote("a checkpoint is origin, size and root, each on a line")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size):
        raise InvalidNote("a checkpoint's size is a decimal number")
    try:
        raw = base64.b64decode(root, validate=True)
    except binascii.Error as error:
        raise InvalidNote("a checkpoint's root is base64") from error
    if len(raw) != HASH_BYTES or base64.b64encode(raw).decode() != root:
        raise InvalidNote("a checkpoint's root is a SHA-256 hash in base64")
    return Checkpoint(origin, int(size), raw, tuple(extensions))


def notes_in(kept: bytes) -> Iterable[bytes]:
    """The whole notes of a file of checkpoints, each followed by an empty line.

    What is left of an unfinished last one is not given: `kept` is longer than the notes then.
    """
    parts = kept.split(b"\n\n")
    for text, signatures in zip(parts[:-1:2], parts[1:-1:2], strict=False):
        yield text + b"\n\n" + signatures + b"\n"
