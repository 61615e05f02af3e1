"""Jars by a committed lock: the same bytes everywhere, without Maven and without resolving."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from birge_stack.errors import StackError

ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Jar:
    """One locked jar and the checksum it must have."""

    group: str
    artifact: str
    version: str
    sha256: str
    classifier: str = ""

    @property
    def filename(self) -> str:
        """The file name Maven gives it."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{suffix}.jar"


Fetch = Callable[[Jar, Path], Path]


def parse_lock(text: str) -> tuple[Jar, ...]:
    """The jars of a lock: `group artifact version sha256 [classifier]`, one a line."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(Jar(*line.split()) for line in lines)


def read_lock(name: str) -> tuple[Jar, ...]:
    """A lock that this package carries, by its file name."""
    return parse_lock((resources.files("birge_stack") / "data" / name).read_text("ascii"))


def fetch_jar(jar: Jar, folder: Path) -> Path:
    """Download one jar from Maven Central into `folder`, retrying what a network does."""
    # Imported only where something is missing: it takes longer than the rest of a command.
    from jgo.maven import MavenContext

    for attempt in range(ATTEMPTS):
        # A fresh cache each time: jgo takes whatever file it finds there, even a torn one.
        cache = Path(tempfile.mkdtemp(dir=folder))
        component = MavenContext(repo_cache=cache).project(jar.group, jar.artifact)
        artifact = component.at_version(jar.version).artifact(classifier=jar.classifier)
        try:
            return Path(artifact.resolve())
        except (OSError, RuntimeError) as error:
            reason = error
            time.sleep(0.5 * 2**attempt)
    raise StackError(f"{jar.filename} could not be downloaded: {reason}")


def ensure_jars(
    jars: Sequence[Jar],
    folder: Path,
    *,
    fetch: Fetch = fetch_jar,
    progress: Callable[[str], None] = lambda line: None,
) -> None:
    """Make `folder` hold every jar with its locked checksum; what is there is checked, not fetched.

    A jar enters the folder by a rename after its check, so an interrupted run leaves only whole
    jars and the next one goes on from there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [jar for jar in jars if not _is_whole(jar, folder / jar.filename)]
    staging = Path(tempfile.mkdtemp(prefix=".fetching-", dir=folder)) if missing else folder
    try:
        for number, jar in enumerate(missing, start=1):
            progress(f"downloading {number}/{len(missing)} {jar.filename}")
            fetched = fetch(jar, staging)
            _check(jar, fetched)
            os.replace(fetched, folder / jar.filename)
    finally:
        if missing:
            shutil.rmtree(staging, ignore_errors=True)


def class_path(jars: Sequence[Jar], folder: Path) -> str:
    """The jars in the order of their lock, as Java wants them."""
    return os.pathsep.join(str(folder / jar.filename) for jar in jars)


def _is_whole(jar: Jar, path: Path) -> bool:
    if not path.exists():
        return False
    _check(jar, path)
    return True


def _check(jar: Jar, path: Path) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != jar.sha256:
        raise StackError(
            f"{path} has the wrong checksum: locked {jar.sha256}, found {found}. "
            "Remove the file to fetch it again; if it comes back the same, do not run it."
        )
