"""What became of one event, told from the ledger's history of its identity."""

from enum import StrEnum

from birge_aggregator.domain.ledger import Entry, Place


class Fate(StrEnum):
    """The states that a sender sees."""

    PENDING = "pending"
    COUNTED = "counted"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"


def fate_of(place: Place, entry: Entry | None, *, retraction_in_force: bool) -> Fate:
    """The fate of a record that was read and not quarantined.

    A version that came into force and is the last one counts; an earlier one was superseded, or
    retracted where a retraction is now in force; one that never came into force was ignored.
    """
    history = [] if entry is None else entry.history
    places = [(counted.partition, counted.offset) for counted in history]
    if (place.partition, place.offset) not in places:
        return Fate.IGNORED
    if places[-1] == (place.partition, place.offset):
        return Fate.COUNTED
    return Fate.RETRACTED if retraction_in_force else Fate.SUPERSEDED
