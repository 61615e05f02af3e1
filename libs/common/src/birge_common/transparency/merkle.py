"""The Merkle tree of RFC 6962 and RFC 9162 section 2.1: roots, and proofs of what they cover."""

import hashlib
from collections.abc import Iterable, Sequence
from hmac import compare_digest

HASH_BYTES = 32


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one entry; its prefix keeps an entry from passing for a node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """What an append-only tree must remember: the root of each perfect subtree, largest first.

    These are as many as the size has ones in binary, so an append and a root cost O(log n).
    """

    def __init__(self, size: int = 0, subtrees: Iterable[bytes] = ()) -> None:
        self._size = size
        self._subtrees = list(subtrees)
        if size < 0 or len(self._subtrees) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has another number of perfect subtrees")

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    @property
    def subtrees(self) -> tuple[bytes, ...]:
        """The roots of the perfect subtrees: with the size, all that is needed to go on later."""
        return tuple(self._subtrees)

    def append(self, leaf: bytes) -> None:
        """Add the hash of one more leaf."""
        full, merged = self._size, leaf
        while full & 1:
            merged = node_hash(self._subtrees.pop(), merged)
            full >>= 1
        self._subtrees.append(merged)
        self._size += 1

    def root(self) -> bytes:
        """The root of all leaves so far; of none, the hash of nothing."""
        if not self._subtrees:
            return hashlib.sha256().digest()
        root = self._subtrees[-1]
        for left in reversed(self._subtrees[:-1]):
            root = node_hash(left, root)
        return root

    def copy(self) -> "Frontier":
        """The same tree, to be grown apart from this one."""
        return Frontier(self._size, self._subtrees)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree of these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The nodes that lead from one leaf to the root of all these leaf hashes, lowest first."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"there is no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if index < split:
        return [*inclusion_path(left, index), root_of(right)]
    return [*inclusion_path(right, index - split), root_of(left)]


def consistency_path(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """The nodes that show that a tree of the first `old_size` of these leaves is its beginning."""
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"a tree of {len(leaves)} has no earlier one of {old_size} to prove")
    return _consistency_path(leaves, old_size, is_known=True)


def _consistency_path(leaves: Sequence[bytes], old_size: int, *, is_known: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if is_known else [root_of(leaves)]
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if old_size <= split:
        return [*_consistency_path(left, old_size, is_known=is_known), root_of(right)]
    return [*_consistency_path(right, old_size - split, is_known=False), root_of(left)]


def is_included(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf hash at `index` to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, reached = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached = node_hash(sibling, reached)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and compare_digest(reached, root)


def is_consistent(
    *, old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the path shows the old tree to be the new one's beginning (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not path and compare_digest(old_root, root)
    nodes = list(path)
    if old_size & (old_size - 1) == 0:
        nodes.insert(0, old_root)
    if not nodes:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    reached_old = reached = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            reached_old, reached = node_hash(node, reached_old), node_hash(node, reached)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            reached = node_hash(reached, node)
        at, last = at >> 1, last >> 1
    return last == 0 and compare_digest(reached_old, old_root) and compare_digest(reached, root)


def _split(size: int) -> int:
    """The largest power of two below the size: where the recursive definition cuts."""
    return 1 << (size - 1).bit_length() - 1
