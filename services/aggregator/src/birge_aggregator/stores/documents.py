"""How ledger entries and pages look as documents of MongoDB, there and back."""

from collections.abc import Mapping
from typing import Any

import msgspec

from birge_aggregator.domain.contribution import Contribution, Counters, PageKey
from birge_aggregator.domain.ledger import Counted, Entry
from birge_aggregator.domain.live_report import LiveReport, name_of
from birge_aggregator.domain.statements import stated_in
from birge_aggregator.ports import Partition

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(tuple[Contribution | None, list[Counted]]).decode


def ledger_document(identity: str, entry: Entry) -> dict[str, Any]:
    """An entry of the ledger; contribution and history are packed (decision 0013).

    A live report is also found by the period and region that it states (decision 0014).
    """
    packed = _pack((entry.contribution, entry.history))
    document = {"_id": identity, "version": entry.version, "packed": packed}
    if entry.contribution is not None:
        document["stated"] = f"{entry.contribution.period}|{entry.contribution.region}"
    return document


def live_report_from(document: Mapping[str, Any]) -> LiveReport:
    """The report in an entry of the ledger that has one."""
    contribution, _ = _unpack(document["packed"])
    assert contribution is not None
    return LiveReport(name_of(document["_id"]), document["version"], contribution)


def statement_document(identity: str, entry: Entry) -> dict[str, Any]:
    """A statement that is kept as it was sent, with what it is found by."""
    data = entry.data or {}
    return {
        "_id": identity,
        "kind": entry.kind,
        "source": entry.source,
        "region": data.get("region"),
        "period": stated_in(entry.kind, data),
        "table": data.get("table"),
        "version": entry.version,
        "data": data,
        "history": [[*counted] for counted in entry.history],
    }


def entry_from(document: dict[str, Any]) -> Entry:
    """The ledger's or a kept statement's entry in a document."""
    version = document["version"]
    if "packed" in document:
        return Entry(version, *_unpack(document["packed"]))
    history = [Counted(*counted) for counted in document["history"]]
    return Entry(version, None, history, document["kind"], document["data"], document["source"])


def page_id(partition: int, page: PageKey) -> str:
    """Each partition has pages of its own, so that no two workers ever write one document."""
    return f"{page.region}|{page.period}|{page.layer}|p{partition}"


def page_update(partition: int, page: PageKey, delta: Counters) -> dict[str, Any]:
    """The update that adds a delta to a page.

    `revision` tells that something about its reports changed, where no counter does.
    """
    return {
        "$inc": {"revision": 1, **{f"c.{name}": value for name, value in delta.items() if value}},
        "$setOnInsert": {**page._asdict(), "partition": partition},
    }


def position_id(group_id: str, partition: Partition) -> str:
    """The name of a position."""
    return f"{group_id}|{partition.topic}|{partition.number}"
