"""Which private halves are still needed, by the cycles whose nominations were sealed to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seals:
    """What is known of a key: whose nominations it sealed, and whether it was destroyed."""

    cycles: frozenset[str] = frozenset()
    is_destroyed: bool = False


def ended_keys(
    held: Sequence[str], seals: Mapping[str, Seals], running: Collection[str]
) -> list[str]:
    """The keys that nothing is read with any more; `running` are the cycles that are not closed.

    Never the last one, to which the door seals, and none of which nothing is known: nominations
    may be on their way. A cycle that does not exist holds no key, or any sender could.
    """
    known = [(key_id, seals.get(key_id, Seals()).cycles) for key_id in held[:-1]]
    return [key_id for key_id, cycles in known if cycles and not cycles & set(running)]
