"""Reads the tables of a page as a reader would: by caption, row by row."""

from html.parser import HTMLParser


class Tables(HTMLParser):
    """The page's tables by caption: rows of cells' texts, the heading first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.by_caption: dict[str, list[list[str]]] = {}
        self._caption: list[str] | None = None
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell."""
        match tag:
            case "table":
                self._rows = []
            case "caption":
                self._caption = []
            case "tr":
                self._rows.append([])
            case "th" | "td":
                self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """End a caption or a cell, and keep it."""
        if tag == "caption" and self._caption is not None:
            self.by_caption[" ".join("".join(self._caption).split())] = self._rows
            self._caption = None
        elif tag in ("th", "td") and self._cell is not None:
            self._rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Text of what is open."""
        for target in (self._caption, self._cell):
            if target is not None:
                target.append(data)


def tables_of(page: str) -> dict[str, list[list[str]]]:
    """The tables of a page by their captions."""
    return Tables(page).by_caption
