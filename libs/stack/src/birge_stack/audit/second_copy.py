"""A second copy of the leaves: where checkpoints lie far apart, it names the very leaf."""

from itertools import zip_longest
from pathlib import Path

from birge_stack.audit.notes import Stated
from birge_stack.audit.tree import GrowingRoot, hash_of_entry
from birge_stack.audit.verification import Span


def exact_first_bad(log: Path, copy: Path, contradicted: Stated) -> Span | None:
    """The first leaf in which the log differs from a copy that the checkpoint does fit.

    None where the checkpoint does not fit the copy either, which then proves nothing.
    """
    tree, differing = GrowingRoot(), None
    with log.open("rb") as ours, copy.open("rb") as theirs:
        for line, other in zip_longest(ours, theirs, fillvalue=b""):
            if tree.size == contradicted.size or not other.endswith(b"\n"):
                break
            if differing is None and line != other:
                differing = tree.size
            tree.add(hash_of_entry(other[:-1]))
    is_right = tree.size == contradicted.size and tree.now() == contradicted.root
    return Span(differing, differing) if is_right and differing is not None else None
