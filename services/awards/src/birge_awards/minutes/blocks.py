"""What the template can draw: the shapes that a page of the minutes is made of."""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
"""One shape as plain JSON; `kind` says which. Every leaf is text that is shown as it stands."""

LEFT, RIGHT, CENTRE = "left", "right", "center"


def heading(text: str, level: int) -> Block:
    """A heading; level 1 is a part of the minutes."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str, *, strong: bool = False) -> Block:
    """A sentence or more, bold where it states a result."""
    return {"kind": "paragraph", "text": text, "strong": strong}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Labels on the left, what they say on the right."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(
    columns: Sequence[tuple[str, float, str]], rows: Iterable[Sequence[str]], title: str
) -> Block:
    """A table; each column is its head, its share of the width, and how it is aligned.

    `title` tells a reader who cannot see the page what the table holds.
    """
    heads, widths, aligned = zip(*columns, strict=True)
    return {
        "kind": "table",
        "title": title,
        "heads": list(heads),
        "widths": list(widths),
        "align": list(aligned),
        "rows": [list(row) for row in rows],
    }


def items(texts: Iterable[str]) -> Block:
    """A list without an order."""
    return {"kind": "items", "texts": list(texts)}


def quotation(text: str, language: str) -> Block:
    """A text in its own language, which may not be that of the page."""
    return {"kind": "quotation", "text": text, "language": language}
