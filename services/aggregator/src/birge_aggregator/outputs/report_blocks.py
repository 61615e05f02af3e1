"""What a page of the report is made of: the shapes its template draws."""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
"""One shape as plain JSON; `kind` says which. Every leaf is text that is shown as it stands."""

NEW_PAGE: Block = {"kind": "new_page"}


def heading(text: str, level: int = 1) -> Block:
    """A heading; level 1 is in the table of contents."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str) -> Block:
    """A sentence or more."""
    return {"kind": "paragraph", "text": text}


def note(text: str) -> Block:
    """A small remark under what it belongs to."""
    return {"kind": "note", "text": text}


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    """Labels on the left, what they say on the right."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(heads: Sequence[str], figures: Sequence[bool], rows: Iterable[Sequence[str]]) -> Block:
    """A table; columns of figures are narrower and stand to the right."""
    return {
        "kind": "table",
        "heads": list(heads),
        "figures": list(figures),
        "rows": [list(row) for row in rows],
    }


def matrix(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """A row of marks for each name; the heads of the marks stand upright."""
    return {"kind": "matrix", "heads": list(heads), "rows": [list(row) for row in rows]}


def bars(rows: Iterable[tuple[str, float, str]]) -> Block:
    """A bar for each share (0 to 1), beside the figure in words."""
    return {"kind": "bars", "rows": [[label, f"{share:.4f}", said] for label, share, said in rows]}


def items(texts: Iterable[str]) -> Block:
    """A list without an order."""
    return {"kind": "items", "texts": list(texts)}
