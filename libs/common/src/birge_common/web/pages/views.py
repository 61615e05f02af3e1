"""What the macros of the shell are given, typed, so that a page's code is checked."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode


@dataclass(frozen=True)
class Task:
    """A step of a task list: whose it is, and until when."""

    name: str
    state: Literal["done", "yours", "waiting", "later"]
    address: str = ""
    waits_for: str = ""
    until: date | None = None
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a summary list; `change` is the address where the value is changed."""

    term: str
    value: str
    change: str = ""


@dataclass(frozen=True)
class Option:
    """One of several values that can be chosen."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; figures stand to the right."""

    title: str
    is_figure: bool = False


@dataclass(frozen=True)
class Pager:
    """One page of a list: numbers from 1, and the address's other parameters kept."""

    path: str
    page: int
    size: int
    total: int
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    def address(self, page: int) -> str:
        """Where that page of the same list is."""
        return f"{self.path}?{urlencode([*self.parameters, ('page', str(page))])}"
