"""Where logs, their checkpoints and the public keys lie, in this home or as a person says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from birge_stack.audit.notes import PublicKey, public_key
from birge_stack.errors import StackError
from birge_stack.home import Home

LEAVES, CHECKPOINTS = "leaves.jsonl", "checkpoints.txt"
KEY_SUFFIX = ".vkey"


@dataclass(frozen=True, slots=True)
class AuditedLog:
    """The files of one log."""

    leaves: Path
    checkpoints: Path

    @property
    def name(self) -> str:
        """What it is called in a home: its folder."""
        return self.leaves.parent.name


def logs_of(home: Home) -> list[AuditedLog]:
    """Every log of this home: a folder each in `data/audit`."""
    found = sorted((home.data / "audit").glob(f"*/{LEAVES}"))
    if not found:
        raise StackError(
            f"there is no log in {home.data / 'audit'}: start the services with `birge up`, "
            "or name the file of leaves and the file of checkpoints"
        )
    return [_log_in(path.parent) for path in found]


def logs_at(paths: Sequence[Path]) -> list[AuditedLog]:
    """The log that a person names: its folder, or its leaves and its checkpoints."""
    match [path.absolute() for path in paths]:
        case [folder] if folder.is_dir():
            return [_log_in(folder)]
        case [leaves]:
            return [AuditedLog(leaves, leaves.with_name(CHECKPOINTS))]
        case [leaves, checkpoints]:
            return [AuditedLog(leaves, checkpoints)]
        case _:
            raise StackError("name a log's folder, or its leaves and its checkpoints: two files")


def keys_for(log: AuditedLog, given: Sequence[str], home: Home) -> list[PublicKey]:
    """The keys that a person gives, as text or in files; else the one this home keeps."""
    kept = home.root / "audit-keys" / f"{log.name}{KEY_SUFFIX}"
    if not given and not kept.exists():
        raise StackError(
            f"no key is known for {log.name}: give the published one with --key, "
            f"or put it into {kept}"
        )
    return keys_given(given or [str(kept)])


def keys_given(given: Sequence[str]) -> list[PublicKey]:
    """Keys as text or in files; raises StackError where there is none."""
    found = [key for each in given for key in _keys(each)]
    if not found:
        raise StackError("the file of the key is empty: put the published key into it")
    return found


def read(path: Path) -> bytes:
    """The content of a small file; raises StackError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StackError(f"{path} cannot be read ({error.strerror}): check its name") from error


def lines_as_of(path: Path, *, size_bytes: int, leaves: int) -> Iterator[bytes]:
    """The lines of a log that had this size at some moment, and on to a number of leaves.

    A writer may go on meanwhile; what it adds is for the next verification.
    """
    at = 0
    with path.open("rb") as lines:
        for index, line in enumerate(lines):
            if at >= size_bytes and index >= leaves:
                return
            at += len(line)
            yield line


def holds_leaves(path: Path) -> bool:
    """Whether a copy is one of leaves, which are JSON, and not of checkpoints."""
    try:
        with path.open("rb") as file:
            return file.read(1) == b"{"
    except OSError as error:
        raise StackError(f"{path} cannot be read ({error.strerror}): check its name") from error


def _log_in(folder: Path) -> AuditedLog:
    return AuditedLog(folder / LEAVES, folder / CHECKPOINTS)


def _keys(given: str) -> list[PublicKey]:
    """A key's text holds plus signs and no line break; what is a file is read as one key a line."""
    if "+" in given and not Path(given).exists():
        return [public_key(given)]
    lines = read(Path(given)).decode(errors="replace").split("\n")
    return [public_key(line) for line in lines if line.strip()]
