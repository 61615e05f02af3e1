"""An independent recount of the log, and everything in which MongoDB differs from it.

Only the reading of a record is the oracle's; nothing here is the aggregator's.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from pymongo.database import Database

from birge_stack.oracle.statements import Statement, Unreadable, statement_from
from tests.support.counting_cluster import COUNTED_TOPICS

Place = tuple[str, int, int]
Page = tuple[str, str, str]
Log = Mapping[Place, bytes | None]
_SHOWN = 12


class InForce(NamedTuple):
    """The version that counts under an identity, and the data it came with."""

    version: int
    data: dict[str, Any] | None


@dataclass
class Recount:
    """What should be in MongoDB after the whole log."""

    ledger: dict[str, InForce] = field(default_factory=dict)
    statements: dict[str, InForce] = field(default_factory=dict)
    unreadable: dict[str, bytes | None] = field(default_factory=dict)
    pages: dict[Page, Counter[str]] = field(default_factory=dict)
    applied: Counter[tuple[str, int]] = field(default_factory=Counter)
    ends: dict[tuple[str, int], int] = field(default_factory=dict)


def read_log(bootstrap_servers: str) -> dict[Place, bytes | None]:
    """Every record of the counted topics, asked of the broker by its own client library."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap_servers, "group.id": "recount", "log_level": 0}
    )
    found: dict[Place, bytes | None] = {}
    try:
        topics = consumer.list_topics(timeout=15).topics
        partitions = [(topic, n) for topic in COUNTED_TOPICS for n in topics[topic].partitions]
        ends = {
            at: consumer.get_watermark_offsets(TopicPartition(*at), timeout=15)[1]
            for at in partitions
        }
        consumer.assign([TopicPartition(*at, OFFSET_BEGINNING) for at in partitions])
        while len(found) < sum(ends.values()):
            for message in consumer.consume(5_000, timeout=1):
                assert message.error() is None, message.error()
                at = message.topic() or "", message.partition() or 0, message.offset() or 0
                found[at] = message.value()
    finally:
        consumer.close()
    return found


def recount(log: Log, *, with_ledger: bool = True) -> Recount:
    """Count the log from nothing; without a ledger each record is an identity of its own."""
    result = Recount()
    for place in sorted(log):
        topic, partition, offset = place
        result.ends[topic, partition] = offset + 1
        try:
            statement = statement_from(log[place])
        except Unreadable:
            result.unreadable[":".join(map(str, place))] = log[place]
            continue
        identity = _identity(statement) if with_ledger else "|".join(map(str, place))
        _take(result, statement, identity, log[place] or b"", (topic, partition))
    for entry in result.ledger.values():
        if entry.data is not None:
            page = (entry.data["region"], entry.data["period"], entry.data["layer"])
            _add(result.pages.setdefault(page, Counter()), entry.data)
    return result


def _identity(statement: Statement) -> str:
    return "|".join(statement.identity)


def _take(
    result: Recount, statement: Statement, identity: str, value: bytes, at: tuple[str, int]
) -> None:
    kind = statement.identity[1]
    entries = result.ledger if kind == "activity" else result.statements
    known = entries.get(identity)
    if known is None or statement.version > known.version:
        result.applied[at] += 1
        data = json.loads(value)["data"] if statement.content is not None else None
        entries[identity] = InForce(statement.version, data)


def _hundredths(hours: Any) -> int:
    return int(Decimal(repr(hours)) * 100)


def _add(cell: Counter[str], data: dict[str, Any]) -> None:
    hours = _hundredths(data["hours"])
    groups = [f"direction/{data.get('direction') or ''}", f"format/{data.get('format') or ''}"]
    is_development, direction = data.get("development"), data.get("direction") or ""
    groups += [f"development/{direction}"] if is_development else []
    groups += [f"regularity/{data['regularity']}"] if data.get("regularity") else []
    for group in groups:
        cell[f"{group}/n"] += 1
        cell[f"{group}/hours"] += hours
        for stated, name in (("events", "events"), ("volunteers", "people")):
            if data.get(stated) is not None:
                cell[f"{group}/{name}"] += data[stated]
                cell[f"{group}/{name}/given"] += 1
    for part in data.get("already_counted") or ():
        cell[f"direction/{direction}/already"] += _hundredths(part["hours"])
        if is_development:
            cell[f"development/{direction}/already"] += _hundredths(part["hours"])
    for category, people in (data.get("participants") or {}).items():
        if people is not None:
            cell[f"participants/{category}/people"] += people
            cell[f"participants/{category}/given"] += 1
    for kind in data.get("support") or ():
        cell[f"support/{kind}/n"] += 1
    for left_out in data.get("excluded") or ():
        group = f"excluded/{left_out['reason']}"
        cell[f"{group}/n"] += 1
        cell[f"{group}/hours"] += _hundredths(left_out.get("hours") or 0)
        cell[f"{group}/people"] += left_out.get("volunteers") or 0


