"""The quick look and the thorough one agree, and plain is plain."""

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from birge_ingest.domain.content import content_digest
from birge_ingest.domain.refusal import pointer_to
from birge_ingest.domain.text import is_plain_letters, plain_text
from birge_ingest.domain.value import DEPTH_MAX, is_plain, made_plain

letters = st.characters(max_codepoint=0x2FF) | st.sampled_from(
    "aAаА\u0306\u0301\u200b\u200d\u202e\ufeff\u00ad\u2066ёйһі\n\t\x00"
)
texts = st.text(letters, max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64) | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(values)
def test_what_is_plain_at_a_glance_is_left_as_it_is(value: Any) -> None:
    if is_plain([value]):
        found = made_plain([value])
        assert found.value == [value]
        assert (found.warnings, found.refusals, found.is_too_deep) == ([], [], False)


@settings(max_examples=60, deadline=None)
@given(values)
def test_made_plain_twice_changes_nothing_more(value: Any) -> None:
    once = made_plain(value)
    if not once.refusals:
        again = made_plain(once.value)
        assert again.value == once.value
        assert all(warned.code != "text_normalised" for warned in again.warnings)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_plain_text_is_plain(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    if text.isprintable() and is_plain_letters(text):
        assert plain == text


def nested(levels: int, kind: str) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value] if kind == "list" else {"a": value}
    return value


def test_depth_is_counted_in_levels_of_objects_and_arrays() -> None:
    for kind in ("list", "object"):
        assert is_plain(nested(DEPTH_MAX, kind))
        assert not made_plain(nested(DEPTH_MAX, kind)).is_too_deep
        assert not is_plain(nested(DEPTH_MAX + 1, kind))
        assert made_plain(nested(DEPTH_MAX + 1, kind)).is_too_deep


def event(data: Any) -> dict[str, Any]:
    return {"type": "t", "subject": "s", "data": data}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text("abc", max_size=3), st.integers(-(2**53), 2**53) | texts))
def test_the_digest_is_of_values_not_of_their_spelling(data: dict[str, Any]) -> None:
    backwards = {key: data[key] for key in reversed(data)}
    spelt = {
        key: float(value) if isinstance(value, int) and abs(value) < 2**53 else value
        for key, value in backwards.items()
    }
    assert content_digest(event(data)) == content_digest(event(spelt))


def test_the_digest_tells_content_apart() -> None:
    digests = [
        content_digest(event(data))
        for data in (1, 1.5, "1", "1.0", [1], {"a": 1}, {"a": None}, {}, None, True, 0)
    ]
    assert len(set(digests)) == len(digests)
    assert content_digest(event(-0.0)) == content_digest(event(0))
    assert content_digest({**event(1), "type": "u"}) != content_digest(event(1))
    assert content_digest({**event(1), "subject": "u"}) != content_digest(event(1))
    assert content_digest({**event(1), "time": "u"}) == content_digest(event(1))


def test_numbers_no_contract_can_hold_are_refused_with_their_place() -> None:
    found = made_plain({"data": {"a": math.nan, "b": [1, 2**63], "c": math.inf, "d": 2.0**53}})
    assert [refusal.pointer for refusal in found.refusals] == [
        "/data/a",
        "/data/b/1",
        "/data/c",
        "/data/d",
    ]
    assert {refusal.code for refusal in found.refusals} == {"range"}
    assert is_plain({"a": 2**63 - 1, "b": -(2**63), "c": 2.0**53 - 1})


def test_a_pointer_stops_before_a_key_that_is_no_name() -> None:
    assert pointer_to(["data", "rows", 3, "tenge_per_month"]) == "/data/rows/3/tenge_per_month"
    assert pointer_to(["data", "<b>", "hours"]) == "/data"
    assert pointer_to([]) == ""
