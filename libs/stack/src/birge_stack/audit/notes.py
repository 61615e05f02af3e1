"""Reads files of signed checkpoints (C2SP signed-note and tlog-checkpoint) and trusts no other."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from birge_stack.audit.tree import HASH_BYTES
from birge_stack.errors import StackError

_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_DASH = "— ".encode()
_KIND_AND_KEY_BYTES = 33


class NotTrusted(Exception):
    """Why a note says nothing; the sentence goes on from `the checkpoint …`."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checkpoints may be signed with, as it is published."""

    name: str
    short_hash: bytes
    raw: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a trusted checkpoint states: the log's first `size` entries have this root."""

    number: int
    size: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True)
class Untrusted:
    """A place in a file of checkpoints that proves nothing, and why."""

    number: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Statements:
    """All that one file of checkpoints states."""

    name: str
    trusted: Sequence[Stated]
    untrusted: Sequence[Untrusted]


def public_key(text: str) -> PublicKey:
    """The key that `<name>+<hash>+<base64>` writes; raises StackError where it is none."""
    try:
        name, short_hash, encoded = text.strip().split("+", 2)
        kind_and_key = base64.b64decode(encoded, validate=True)
        is_ed25519 = kind_and_key[:1] == b"\x01" and len(kind_and_key) == _KIND_AND_KEY_BYTES
        expected = hashlib.sha256(name.encode() + b"\n" + kind_and_key).digest()[:4]
        if not name or not is_ed25519 or expected.hex() != short_hash:
            raise ValueError(name)
    except ValueError as error:
        raise StackError(
            "the key is not `<name>+<hash>+<base64>` of an Ed25519 key: "
            "copy it again, whole, from where it is published"
        ) from error
    return PublicKey(name, expected, kind_and_key[1:], text.strip())


def statements_in(name: str, kept: bytes, keys: Sequence[PublicKey]) -> Statements:
    """Every checkpoint of a file, in its order, and every place that is none."""
    trusted, untrusted = [], []
    for number, (line, note) in enumerate(_notes(kept), start=1):
        try:
            trusted.append(_stated(number, note, keys))
        except NotTrusted as reason:
            untrusted.append(Untrusted(number, line, str(reason)))
    return Statements(name, trusted, untrusted)


def stated_in(note: str, keys: Sequence[PublicKey]) -> Stated:
    """What a single note states; raises NotTrusted."""
    return _stated(1, note.encode(errors="surrogatepass"), keys)


def _stated(number: int, note: bytes, keys: Sequence[PublicKey]) -> Stated:
    # A key signs for the log of its own name only: else one log's history could stand for another.
    origin = note.partition(b"\n")[0].decode(errors="replace")
    named = [key for key in keys if key.name == origin]
    if not named:
        raise NotTrusted(f"is of another log: {origin!r}")
    size, root = _size_and_root(opened(note, named))
    return Stated(number, size, root, note.decode())


def opened(note: bytes, keys: Sequence[PublicKey]) -> str:
    """The text of a note, once one of the keys is seen to have signed it; else NotTrusted."""
    try:
        text, gap, signatures = note.decode().rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise NotTrusted("is damaged: it is not UTF-8") from error
    if not gap or not signatures.endswith("\n"):
        raise NotTrusted("is damaged: it is not a text, an empty line and signatures")
    text += "\n"
    by_known_keys = [
        _is_signed(text, raw, key)
        for name, raw in map(_signature, signatures[:-1].split("\n"))
        for key in keys
        if name == key.name and raw[:4] == key.short_hash
    ]
    if not by_known_keys:
        raise NotTrusted("is not signed by the log's key")
    if not all(by_known_keys):
        raise NotTrusted("was changed after it was signed, or its signature was")
    return text


def _notes(kept: bytes) -> Iterator[tuple[int, bytes]]:
    """Line number and bytes of each note; what is not one comes alone, and reading goes on."""
    parts, at, line = kept.split(b"\n\n"), 0, 1
    rest = parts.pop()
    while at < len(parts):
        is_whole = at + 1 < len(parts) and parts[at + 1].startswith(_DASH)
        note = parts[at] + b"\n\n" + parts[at + 1] + b"\n" if is_whole else parts[at] + b"\n"
        yield line, note
        at += 2 if is_whole else 1
        line += note.count(b"\n") + 1
    if rest:
        yield line, rest


def _signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.fullmatch(line)
    if found is None:
        raise NotTrusted("is damaged: a line below the empty one is no signature")
    return found[1], _plain_base64(found[2])


def _is_signed(text: str, raw: bytes, key: PublicKey) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(raw[4:], text.encode())
    except InvalidSignature:
        return False
    return True


def _size_and_root(text: str) -> tuple[int, bytes]:
    _, *lines = text[:-1].split("\n")
    if len(lines) < 2 or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[0]):
        raise NotTrusted("states no size")
    root = _plain_base64(lines[1])
    if len(root) != HASH_BYTES:
        raise NotTrusted("states no root")
    return int(lines[0]), root


def _plain_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise NotTrusted("is damaged: its base64 is none") from error
    if base64.b64encode(raw).decode() != text:
        raise NotTrusted("is damaged: its base64 is not the usual one")
    return raw
