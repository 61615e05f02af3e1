"""What is personal in an event: sealed on the log, and told by a keyed digest everywhere else."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import msgspec
from msgspec.structs import replace

from birge_common.contracts.base import Contract
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.sealed_nomination import Seal, sealed_data, sealed_withdrawal
from birge_common.security.sealing import SealingKey
from birge_ingest.checks.verdicts import Admissible

_SEALED_FORMS: Mapping[str, Callable[[Any, Seal], Contract]] = {
    "kz.birge.nomination.submitted.v1": sealed_data,
    "kz.birge.nomination.withdrawn.v1": sealed_withdrawal,
}
# All that the log has of the envelope. Extensions, baggage and the like are the sender's own
# texts, which could hold anything, and nobody behind the door needs them.
_ENVELOPE = ("specversion", "id", "source", "type", "subject", "time", "traceparent")
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Discretion:
    """Keeps what partners say of persons out of whatever the door writes or answers.

    A digest of a name, a telephone number or an IIN can be guessed back by trying; one that is
    made with a secret cannot.
    """

    sealing_key: SealingKey
    digest_key: bytes

    @classmethod
    def made(cls, sealing_key: SealingKey, secret: str) -> Self:
        """With a key of its own, derived from the secret that receipts are signed with."""
        return cls(sealing_key, hmac.digest(secret.encode(), b"birge digest of content", "sha256"))

    def admitted(self, event: Admissible) -> Admissible:
        """The event, its digest keyed where its content is personal; equal content, equal digest.

        What is traced of it carries no state but the trace itself.
        """
        if event.type not in _SEALED_FORMS:
            return event
        return replace(event, digest=self._keyed(bytes.fromhex(event.digest)), tracestate=None)

    def log_text(self, event: Admissible) -> bytes:
        """The record's value: the event as it came, with its data sealed if they are personal."""
        form = _SEALED_FORMS.get(event.type)
        if form is None:
            return event.text
        sent = msgspec.json.decode(event.text)
        data = EVENT_TYPES[event.type].adapter.validate_json(event.text).data
        sealed = form(data, self.sealing_key.seal)
        return _encode(
            {name: sent[name] for name in _ENVELOPE if name in sent}
            | {"datacontenttype": "application/json"}
            | {"data": sealed.model_dump(mode="json", exclude_none=True)}
        )

    def digest_of_withheld(self, text: bytes) -> str:
        """The digest of an event that may not be kept, hexadecimal."""
        return self._keyed(hashlib.sha256(text).digest())

    def _keyed(self, digest: bytes) -> str:
        return hmac.digest(self.digest_key, digest, "sha256").hex()
