"""The tree against the vectors of certificate-transparency and against its recursive definition.

The leaves, roots and paths are those of the reference tests of google/certificate-transparency
(merkle_tree_test), which RFC 6962 implementations share.
"""

import hashlib
from collections.abc import Sequence

import pytest

from birge_common.transparency.merkle import (
    Frontier,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
)

ENTRIES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAVES_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAVES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
LEAVES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
INCLUSION = [
    (0, 1, []),
    (0, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
    (5, 8, [LEAF_4, LEAVES_6_7, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], LEAVES_2_3, LEAF_4]),
]
CONSISTENCY = [
    (1, 1, []),
    (1, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
    (6, 8, [LEAVES_4_5, LEAVES_6_7, ROOTS[4]]),
    (2, 5, [LEAVES_2_3, LEAF_4]),
]
LARGEST = 40
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]
MANY = [leaf_hash(b"%d" % number) for number in range(LARGEST)]


def hexadecimal(path: Sequence[bytes]) -> list[str]:
    return [node.hex() for node in path]


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = max(2**power for power in range(10) if 2**power < len(leaves))
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


MANY_ROOTS = [defined_root(MANY[:size]) for size in range(LARGEST + 1)]


@pytest.mark.parametrize(("size", "root"), [*enumerate(ROOTS)])
def test_a_root_is_the_known_one(size: int, root: str) -> None:
    assert root_of(LEAVES[:size]).hex() == root


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_an_inclusion_path_is_the_known_one(index: int, size: int, path: list[str]) -> None:
    assert hexadecimal(inclusion_path(LEAVES[:size], index)) == path


@pytest.mark.parametrize(("old_size", "size", "path"), CONSISTENCY)
def test_a_consistency_path_is_the_known_one(old_size: int, size: int, path: list[str]) -> None:
    assert hexadecimal(consistency_path(LEAVES[:size], old_size)) == path


def test_the_root_after_each_append_is_the_recursive_definition() -> None:
    frontier = Frontier()
    for size, leaf in enumerate(MANY):
        assert frontier.root() == MANY_ROOTS[size]
        assert len(frontier.subtrees) == size.bit_count()
        frontier = Frontier(frontier.size, frontier.subtrees)
        frontier.append(leaf)
    assert frontier.root() == MANY_ROOTS[LARGEST]


def test_a_copied_frontier_grows_apart() -> None:
    frontier = Frontier()
    frontier.append(MANY[0])
    frontier.copy().append(MANY[1])
    assert (frontier.size, frontier.root()) == (1, MANY_ROOTS[1])


def test_a_frontier_needs_as_many_subtrees_as_its_size_says() -> None:
    with pytest.raises(ValueError, match="subtrees"):
        Frontier(3, [MANY[0]])


def altered(path: list[bytes], other: bytes) -> list[list[bytes]]:
    """The path with a node changed, missing, doubled, moved or added."""
    return [
        *([*path[:at], other, *path[at + 1 :]] for at in range(len(path))),
        *([*path[:at], *path[at + 1 :]] for at in range(len(path))),
        *([*path[:at], path[at], *path[at:]] for at in range(len(path))),
        *([[*path[1:], path[0]]] if len(set(path)) > 1 else []),
        [*path, other],
    ]


def test_every_inclusion_proof_verifies_and_no_altered_one_does() -> None:
    for size in range(1, LARGEST + 1):
        for index in range(size):
            path, root = inclusion_path(MANY[:size], index), MANY_ROOTS[size]

            def proves(
                path: Sequence[bytes],
                leaf: bytes = MANY[index],
                index: int = index,
                size: int = size,
                root: bytes = root,
            ) -> bool:
                return is_included(leaf=leaf, index=index, size=size, path=path, root=root)

            assert proves(path)
            assert not proves(path, leaf=leaf_hash(b"other"))
            assert not proves(path, root=MANY_ROOTS[size - 1])
            assert not any(proves(path, index=at) for at in (index - 1, index + 1, size, -1))
            assert not any(proves(each) for each in altered(path, leaf_hash(b"other")))


def test_every_consistency_proof_verifies_and_no_altered_one_does() -> None:
    for size in range(1, LARGEST + 1):
        for old_size in range(1, size + 1):
            path = consistency_path(MANY[:size], old_size)

            def proves(
                path: Sequence[bytes],
                old_size: int = old_size,
                old_root: bytes = MANY_ROOTS[old_size],
                size: int = size,
                root: bytes = MANY_ROOTS[size],
            ) -> bool:
                return is_consistent(
                    old_size=old_size, old_root=old_root, size=size, root=root, path=path
                )

            assert proves(path)
            assert not proves(path, old_root=leaf_hash(b"other"))
            assert not proves(path, root=leaf_hash(b"other"))
            assert not proves(path, old_size=0)
            assert not proves(path, old_size=size + 1)
            assert not any(proves(each) for each in altered(path, leaf_hash(b"other")))


def test_no_proof_is_made_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_path(MANY[:3], 3)
    with pytest.raises(ValueError, match="no earlier one of 4"):
        consistency_path(MANY[:3], 4)
