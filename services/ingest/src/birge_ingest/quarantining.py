"""What is kept of a refused event, and the fact that tells of it."""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from birge_common.contracts.personal import holds_iin
from birge_common.contracts.quarantine import SubmissionQuarantinedV1
from birge_common.contracts.registry import EVENT_TYPES
from birge_common.security.keys import Partner
from birge_ingest.checks.verdicts import Inadmissible
from birge_ingest.domain.records import Quarantined, Record
from birge_ingest.partner_keys import SOURCE
from birge_ingest.tracing import SendSpan
from birge_ingest.wire.body import EVENT_BYTES_MAX

QUARANTINED = EVENT_TYPES["kz.birge.submission.quarantined.v1"]

# However the type is misspelt, and where it is missing: these are its fields as well.
_NOMINATION = re.compile("nominat|nominee", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_encode = msgspec.json.Encoder().encode


def quarantined_from(
    refused: Inadmissible,
    partner: Partner,
    *,
    place: int,
    now: datetime,
    trace_id: str,
    digest_of_withheld: Callable[[bytes], str],
) -> Quarantined:
    """The entry for an event that this partner sent.

    Its id grows with time and, in one request, with the event's place there. Of an event that
    may not be kept, nothing is that its sender could have written a person into.
    """
    text, is_json = _text_of(refused)
    is_kept = _may_be_kept(refused, text)
    if not is_kept:
        refused = _bare(refused, partner)
    source = refused.source
    return Quarantined(
        quarantine_id=f"{int(now.timestamp() * 1000):012x}{place:04x}{secrets.token_hex(8)}",
        received_at=now,
        key_id=partner.key_id,
        owned_source=source if source in partner.sources else None,
        source=source,
        event_id=refused.id,
        type=refused.text_of("type", 128),
        refusals=tuple(refused.refusals),
        digest=hashlib.sha256(text).hexdigest() if is_kept else digest_of_withheld(text),
        event=text if is_kept and is_json else None,
        raw=text if is_kept and not is_json else None,
        trace_id=trace_id,
    )


def _text_of(refused: Inadmissible) -> tuple[bytes, bool]:
    """The event as text, and whether that is JSON: NaN and infinities are not."""
    if refused.raw:
        return refused.raw, False
    try:
        text = json.dumps(refused.event, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        return json.dumps(refused.event, ensure_ascii=False).encode(), False
    return text.encode(), True


def _may_be_kept(refused: Inadmissible, text: bytes) -> bool:
    """Nominations and whatever may name a person by number are not kept; nor what is too large.

    A check that failed early leaves texts unread, so both are looked for everywhere.
    """
    readable = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text.decode(errors="replace"))
    return (
        len(text) <= EVENT_BYTES_MAX
        and all(refusal.code != "pii_not_allowed" for refusal in refused.refusals)
        and not _NOMINATION.search(readable)
        and not holds_iin(readable)
    )


def _bare(refused: Inadmissible, partner: Partner) -> Inadmissible:
    """The refusals with what of the event's identity is known to us, or holds no number."""
    source, name = refused.source, refused.text_of("type", 128)
    identity = {
        "source": source if source in partner.sources else None,
        "type": name if name in EVENT_TYPES else None,
        "id": None if holds_iin(refused.id or "") else refused.id,
    }
    return Inadmissible(refused.refusals, identity, warnings=refused.warnings)


def record_from(entry: Quarantined, span: SendSpan) -> Record:
    """The record that tells of the entry, keyed by the event's source and id where it has them."""
    data = data_from(entry)
    subject = QUARANTINED.subject_of(SubmissionQuarantinedV1.model_construct(**data))
    event = {
        "specversion": "1.0",
        "id": entry.quarantine_id,
        "source": SOURCE,
        "type": QUARANTINED.type,
        "subject": subject,
        "time": entry.received_at,
        "datacontenttype": "application/json",
        "data": data,
    }
    return Record(QUARANTINED.topic, subject.encode(), _encode(event), span.headers)


def data_from(entry: Quarantined) -> dict[str, Any]:
    """The entry as its contract says it."""
    return {
        "quarantine_id": entry.quarantine_id,
        "source": entry.source,
        "event_id": entry.event_id,
        "type": entry.type,
        "received_at": entry.received_at,
        "errors": entry.refusals,
        "digest": entry.digest,
        "event": None if entry.event is None else msgspec.Raw(entry.event),
        "raw": None if entry.raw is None else base64.b64encode(entry.raw).decode(),
        "trace_id": entry.trace_id,
    }
