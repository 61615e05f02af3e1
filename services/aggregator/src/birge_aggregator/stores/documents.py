"""How ledger entries and pages look as documents of MongoDB, there and back."""

from typing import Any

from birge_aggregator.domain.contribution import Contribution, Counters, Excluded, PageKey
from birge_aggregator.domain.ledger import Counted, Entry
from birge_aggregator.ports import Partition

_FIELDS = Contribution._fields
_DEFAULTS = Contribution._field_defaults


def ledger_document(identity: str, entry: Entry) -> dict[str, Any]:
    """An entry of the ledger; what a report left out is left out here too."""
    stored: dict[str, Any] | None = None
    if entry.contribution is not None:
        stored = dict(zip(_FIELDS, entry.contribution, strict=True))
        for name, default in _DEFAULTS.items():
            if stored[name] == default:
                del stored[name]
    return {
        "_id": identity,
        "version": entry.version,
        "contribution": stored,
        "history": entry.history,
    }


def statement_document(identity: str, entry: Entry) -> dict[str, Any]:
    """A statement that is kept as it was sent, with what it is found by."""
    data = entry.data or {}
    return {
        "_id": identity,
        "kind": entry.kind,
        "source": entry.source,
        "region": data.get("region"),
        "period": data.get("period"),
        "table": data.get("table"),
        "version": entry.version,
        "data": data,
        "history": [[*counted] for counted in entry.history],
    }


def entry_from(document: dict[str, Any]) -> Entry:
    """The ledger's or a kept statement's entry in a document."""
    history = [Counted(*counted) for counted in document["history"]]
    if "kind" in document:
        kind, data = document["kind"], document["data"]
        return Entry(document["version"], None, history, kind, data, document["source"])
    stored = document["contribution"]
    return Entry(
        document["version"], None if stored is None else _contribution_from(stored), history
    )


def _contribution_from(stored: dict[str, Any]) -> Contribution:
    return Contribution(
        **{
            **stored,
            "participants": tuple(
                (name, number) for name, number in stored.get("participants", ())
            ),
            "support": tuple(stored.get("support", ())),
            "excluded": tuple(Excluded(*item) for item in stored.get("excluded", ())),
        }
    )


def page_id(partition: int, page: PageKey) -> str:
    """Each partition has pages of its own, so that no two workers ever write one document."""
    return f"{page.region}|{page.period}|{page.layer}|p{partition}"


def page_update(partition: int, page: PageKey, delta: Counters) -> dict[str, Any] | None:
    """The update that adds a delta to a page; None where the delta changes nothing."""
    increments = {f"c.{name}": value for name, value in delta.items() if value}
    if not increments:
        return None
    return {
        "$inc": increments,
        "$setOnInsert": {**page._asdict(), "partition": partition},
    }


def position_id(group_id: str, partition: Partition) -> str:
    """The name of a position."""
    return f"{group_id}|{partition.topic}|{partition.number}"
