"""Tells the figures of one row of a frozen answer: a number, a share, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.pages.site.said import absence, number, percent
from birge_common.web.pages.words import Words

Row = Mapping[str, Any]


def rows_of(frame: Frame, **having: object) -> list[Row]:
    """The rows that have all these values."""
    return [row for row in frame["rows"] if all(row[name] == is_ for name, is_ in having.items())]


def row_of(frame: Frame, **having: object) -> Row | None:
    """The first such row; None where the answer has none."""
    return next(iter(rows_of(frame, **having)), None)


def value_in(row: Row | None, column: str) -> Any:
    """The value of a column such as `age.under_18`; None where there is no row."""
    value: Any = row
    for name in column.split("."):
        if value is None:
            return None
        value = value[name]
    return value


@dataclass(frozen=True)
class Telling:
    """One region's row of an answer, in the reader's words."""

    words: Words
    frame: Frame
    region: str
    row: Row | None

    def value(self, column: str) -> Any:
        """The figure itself, or None."""
        return value_in(self.row, column)

    def why(self, column: str) -> str:
        """Why the figure is missing."""
        return absence(self.words, self.frame, self.region, column)

    def number(self, column: str, digits: int = 0) -> str:
        """The figure in the reader's format, or why there is none."""
        return number(self.words, self.value(column), self.why(column), digits)

    def percent(self, column: str, digits: int = 1) -> str:
        """A share given in per cent, or why there is none."""
        return percent(self.words, self.value(column), self.why(column), digits)


def telling_of(words: Words, frame: Frame, region: str) -> Telling:
    """What an answer with one row a region says of this region."""
    return Telling(words, frame, region, row_of(frame, region=region))
