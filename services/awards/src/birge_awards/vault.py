"""Personal data under a key of each person's own: destroying the key erases the person.

AES-256-GCM; the ciphertext is bound to the candidacy it belongs to. Keys are wrapped with one key
of the deployment, so that a copy of the database alone opens nothing.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from birge_common.transparency.leaf import new_person_key

_NONCE_BYTES = 12


class Unreadable(Exception):
    """The key is another one, or the text was changed: restore both from the same backup."""


class Vault:
    """Seals and opens with a person's key, and wraps these keys."""

    def __init__(self, secret: str) -> None:
        """`secret` is the deployment's key-encryption key, at least 32 characters."""
        self._wrapping = AESGCM(_derived(secret.encode(), "wrap"))
        self._digests = _derived(secret.encode(), "digest")

    def new_key(self, candidacy: str) -> tuple[bytes, bytes]:
        """A person's key, and the same wrapped, as it is kept."""
        key = new_person_key()
        return key, _encrypted(self._wrapping, key, candidacy)

    def unwrapped(self, wrapped: bytes, candidacy: str) -> bytes:
        """The person's key."""
        return _decrypted(self._wrapping, wrapped, candidacy)

    def seal(self, personal: Mapping[str, Any], key: bytes, candidacy: str) -> str:
        """The personal data as text that only this key opens."""
        said = json.dumps(personal, ensure_ascii=False, sort_keys=True).encode()
        sealed = _encrypted(AESGCM(_derived(key, "seal")), said, candidacy)
        return base64.b64encode(sealed).decode()

    def open(self, sealed: str, key: bytes, candidacy: str) -> dict[str, Any]:
        """What was sealed."""
        text = _decrypted(AESGCM(_derived(key, "seal")), base64.b64decode(sealed), candidacy)
        opened: dict[str, Any] = json.loads(text)
        return opened

    def seal_file(self, body: bytes, key: bytes, file: str) -> bytes:
        """A file's bytes, sealed under a key of its own."""
        return _encrypted(AESGCM(_derived(key, "file")), body, file)

    def open_file(self, sealed: bytes, key: bytes, file: str) -> bytes:
        """What was sealed. Raises Unreadable."""
        return _decrypted(AESGCM(_derived(key, "file")), sealed, file)

    def digest(self, kind: str, text: str) -> str:
        """A keyed digest: equal for equal texts, and no list of numbers finds what it was."""
        return f"{kind}:{hmac.digest(self._digests, f'{kind}|{text}'.encode(), 'sha256').hex()}"


def _derived(key: bytes, purpose: str) -> bytes:
    return hashlib.sha256(b"birge awards|" + purpose.encode() + b"|" + key).digest()


def _encrypted(cipher: AESGCM, text: bytes, candidacy: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, text, candidacy.encode())


def _decrypted(cipher: AESGCM, sealed: bytes, candidacy: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], candidacy.encode())
    except InvalidTag as error:
        raise Unreadable(f"the personal data of {candidacy} cannot be opened") from error
