"""Finds the items of a JSON array without reading them, so that one bad item stays alone."""

import re
from collections.abc import Iterator

from birge_ingest.wire.json_text import NotJsonError

SPACE = b" \t\r\n"
# A whole string, a lone quote (a string that never ends), or what gives structure.
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{},]', re.DOTALL)


def items_of(text: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each item of the array that `text` is; NotJsonError where it is no array.

    It goes through the text once and keeps one number, so no nesting is too deep for it. Whether
    an item is JSON is not looked at: its brackets only have to be as many.
    """
    opening = len(text) - len(text.lstrip(SPACE))
    if text[opening : opening + 1] != b"[":
        raise NotJsonError("expected an array", opening)
    depth, item_at, is_first = 0, opening + 1, True
    for token in _TOKEN.finditer(text, opening):
        mark = token[0]
        if mark in (b"[", b"{"):
            depth += 1
        elif mark in (b"]", b"}"):
            depth -= 1
        elif mark == b'"':
            raise NotJsonError("a text that does not end", token.start())
        if depth == 0 or (depth == 1 and mark == b","):
            if depth or not is_first or text[item_at : token.start()].strip(SPACE):
                yield item_at, token.start()
            item_at, is_first = token.end(), False
        if depth == 0:
            return _check_end(text, token)
    raise NotJsonError("unexpected end", len(text))


def _check_end(text: bytes, closing: re.Match[bytes]) -> None:
    if closing[0] != b"]":
        raise NotJsonError("expected the end of the array", closing.start())
    if text[closing.end() :].strip(SPACE):
        raise NotJsonError("something after the end of the array", closing.end())
