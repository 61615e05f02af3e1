"""The command line of `birge audit`."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from birge_stack.audit.notes import PublicKey, Statements, statements_in
from birge_stack.audit.places import (
    AuditedLog,
    holds_leaves,
    keys_for,
    keys_given,
    lines_as_of,
    logs_at,
    logs_of,
    read,
)
from birge_stack.audit.proofs import faults_of, proof_from, proofs_of
from birge_stack.audit.second_copy import exact_first_bad
from birge_stack.audit.verification import Kind, Verified
from birge_stack.audit.verification import verify as verify_log
from birge_stack.console import answers, errors_as_sentences, remark
from birge_stack.errors import StackError
from birge_stack.home import Home

FINDINGS_SHOWN = 20
WRITTEN_WITHIN_SECONDS = 0.5
NEXT_STEP = {
    Kind.CHANGED: "keep the files; take the leaves from a backup that this command finds sound",
    Kind.MISSING: "keep the files; the missing leaves are in a backup or nowhere",
    Kind.FORKED: "keep both: two histories signed by one key prove that the key was misused",
    Kind.UNSIGNED: "checkpoints were cut off, or leaves put there without a key: "
    "give the exported checkpoints with --copy",
    Kind.MALFORMED: "keep the files; compare that line with a second copy (--copy LEAVES)",
    Kind.CHECKPOINT: "take the checkpoint from the exported ones and compare",
}

Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key", help="The log's published key, or a file with it; this home's own if left out."
    ),
]

audit_app = typer.Typer(
    no_args_is_help=True, help="The tamper-evident logs: verify them, prove what is in them."
)


@audit_app.command()
def verify(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="A log's folder, or LEAVES CHECKPOINTS; all of this home if left out."),
    ] = None,
    *,
    key: Keys = None,
    copy: Annotated[
        list[Path] | None,
        typer.Option(help="Checkpoints, or leaves, kept elsewhere, such as an export from Kafka."),
    ] = None,
) -> None:
    """Find any edit, deletion, reordering, truncation or fork, and name the first bad leaf."""
    with _errors_as_sentences():
        home = Home.from_environment()
        logs = logs_at(files) if files else logs_of(home)
        if copy and len(logs) > 1:
            raise StackError("a copy is of one log: name the log's folder before it")
        found = [_verify(log, keys_for(log, key or [], home), copy or []) for log in logs]
        if not all(found):
            raise typer.Exit(1)


@audit_app.command()
def prove(
    subject: Annotated[str, typer.Argument(help="The opaque id that the leaves are about.")],
    *,
    log: Annotated[
        list[Path] | None,
        typer.Option(help="A log's folder, or LEAVES and CHECKPOINTS; all of this home otherwise."),
    ] = None,
    key: Keys = None,
    out: Annotated[Path, typer.Option(help="The folder for the proofs.")] = Path(),
) -> None:
    """Write a proof for every leaf about SUBJECT; `birge audit check` needs no log for it."""
    with _errors_as_sentences():
        home = Home.from_environment()
        logs = logs_at(log) if log else logs_of(home)
        if not [name for each in logs for name in _prove(subject, each, home, key or [], out)]:
            raise StackError(f"no signed leaf is about {subject}: check the id")


@audit_app.command()
def check(
    proofs: Annotated[list[Path], typer.Argument(help="Files that `birge audit prove` wrote.")],
    *,
    key: Annotated[list[str], typer.Option(help="The log's published key, or a file with it.")],
) -> None:
    """Check proofs with the published key alone, without the log and without a network."""
    with _errors_as_sentences():
        is_right = [_check(path, key) for path in proofs]
        if not all(is_right):
            raise typer.Exit(1)


def is_sound(home: Home) -> bool:
    """Whether every log of a home is what its own key has signed; says what it finds."""
    return all([_verify(log, keys_for(log, [], home), []) for log in logs_of(home)])


def _verify(log: AuditedLog, keys: Sequence[PublicKey], copies: Sequence[Path]) -> bool:
    leaf_copies = [path for path in copies if holds_leaves(path)]
    others = [_statements(path, keys) for path in copies if path not in leaf_copies]
    size_bytes = log.leaves.stat().st_size
    found = _compare(log, size_bytes, keys, others)
    if any(each.kind == Kind.UNSIGNED for each in found.findings):
        # A writer may stand between its leaves and their checkpoint, for moments only.
        time.sleep(WRITTEN_WITHIN_SECONDS)
        found = _compare(log, size_bytes, keys, others)
    _narrow(found, log, leaf_copies)
    _show(found, log, keys)
    return found.is_sound


def _compare(
    log: AuditedLog, size_bytes: int, keys: Sequence[PublicKey], copies: Sequence[Statements]
) -> Verified:
    """The leaves there were when the log had this size, with the checkpoints there are now."""
    signed = _statements(log.checkpoints, keys)
    stated = max((each.size for each in signed.trusted), default=0)
    lines = lines_as_of(log.leaves, size_bytes=size_bytes, leaves=stated)
    return verify_log(lines, signed, copies)


def _narrow(found: Verified, log: AuditedLog, leaf_copies: Sequence[Path]) -> None:
    """Where a second copy of the leaves is at hand and right, it tells the very leaf."""
    if found.contradicted is None:
        return
    for path in leaf_copies:
        if exact := exact_first_bad(log.leaves, path, found.contradicted):
            found.first_bad = exact
            return
        remark(f"{path} is not what was signed either; it tells nothing")


def _show(found: Verified, log: AuditedLog, keys: Sequence[PublicKey]) -> None:
    if found.is_sound:
        answers.print(
            f"{log.leaves}: sound, {found.size:,} leaves, {found.checkpoints:,} checkpoints, "
            f"root {found.root.hex()}",
            markup=False,
        )
        remark(f"signed by {', '.join(key.text for key in keys)}: compare with the published key")
        return
    first = f"the first bad leaf is {found.first_bad}" if found.first_bad else "no leaf is bad"
    answers.print(f"{log.leaves}: NOT SOUND; {first}", markup=False)
    for finding in found.findings[:FINDINGS_SHOWN]:
        answers.print(f"  {finding.sentence}", markup=False)
    if (more := len(found.findings) - FINDINGS_SHOWN) > 0:
        answers.print(f"  and {more:,} more")
    for kind in dict.fromkeys(finding.kind for finding in found.findings):
        remark(f"{kind}: {NEXT_STEP[kind]}")


def _prove(
    subject: str, log: AuditedLog, home: Home, given: Sequence[str], out: Path
) -> Iterator[Path]:
    statements = _statements(log.checkpoints, keys_for(log, given, home))
    if not statements.trusted:
        raise StackError(f"{log.checkpoints} holds no checkpoint of this key: is it another log's?")
    made = proofs_of(subject, log.leaves, max(statements.trusted, key=lambda each: each.size))
    if made.unsigned:
        remark(f"not signed yet, so not proved: leaves {', '.join(map(str, made.unsigned))}")
    out.mkdir(parents=True, exist_ok=True)
    for proof in made.proofs:
        path = out / f"{log.name}-{re.sub(r'[^A-Za-z0-9._-]', '_', subject)}-{proof.index}.json"
        path.write_text(proof.to_json(), "utf-8")
        answers.print(str(path), markup=False)
        yield path


def _check(path: Path, given: Sequence[str]) -> bool:
    proof = proof_from(read(path).decode(errors="replace"))
    faults = list(faults_of(proof, keys_given(given)))
    if faults:
        answers.print(f"{path}: NOT PROVED", markup=False)
        for fault in faults:
            answers.print(f"  {fault}", markup=False)
        remark("ask for the proof again, and take the key from where it is published")
        return False
    origin = proof.checkpoint.partition("\n")[0]
    answers.print(
        f"{path}: proved, leaf {proof.index} of the {proof.size:,} of {origin}", markup=False
    )
    answers.print(proof.leaf, markup=False)
    return True


def _statements(path: Path, keys: Sequence[PublicKey]) -> Statements:
    return statements_in(str(path), read(path), keys)


@contextmanager
def _errors_as_sentences() -> Iterator[None]:
    """As everywhere; a file that is not there is a sentence too."""
    with errors_as_sentences():
        try:
            yield
        except OSError as error:
            raise StackError(f"{error.filename}: {error.strerror}; check its name") from error