def differences_of_figures(expected: Recount, database: Database[dict[str, Any]]) -> list[str]:
    """Every counter of every page, to the hundredth of an hour."""
    return _shown(list(_pages(expected, database)))


def differences(expected: Recount, database: Database[dict[str, Any]]) -> list[str]:
    """Everything: figures, quarantine, positions, conservation and the applied ranges."""
    return _shown(
        [
            *_pages(expected, database),
            *_entries("ledger", expected.ledger, database),
            *_entries("statements", expected.statements, database),
            *_quarantine(expected, database),
            *_positions(expected, database),
            *_ranges(expected, database),
        ]
    )


def _pages(expected: Recount, database: Database[dict[str, Any]]) -> Iterable[str]:
    found: defaultdict[Page, Counter[str]] = defaultdict(Counter)
    for page in database["pages"].find():
        found[page["region"], page["period"], page["layer"]].update(page.get("c", {}))
    for key in sorted(expected.pages.keys() | found.keys()):
        wanted, got = expected.pages.get(key, Counter()), found[key]
        for name in sorted(wanted.keys() | got.keys()):
            if wanted[name] != got[name]:
                yield f"page {key} {name}: {got[name]}, should be {wanted[name]}"


def _entries(
    name: str, expected: Mapping[str, InForce], database: Database[dict[str, Any]]
) -> Iterable[str]:
    found = {
        row["_id"]: (row["version"], row.get("data") if name == "statements" else None)
        for row in database[name].find()
    }
    for identity in sorted(expected.keys() | found.keys()):
        entry = expected.get(identity)
        wanted = entry and (entry.version, entry.data if name == "statements" else None)
        if found.get(identity) != wanted:
            yield f"{name} {identity}: {found.get(identity)}, should be {wanted}"


def _quarantine(expected: Recount, database: Database[dict[str, Any]]) -> Iterable[str]:
    found = {row["_id"]: row["raw"] for row in database["quarantine"].find()}
    for place in sorted(expected.unreadable.keys() | found.keys()):
        if place not in found:
            yield f"quarantine lacks {place}"
        elif place not in expected.unreadable:
            yield f"quarantine holds {place}, which can be counted"
        elif found[place] != expected.unreadable[place]:
            yield f"quarantine holds another value of {place}"


def _positions(expected: Recount, database: Database[dict[str, Any]]) -> Iterable[str]:
    """Conservation: records = applied + ignored + quarantined, in every partition."""
    bad = Counter(tuple(place.rsplit(":", 1)[0].split(":")) for place in expected.unreadable)
    found = {(row["topic"], row["partition"]): row for row in database["positions"].find()}
    for at in sorted(expected.ends.keys() | found.keys()):
        row, end = found.get(at), expected.ends.get(at, 0)
        if row is None:
            yield f"no position of {at}"
            continue
        if row["next"] != end:
            yield f"position of {at}: {row['next']}, the log ends at {end}"
        if row["applied"] + row["ignored"] + row["quarantined"] != row["next"]:
            yield f"{at}: {row['applied']} + {row['ignored']} + {row['quarantined']} != {end}"
        if row["applied"] != expected.applied[at]:
            yield f"{at}: {row['applied']} applied, should be {expected.applied[at]}"
        if row["quarantined"] != bad[at[0], str(at[1])]:
            yield f"{at}: {row['quarantined']} quarantined, should be {bad[at[0], str(at[1])]}"


def _ranges(expected: Recount, database: Database[dict[str, Any]]) -> Iterable[str]:
    """Applied ranges join end to end: none missing, none twice."""
    found: defaultdict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for row in database["applied_ranges"].find():
        found[row["topic"], row["partition"]].append((row["from"], row["to"]))
    for at, end in sorted(expected.ends.items()):
        reached = 0
        for first, next_ in sorted(found[at]):
            if first != reached:
                yield f"{at}: the range from {first} follows one that ended at {reached}"
            reached = next_
        if reached != end:
            yield f"{at}: ranges end at {reached}, the log at {end}"


def _shown(found: list[str]) -> list[str]:
    rest = len(found) - _SHOWN
    return found if rest <= 0 else [*found[:_SHOWN], f"and {rest} more"]
