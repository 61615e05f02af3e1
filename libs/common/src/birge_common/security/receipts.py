"""Receipts: the partner's proof that an event is in the log, readable without any store."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """Which event it was and where the log holds it; `digest` is of its content, hexadecimal."""

    source: str
    id: str
    type: str
    subject: str
    version: int | None
    topic: str
    partition: int
    offset: int
    digest: str
    trace_id: str


_quoted = json.encoder.encode_basestring


def _json(receipt: Receipt) -> str:
    """The fields as a JSON array; the door signs every event's, and this is quick."""
    strings = map(_quoted, (receipt.source, receipt.id, receipt.type, receipt.subject))
    version = "null" if receipt.version is None else receipt.version
    place = f"{_quoted(receipt.topic)},{receipt.partition},{receipt.offset}"
    return (
        f"[{','.join(strings)},{version},{place},"
        f"{_quoted(receipt.digest)},{_quoted(receipt.trace_id)}]"
    )


class ReceiptSigner:
    """Makes and reads receipts `<base64url of JSON>.<HMAC-SHA256>`; the key stays with us."""

    def __init__(self, key: str) -> None:
        self._keyed = hmac.new(key.encode(), digestmod="sha256")

    def sign(self, receipt: Receipt) -> str:
        """The receipt as text, safe in an address; the same receipt gives the same text."""
        encoded = _base64url(_json(receipt).encode())
        return f"{encoded}.{self._signature(encoded)}"

    def read(self, text: str) -> Receipt | None:
        """What the receipt says; None where it was not made with our key."""
        encoded, _, signature = text.partition(".")
        if not text.isascii() or not hmac.compare_digest(signature, self._signature(encoded)):
            return None
        try:
            fields = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
            return Receipt(*fields)
        except (binascii.Error, ValueError, TypeError):
            return None

    def _signature(self, encoded: str) -> str:
        signing = self._keyed.copy()
        signing.update(encoded.encode())
        return _base64url(signing.digest())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
