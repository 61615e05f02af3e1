"""Records that could not be counted: kept here whole, and told to the rest by the outbox."""

from collections.abc import Sequence
from typing import Any

from birge_aggregator.domain.ledger import Place
from birge_aggregator.ports import Unreadable
from birge_common.messaging.unreadable import UnreadableRecord

_SOURCE = "urn:birge:aggregator"
_DETAILS = {
    "tombstone": "The record has no value.",
    "undecodable": "The record is no event of a known type, or its data do not fit the type.",
    "unknown_code": "The record names a region, direction, format or layer that does not exist.",
}


def quarantine_id_at(place: Place) -> str:
    """The record's place in the log: reading it again finds the same row."""
    return UnreadableRecord(*place, code="", raw=None).id


def quarantine_document(unreadable: Unreadable) -> dict[str, Any]:
    """The row in this service's own collection."""
    return _record(unreadable).document()


def outgoing_rows(several: Sequence[Unreadable]) -> list[dict[str, Any]]:
    """`kz.birge.submission.quarantined.v1` for each."""
    return [_record(one).outgoing_row(source=_SOURCE, detail=_DETAILS[one.code]) for one in several]


def _record(unreadable: Unreadable) -> UnreadableRecord:
    return UnreadableRecord(*unreadable.place, code=unreadable.code, raw=unreadable.raw)
