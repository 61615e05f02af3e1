"""Commands as pages: what will happen, what has to be filled in, and the command that follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from birge_awards.pages.fields import Field, Typed
from birge_awards.pages.shell import Words

Matter = TypeVar("Matter")
"""What the command is about: a cycle, a jury or a nomination, with what the page says of it."""


def _nothing(_matter: object, _words: Words) -> Sequence[Field]:
    return ()


@dataclass(frozen=True)
class Action(Generic[Matter]):
    """A check page of one command; `title` is translated where it is shown.

    `consequences` are sentences in the reader's language that say exactly what will happen.
    """

    kind: type
    title: str
    consequences: Callable[[Matter, Words], Sequence[str]]
    command: Callable[[Matter, Typed], object]
    fields: Callable[[Matter, Words], Sequence[Field]] = _nothing
    second: str = ""
    """Who may give the second word, where it takes two people."""
    undo: str = ""
    done: str = field(default="", kw_only=True)
    """What is said once it is done."""
