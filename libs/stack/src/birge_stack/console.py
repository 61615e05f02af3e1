"""Where the command speaks: answers go to stdout, everything said on the way to stderr."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from birge_stack.errors import StackError

answers = Console(highlight=False, soft_wrap=True)
remarks = Console(stderr=True, highlight=False, soft_wrap=True)


def remark(line: str) -> None:
    """Say something on the way, as it is: never taken for markup."""
    remarks.print(line, markup=False)


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Show what a person can act on without a traceback, and exit with status 1."""
    try:
        yield
    except StackError as error:
        remarks.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
