"""`birge logs`: what the parts wrote, of one or of all, and as it comes."""

import time
from pathlib import Path
from typing import Annotated

import typer

from birge_stack.console import errors_as_sentences
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.process import last_lines

LINES_OF_ONE = 100
LINES_OF_EACH = 10
FOLLOW_PAUSE_SECONDS = 0.2


def logs(
    service: Annotated[str | None, typer.Argument(help="One part; all when left out.")] = None,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
) -> None:
    """Show the latest log lines of one part, or of every part."""
    with errors_as_sentences():
        files = log_files(Home.from_environment(), service)
        positions = {file: file.stat().st_size for file in files}
        for file in files:
            _show(file, last_lines(file, LINES_OF_ONE if service else LINES_OF_EACH), service)
        while follow:
            time.sleep(FOLLOW_PAUSE_SECONDS)
            for file in files:
                new, positions[file] = read_on(file, positions[file])
                _show(file, new, service)


def log_files(home: Home, part: str | None) -> list[Path]:
    """The log of one part, or every log there is."""
    every = {file.stem: file for file in sorted(home.logs.glob("*.log"))}
    if part is None:
        return list(every.values())
    if part not in every:
        known = ", ".join(every) or "none yet"
        raise StackError(f"no log of {part}; there are: {known}")
    return [every[part]]


def read_on(file: Path, position: int) -> tuple[str, int]:
    """What whole lines were added after `position`, and where they end."""
    with file.open("rb") as log:
        log.seek(position)
        added = log.read()
    whole = added[: added.rfind(b"\n") + 1]
    return whole.decode("utf-8", "replace").rstrip("\n"), position + len(whole)


def _show(file: Path, text: str, only: str | None) -> None:
    for line in text.splitlines():
        typer.echo(line if only else f"{file.stem:<18}| {line}")
