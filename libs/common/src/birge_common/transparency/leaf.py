"""The leaves of a log: one canonical line for each act, with a commitment to what is private.

A commitment is HMAC-SHA-256 with the key of the person the act is about. While that key exists
the payload can be shown to be what was committed to; once it is destroyed the commitment is a
random number to everybody, although the log still verifies.
"""

import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

PERSON_KEY_BYTES = 32
LEAF_BYTES_MAX = 64 * 1024
# Beyond these a number is not the same in every language that reads JSON.
INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 16

_OPAQUE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_IDENTITY_NUMBER = re.compile(r"[0-9]{12}")
_ACT = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


class InvalidLeaf(ValueError):
    """It has no canonical form or not the fields of a leaf; nothing of the kind is ever kept."""


@dataclass(frozen=True)
class Act:
    """Something that happened, about to be recorded; `public` is for everybody's eyes for ever."""

    at: datetime
    actor: str
    act: str
    subject: str
    commitment: str | None = None
    public: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Leaf(Act):
    """An act with its place in the log."""

    seq: int = field(kw_only=True)

    def line(self) -> bytes:
        """The canonical line without its end: what is hashed and kept."""
        _require_fields(self)
        line = canonical(
            {
                "act": self.act,
                "actor": self.actor,
                "at": _instant(self.at),
                "commitment": self.commitment,
                "public": dict(self.public),
                "seq": self.seq,
                "subject": self.subject,
            }
        )
        if len(line) > LEAF_BYTES_MAX:
            raise InvalidLeaf(f"a leaf has at most {LEAF_BYTES_MAX} bytes")
        return line


def leaf_of(seq: int, act: Act) -> Leaf:
    """The act as the leaf at this place."""
    return Leaf(act.at, act.actor, act.act, act.subject, act.commitment, act.public, seq=seq)


def leaf_from(line: bytes) -> Leaf:
    """The leaf that a line says; raises InvalidLeaf unless the line is its canonical form."""
    try:
        said = json.loads(line.decode())
        said["at"] = datetime.strptime(said["at"], _INSTANT).replace(tzinfo=UTC)
        leaf = Leaf(**said)
        is_canonical = leaf.line() == line
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InvalidLeaf("the line is no leaf") from error
    if not is_canonical:
        raise InvalidLeaf("the line is not in canonical form")
    return leaf


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way to write a JSON object: sorted ASCII keys, no spaces, UTF-8, no floats.

    Whole numbers stay within 2^53; other numbers are written as strings. The same bytes come from
    any implementation of RFC 8785 for such objects.
    """
    _require_plain(dict(value), 0)
    try:
        return _encode(dict(value)).encode()
    except UnicodeEncodeError as error:
        raise InvalidLeaf("a text with half a character has no UTF-8") from error


def new_person_key() -> bytes:
    """A key for one person's commitments: 256 random bits, so nobody finds it by trying."""
    return secrets.token_bytes(PERSON_KEY_BYTES)


def commitment_to(act: Act, payload: Mapping[str, Any], key: bytes) -> str:
    """The commitment to an act's private payload, hexadecimal; any it carries is not looked at.

    It covers who did what to whom and when as well: the same score given twice shows two unlike
    commitments, and none can be passed off as another act's.
    """
    if len(key) != PERSON_KEY_BYTES:
        raise ValueError(f"a person's key has {PERSON_KEY_BYTES} bytes")
    committed = {
        "act": act.act,
        "actor": act.actor,
        "at": _instant(act.at),
        "payload": dict(payload),
        "subject": act.subject,
    }
    return hmac.digest(key, canonical(committed), "sha256").hex()


def opens(act: Act, payload: Mapping[str, Any], key: bytes) -> bool:
    """Whether the act's commitment is to this payload, under this key."""
    if act.commitment is None:
        return False
    return hmac.compare_digest(act.commitment, commitment_to(act, payload, key))


def _instant(at: datetime) -> str:
    if at.utcoffset() is None:
        raise InvalidLeaf("an instant is UTC-aware")
    # Not strftime: some systems' writes years before 1000 without their zeros.
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _require_fields(leaf: Leaf) -> None:
    if isinstance(leaf.seq, bool) or leaf.seq < 0:
        raise InvalidLeaf("a leaf's place is 0 or more")
    for opaque in (leaf.actor, leaf.subject):
        if not _OPAQUE_ID.fullmatch(opaque):
            raise InvalidLeaf("actor and subject are opaque ids: letters, digits and . _ : -")
        # The message does not repeat it: where it ends up may be a log file.
        if _IDENTITY_NUMBER.fullmatch(opaque):
            raise InvalidLeaf("twelve digits are a person's identity number, not an opaque id")
    if not _ACT.fullmatch(leaf.act):
        raise InvalidLeaf("an act is a lower-case name")
    if leaf.commitment is not None and not _COMMITMENT.fullmatch(leaf.commitment):
        raise InvalidLeaf("a commitment is 64 hexadecimal digits")


def _require_plain(value: object, depth: int) -> None:
    if depth > DEPTH_MAX:
        raise InvalidLeaf(f"an object is at most {DEPTH_MAX} deep")
    match value:
        case None | bool() | str():
            return
        case int():
            if abs(value) > INTEGER_MAX:
                raise InvalidLeaf("a whole number beyond 2^53 is written as a string")
        case dict():
            for key, each in value.items():
                if not isinstance(key, str) or not (key.isascii() and key.isprintable()):
                    raise InvalidLeaf("a key is printable ASCII")
                _require_plain(each, depth + 1)
        case list() | tuple():
            for each in value:
                _require_plain(each, depth + 1)
        case _:
            raise InvalidLeaf(f"a {type(value).__name__} is written as a string, or not at all")
