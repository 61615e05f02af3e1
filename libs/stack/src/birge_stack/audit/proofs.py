"""Proofs that a leaf is in a log, which anyone can check with the log's public key alone.

To check one without this program: hash 0x00 and the text `leaf`; go up `path` as RFC 9162 section
2.1.3.2 says, for `index` and `size`; compare with the root in `checkpoint`, a signed note.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from birge_stack.audit.lines import LineCheck, subject_of
from birge_stack.audit.notes import NotTrusted, PublicKey, Stated, stated_in
from birge_stack.audit.tree import WholeTree, hash_of_entry, root_by_path
from birge_stack.errors import StackError


@dataclass(frozen=True, slots=True)
class Proof:
    """A leaf as text, its place, and what stands beside its way up to the checkpoint's root."""

    leaf: str
    index: int
    size: int
    path: Sequence[str]
    checkpoint: str

    def to_json(self) -> str:
        """The proof as it is given away."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Proofs:
    """All proofs for a subject, and which of its leaves no checkpoint covers yet."""

    proofs: Sequence[Proof]
    unsigned: Sequence[int]


def proofs_of(subject: str, log: Path, stated: Stated) -> Proofs:
    """A proof for every leaf of the subject, under this checkpoint; StackError if it does not fit.

    A proof under a checkpoint that the log does not fit would prove nothing to anybody.
    """
    hashes, found = [], {}
    with log.open("rb") as lines:
        for index, line in enumerate(lines):
            entry = line.removesuffix(b"\n")
            if index < stated.size:
                hashes.append(hash_of_entry(entry))
            if subject.encode() in entry and subject_of(entry) == subject:
                found[index] = entry.decode()
    tree = WholeTree(hashes)
    if len(hashes) < stated.size or tree.root != stated.root:
        raise StackError(
            f"{log} does not fit its last checkpoint: see where with `birge audit verify`"
        )
    proofs = [
        Proof(leaf, index, stated.size, [*map(_base64, tree.path(index))], stated.note)
        for index, leaf in found.items()
        if index < stated.size
    ]
    return Proofs(proofs, [index for index in found if index >= stated.size])


def proof_from(text: str) -> Proof:
    """The proof that a file holds; raises StackError where it holds none."""
    try:
        said: Mapping[str, Any] = json.loads(text)
        proof = Proof(**said)
        whole = isinstance(proof.index, int) and isinstance(proof.size, int)
        texts = [proof.leaf, proof.checkpoint, *proof.path]
        if not whole or not all(isinstance(each, str) for each in texts):
            raise ValueError("a field is of another kind")
    except (ValueError, TypeError, RecursionError) as error:
        raise StackError(
            "this is no proof: it needs leaf, index, size, path and checkpoint; ask for it again"
        ) from error
    return proof


def faults_of(proof: Proof, keys: Sequence[PublicKey]) -> Iterator[str]:
    """Everything that keeps the proof from proving; nothing where it does."""
    try:
        stated = stated_in(proof.checkpoint, keys)
    except NotTrusted as reason:
        yield f"the checkpoint {reason}"
        return
    if stated.size != proof.size:
        yield f"the checkpoint is of {stated.size} leaves and the proof of {proof.size}"
    entry = proof.leaf.encode(errors="surrogatepass")
    if fault := LineCheck().fault(proof.index, entry):
        yield f"the leaf at {proof.index} {fault}"
    try:
        path = [base64.b64decode(each, validate=True) for each in proof.path]
    except (binascii.Error, ValueError):
        yield "the path is not base64"
        return
    if root_by_path(hash_of_entry(entry), proof.index, stated.size, path) != stated.root:
        yield "the path does not lead from the leaf to the root that was signed"


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
