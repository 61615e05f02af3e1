"""The splitter finds the items that a JSON reader finds, whatever they hold."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_ingest.wire.json_text import NotJsonError
from birge_ingest.wire.splitting import items_of

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=15,
)


def items(text: bytes) -> list[bytes]:
    return [text[start:end] for start, end in items_of(text)]


@settings(max_examples=60, deadline=None)
@given(st.lists(values), st.sampled_from([None, 1]), st.booleans())
def test_its_items_are_those_of_a_reader(
    array: list[Any], indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(array, indent=indent, ensure_ascii=ascii_only).encode()
    assert [json.loads(item) for item in items(b" \n" + text + b"\t")] == array


BROKEN = {
    "empty": b"",
    "object": b"{}",
    "number": b"1",
    "open": b"[1",
    "open_inside": b"[[1]",
    "open_string": b'["a]',
    "escaped_quote": b'["a\\"]',
    "closed_by_another": b"[1}",
    "closed_twice": b"[1]]",
    "followed": b"[1] 2",
    "two": b"[][]",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_array_is_said_to_be_none(text: bytes) -> None:
    with pytest.raises(NotJsonError):
        items(text)


def test_an_empty_place_is_an_item_too() -> None:
    assert items(b"[]") == items(b"[ \n]") == []
    assert items(b"[1,]") == [b"1", b""]
    assert items(b"[,]") == [b"", b""]


def test_no_nesting_is_too_deep_for_it() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    assert items(b"[1, " + deep + b", 2]") == [b"1", b" " + deep, b" 2"]
