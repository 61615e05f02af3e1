"""Signed notes (C2SP signed-note, as Go's checksum database has them): texts signed with Ed25519.

A note is a text, an empty line and signature lines `— <name> <base64 of key hash and signature>`.
Keys are text too: `<name>+<key hash>+<base64>` to verify, and the same after `PRIVATE+KEY+` to
sign, which belongs into a secret and nowhere else.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
KEY_HASH_BYTES, SEED_BYTES, SIGNATURE_BYTES = 4, 32, 64
SIGNATURES_MAX = 100
SIGNATURE_LINE = re.compile(r"— (?P<name>\S+) (?P<signature>[A-Za-z0-9+/=]+)")
_PRIVATE = "PRIVATE+KEY+"


class InvalidNote(ValueError):
    """It is no note, or no known key signed it: trust nothing it says; the message says why."""


@dataclass(frozen=True)
class Verifier:
    """The public half of a key; `str` gives the text that is published."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _require_name(self.name)

    @property
    def key_hash(self) -> bytes:
        """Four bytes that tell keys of one name apart; not a proof of anything."""
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(named).digest()[:KEY_HASH_BYTES]

    def is_signature(self, signature: bytes, text: bytes) -> bool:
        """Whether this key signed the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{_base64(ED25519 + self.public)}"


@dataclass(frozen=True)
class Signer:
    """The private half of a key; it is never shown by accident."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, private.public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """The note of this text; the same text gives the same note."""
        _require_text(text)
        raw = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        line = f"— {self.name} {_base64(self.verifier.key_hash + raw)}"
        return f"{text}\n{line}\n".encode()

    def secret(self) -> str:
        """The text to keep secret, from which `signer_from` makes the key again."""
        key_hash = self.verifier.key_hash.hex()
        return f"{_PRIVATE}{self.name}+{key_hash}+{_base64(ED25519 + self.seed)}"


def new_signer(name: str) -> Signer:
    """A new key of this name."""
    _require_name(name)
    return Signer(name, Ed25519PrivateKey.generate().private_bytes_raw())


def signer_from(secret: str) -> Signer:
    """The key that `Signer.secret` wrote down."""
    if not secret.startswith(_PRIVATE):
        raise InvalidNote("this is no key to sign with")
    name, key_hash, seed = _key_parts(secret.removeprefix(_PRIVATE))
    signer = Signer(name, seed)
    if signer.verifier.key_hash != key_hash:
        raise InvalidNote(f"the key of {name} is damaged: its hash is another")
    return signer


def verifier_from(text: str) -> Verifier:
    """The key that `str` of a verifier wrote down."""
    name, key_hash, public = _key_parts(text)
    verifier = Verifier(name, public)
    if verifier.key_hash != key_hash:
        raise InvalidNote(f"the key of {name} is damaged: its hash is another")
    return verifier


def open_note(note: bytes, verifiers: Sequence[Verifier]) -> str:
    """The text of a note that one of these keys signed.

    Signatures of other keys are passed over, as a witness may add its own; a wrong one of a known
    key is refused even where another is right.
    """
    try:
        text, lines = _parts(note.decode())
    except UnicodeDecodeError as error:
        raise InvalidNote("a note is UTF-8") from error
    known = {(each.name, each.key_hash): each for each in verifiers}
    signed = False
    for line in lines:
        name, key_hash, signature = _signature(line)
        verifier = known.get((name, key_hash))
        if verifier is None:
            continue
        if not verifier.is_signature(signature, text.encode()):
            raise InvalidNote(f"the signature of {name} does not fit the text")
        signed = True
    if not signed:
        raise InvalidNote("none of the known keys signed it")
    return text


def _parts(note: str) -> tuple[str, list[str]]:
    body, gap, signatures = note.rpartition("\n\n")
    if not gap or not signatures.endswith("\n"):
        raise InvalidNote("a note is a text, an empty line and signature lines")
    text, lines = body + "\n", signatures[:-1].split("\n")
    _require_text(text)
    if len(lines) > SIGNATURES_MAX:
        raise InvalidNote("too many signatures")
    return text, lines


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = SIGNATURE_LINE.fullmatch(line)
    if found is None:
        raise InvalidNote("a signature line is damaged")
    raw = _from_base64(found["signature"])
    return found["name"], raw[:KEY_HASH_BYTES], raw[KEY_HASH_BYTES:]


def _key_parts(text: str) -> tuple[str, bytes, bytes]:
    try:
        name, key_hash, encoded = text.strip().split("+", 2)
        raw, digest = _from_base64(encoded), bytes.fromhex(key_hash)
    except ValueError as error:
        raise InvalidNote("a key is `<name>+<key hash>+<base64>`") from error
    if raw[:1] != ED25519 or len(raw) != 1 + SEED_BYTES:
        raise InvalidNote("only Ed25519 keys are known here")
    return name, digest, raw[1:]


def _require_name(name: str) -> None:
    if not name or "+" in name or not name.isprintable() or any(map(str.isspace, name)):
        raise InvalidNote("a key's name has no space and no plus sign")


def _require_text(text: str) -> None:
    if not text.endswith("\n") or not all(each >= " " or each == "\n" for each in text):
        raise InvalidNote("a note's text is whole lines without control characters")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise InvalidNote("the base64 is damaged") from error
    # Unused bits at the end must be zero, or two texts would stand for the same bytes.
    if _base64(raw) != text:
        raise InvalidNote("the base64 is damaged")
    return raw
