"""A nominee and a juror: what is assigned, scored, or barred."""

from typing import NamedTuple


class Pair(NamedTuple):
    """One juror before one nominee, both by opaque ids."""

    nominee: str
    juror: str
