"""Sealed texts: anybody may write one to a key, and only who holds its private half reads it.

A sealed text is `v1.<key id>.<base64url>` of a libsodium sealed box (X25519, XSalsa20-Poly1305).
The payload is padded first, so that the length of a text tells little of what it says.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEY_BYTES = 32
PADDED_BYTES = 1_024
KEY_ID = "[a-z0-9-]{1,32}"
SEALED_PATTERN = f"^v1[.]{KEY_ID}[.][A-Za-z0-9_-]+$"
_SEALED = re.compile(SEALED_PATTERN)
_KEY_FORM = "a key is <id>:<base64 of 32 bytes>, the id of a-z, 0-9 and hyphens"


class UnknownSealingKey(Exception):
    """No private half here opens the text; the message names the key and what to do."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The private half of {key_id} is not here: add it to "
            "BIRGE_SEALING__PRIVATE_KEYS; if it was destroyed, so was what it sealed."
        )
        self.key_id = key_id


class NotSealed(Exception):
    """The text is none of ours, or was changed on its way; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The public half: whoever has it can write, and not even read what they wrote."""

    key_id: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key of a text `id:base64`; ValueError with the form where it is none."""
        return cls(*_half_from(text))

    def __str__(self) -> str:
        return _text_of(self.key_id, self.public)

    def seal(self, payload: bytes) -> str:
        """The payload for the holder of the private half; another text at every call."""
        padded = sodium_pad(payload, PADDED_BYTES)
        box = SealedBox(PublicKey(self.public)).encrypt(padded)
        return f"v1.{self.key_id}.{base64.urlsafe_b64encode(box).rstrip(b'=').decode()}"


class OpeningKeys:
    """Private halves by key id: several, because what an older key sealed is still to be read.

    Taking a key away for good destroys what it sealed.
    """

    def __init__(self, private: Mapping[str, bytes]) -> None:
        self._boxes = {name: SealedBox(PrivateKey(half)) for name, half in private.items()}

    @classmethod
    def parse(cls, text: str) -> Self:
        """The keys of a text `id:base64,id:base64`; ValueError with the form, never with a key."""
        halves = [_half_from(part) for part in text.split(",")]
        if len({key_id for key_id, _ in halves}) < len(halves):
            raise ValueError("two keys have the same id")
        return cls(dict(halves))

    @property
    def key_ids(self) -> frozenset[str]:
        """The keys whose texts can be opened."""
        return frozenset(self._boxes)

    def open(self, text: str) -> bytes:
        """What was sealed.

        Raises NotSealed where the text is not whole, UnknownSealingKey where its key is not here.
        """
        if not _SEALED.fullmatch(text):
            raise NotSealed("Not a sealed text: have its sender seal it to the current key.")
        _, key_id, encoded = text.split(".")
        box = self._boxes.get(key_id)
        if box is None:
            raise UnknownSealingKey(key_id)
        try:
            padded = box.decrypt(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
            return sodium_unpad(padded, PADDED_BYTES)
        except (CryptoError, binascii.Error):
            raise NotSealed(
                f"Sealed to another key than {key_id}, or changed since: have it sent again."
            ) from None


def key_id_of(sealed: str) -> str:
    """The id of the key that a sealed text is sealed to."""
    return sealed.split(".", 2)[1]


def new_sealing_pair(key_id: str) -> tuple[SealingKey, str]:
    """A new pair: the public half, and the private one as the text that `OpeningKeys` parses."""
    private = PrivateKey.generate()
    private_text = _text_of(key_id, bytes(private))
    _half_from(private_text)
    return SealingKey(key_id, bytes(private.public_key)), private_text


def _text_of(key_id: str, half: bytes) -> str:
    return f"{key_id}:{base64.b64encode(half).decode()}"


def _half_from(text: str) -> tuple[str, bytes]:
    key_id, _, encoded = text.strip().partition(":")
    try:
        half = base64.b64decode(encoded, validate=True)
    except ValueError:
        half = b""
    if not re.fullmatch(KEY_ID, key_id) or len(half) != KEY_BYTES:
        # Without the text: a half that was mistyped is still most of a secret.
        raise ValueError(_KEY_FORM)
    return key_id, half
