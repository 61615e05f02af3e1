"""How the values of columns are written, and what words a column has."""

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """How a value is written: the first five are figures, the others name a row or explain."""

    COUNT = auto()
    HOURS = auto()
    PERCENT = auto()
    TENGE = auto()
    DAYS = auto()
    CODE = auto()
    PERIOD = auto()
    YES_NO = auto()
    TEXT = auto()

    @property
    def is_figure(self) -> bool:
        """Whether values are numbers, which have an address of their own."""
        return self.value <= Kind.DAYS.value


class ColumnWords(NamedTuple):
    """A column's title, what it means, and its kind."""

    title: str
    meaning: str
    kind: Kind = Kind.COUNT
