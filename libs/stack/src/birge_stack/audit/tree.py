"""Roots and audit paths of the log's Merkle tree (RFC 6962), from the definition alone."""

import hashlib
from collections.abc import Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32


def hash_of_entry(entry: bytes) -> bytes:
    """The hash of a line of the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def hash_of_pair(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class GrowingRoot:
    """Takes one entry's hash after another and tells the root so far at any moment."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, entry_hash: bytes) -> None:
        """One more entry; every pair of subtrees of one height becomes a subtree."""
        self.size += 1
        carried, height = entry_hash, self.size
        while not height & 1:
            carried = hash_of_pair(self._peaks.pop(), carried)
            height >>= 1
        self._peaks.append(carried)

    def now(self) -> bytes:
        """The root of everything taken so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *higher, root = self._peaks
        while higher:
            root = hash_of_pair(higher.pop(), root)
        return root


class WholeTree:
    """Every level of a finished tree, so that each path is only looked up."""

    def __init__(self, entry_hashes: Sequence[bytes]) -> None:
        self._levels = [list(entry_hashes)]
        while len(below := self._levels[-1]) > 1:
            level = [hash_of_pair(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
            # The last of an odd number has nothing beside it and rises as it is.
            self._levels.append([*level, below[-1]] if len(below) % 2 else level)

    @property
    def root(self) -> bytes:
        """The root of all entries."""
        return self._levels[-1][0] if self._levels[-1] else EMPTY_ROOT

    def path(self, index: int) -> list[bytes]:
        """What stands beside the way from one entry to the root, lowest first."""
        beside = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                beside.append(level[index ^ 1])
            index >>= 1
        return beside


def root_by_path(entry_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root of the tree of `size` that the path leads to; None where it is no path in it."""
    if not 0 <= index < size:
        return None
    reached, steps, width = entry_hash, list(reversed(path)), size
    while width > 1:
        if index ^ 1 < width:
            if not steps:
                return None
            beside = steps.pop()
            pair = (beside, reached) if index & 1 else (reached, beside)
            reached = hash_of_pair(*pair)
        index, width = index >> 1, (width + 1) >> 1
    return reached if not steps else None
