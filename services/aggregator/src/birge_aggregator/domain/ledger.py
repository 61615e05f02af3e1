"""Which version of a statement counts: the highest, whatever the order of arrival."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from birge_aggregator.domain.contribution import Contribution, Counters, PageKey, add


class Place(NamedTuple):
    """Where the log holds a record."""

    topic: str
    partition: int
    offset: int


class Statement(NamedTuple):
    """A decoded record: one version of what a sender says under one identity.

    Activity carries a contribution (None: retracted); every other family carries its data as it
    was sent. Types without a version have version 0, so that the first one counts for ever.
    """

    identity: str
    version: int
    place: Place
    contribution: Contribution | None = None
    kind: str = "activity"
    data: Mapping[str, Any] | None = None
    source: str = ""


class Counted(NamedTuple):
    """A version that came into force, and the partition and offset of its record."""

    version: int
    partition: int
    offset: int


@dataclass(slots=True)
class Entry:
    """What is in force under one identity, and every version that once was."""

    version: int
    contribution: Contribution | None
    history: list[Counted]
    kind: str = "activity"
    data: Mapping[str, Any] | None = None
    source: str = ""


@dataclass(slots=True)
class Changes:
    """What a batch does: entries to keep, deltas to add to each partition's own pages."""

    entries: dict[str, Entry] = field(default_factory=dict)
    pages: dict[tuple[int, PageKey], Counters] = field(default_factory=dict)
    applied: dict[tuple[str, int], int] = field(default_factory=dict)


def changes_from(statements: Iterable[Statement], in_force: Mapping[str, Entry]) -> Changes:
    """Fold a batch, in the log's order, over what was in force before it.

    A higher version takes the old contribution away and adds its own; a lower or equal one
    changes nothing. The result depends on the statements and `in_force` alone, so it does not
    matter who folds a range of the log, nor how often it is tried.
    """
    changes = Changes()
    entries, pages, applied = changes.entries, changes.pages, changes.applied
    for statement in statements:
        identity, version, place, contribution = statement[:4]
        entry = entries.get(identity) or in_force.get(identity)
        if entry is not None and version <= entry.version:
            continue
        partition = place.partition
        old = None if entry is None else entry.contribution
        if old is not None:
            add(pages.setdefault((partition, old.page), {}), old, -1)
        if contribution is not None:
            # A plain tuple finds the key that equals it: a key is made once for each page only.
            counters = pages.get((partition, contribution[:3]))  # type: ignore[arg-type]
            if counters is None:
                counters = pages[partition, contribution.page] = {}
            add(counters, contribution, 1)
        history = [] if entry is None else entry.history
        entries[identity] = Entry(
            version,
            contribution,
            [*history, Counted(version, partition, place.offset)],
            statement.kind,
            statement.data,
            statement.source,
        )
        at = (place.topic, partition)
        applied[at] = applied.get(at, 0) + 1
    return changes
