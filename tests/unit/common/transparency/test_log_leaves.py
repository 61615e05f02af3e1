"""A leaf has one form; a commitment opens with the person's key and with nothing else."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from birge_common.transparency.leaf import (
    Act,
    InvalidLeaf,
    Leaf,
    canonical,
    commitment_to,
    leaf_from,
    leaf_of,
    new_person_key,
    opens,
)

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
ACT = Act(AT, "juror-7", "score.submitted", "nominee-3", public={"region": "KZ-10", "round": 2})
LINE = (
    b'{"act":"score.submitted","actor":"juror-7","at":"2026-03-01T09:30:00.000000Z",'
    b'"commitment":null,"public":{"region":"KZ-10","round":2},"seq":5,"subject":"nominee-3"}'
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abXYZ09_-", max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def test_a_leaf_is_this_line() -> None:
    assert leaf_of(5, ACT).line() == LINE
    assert leaf_from(LINE) == leaf_of(5, ACT)


def test_one_instant_is_written_one_way() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    assert leaf_of(5, replace(ACT, at=elsewhere)).line() == LINE


@settings(max_examples=60, deadline=None)
@given(public=st.dictionaries(st.text("abXYZ09_-", max_size=4), PLAIN, max_size=4))
def test_any_leaf_reads_back_and_its_line_is_its_only_form(public: dict[str, Any]) -> None:
    line = leaf_of(0, replace(ACT, public=public)).line()
    assert leaf_from(line).public == public
    assert b"\n" not in line
    for other in (json.dumps(json.loads(line)).encode(), line + b" ", b" " + line):
        with pytest.raises(InvalidLeaf):
            leaf_from(other)


@pytest.mark.parametrize(
    "public",
    [
        {"a": 1.0},
        {"a": Decimal(1)},
        {"a": AT},
        {"a": 2**53},
        {"a": [{"b": float("nan")}]},
        {"ә": 1},
        {"a\n": 1},
        {1: 2},
        {"a": "\ud800"},
        {"a": "x" * 70_000},
    ],
)
def test_what_has_no_single_form_is_refused(public: dict[str, Any]) -> None:
    with pytest.raises(InvalidLeaf):
        leaf_of(0, replace(ACT, public=public)).line()


def test_what_is_too_deep_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(20):
        deep = {"a": deep}
    with pytest.raises(InvalidLeaf, match="deep"):
        canonical(deep)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Айгүл"},
        {"subject": "a b"},
        {"subject": "010203500123"},
        {"subject": ""},
        {"act": "Score"},
        {"at": datetime(2026, 3, 1)},  # noqa: DTZ001
        {"commitment": "ab"},
        {"commitment": "A" * 64},
    ],
)
def test_a_field_of_another_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidLeaf):
        leaf_of(0, replace(ACT, **change)).line()


@pytest.mark.parametrize(
    ("part", "other"),
    [
        (b'"seq":5', b'"seq":-5'),
        (b'"seq":5', b'"seq":true'),
        (b'"seq":5', b'"seq":5.0'),
        (b'"seq":5', b'"more":1,"seq":5'),
        (b'"seq":5,', b""),
        (b'"round":2', b'"round":2,"round":2'),
        (b".000000Z", b"Z"),
        (b"09:30", b"29:30"),
        (b"KZ", b"\\u004bZ"),
        (b"KZ", b"\xff"),
        (LINE, b"[]"),
        (LINE, b""),
    ],
)
def test_a_line_of_another_form_is_no_leaf(part: bytes, other: bytes) -> None:
    with pytest.raises(InvalidLeaf):
        leaf_from(LINE.replace(part, other))


def committed(payload: dict[str, Any], key: bytes = KEY, act: Act = ACT) -> Leaf:
    return leaf_of(5, replace(act, commitment=commitment_to(act, payload, key)))


def test_a_commitment_opens_with_its_payload_and_key_only() -> None:
    leaf = leaf_from(committed({"score": 7, "reason": "жақсы"}).line())
    assert opens(leaf, {"reason": "жақсы", "score": 7}, KEY)
    assert not opens(leaf, {"reason": "жақсы", "score": 8}, KEY)
    assert not opens(leaf, {"reason": "жақсы", "score": 7}, bytes(32))
    assert not opens(leaf_of(5, ACT), {"score": 7}, KEY)


@pytest.mark.parametrize(
    "other",
    [
        {"actor": "juror-8"},
        {"subject": "nominee-4"},
        {"act": "score.withdrawn"},
        {"at": AT + timedelta(microseconds=1)},
    ],
)
def test_a_commitment_is_of_its_act_alone(other: dict[str, Any]) -> None:
    leaf = committed({"score": 7})
    assert committed({"score": 7}, act=replace(ACT, **other)).commitment != leaf.commitment
    assert not opens(replace(leaf, **other), {"score": 7}, KEY)


def test_a_destroyed_key_leaves_nothing_to_guess_with() -> None:
    """Everything that could be committed is tried, with all that is in the leaf as the key."""
    key = new_person_key()
    leaf = committed({"score": 7}, key)
    assert len(key) == 32
    assert new_person_key() != key
    line = leaf.line()
    public_keys = [
        bytes(32),
        hashlib.sha256(line).digest(),
        hashlib.sha256(leaf.subject.encode()).digest(),
        bytes.fromhex(str(leaf.commitment)),
    ]
    assert not any(
        opens(leaf, {"score": score}, guess) for score in range(11) for guess in public_keys
    )
    assert hashlib.sha256(canonical({"score": 7})).hexdigest() != leaf.commitment


def test_a_commitment_says_nothing_of_its_payload() -> None:
    """Under another random key each payload could have made any commitment: none stands out."""
    bits = sum(
        int(str(committed({"score": 7}, new_person_key()).commitment), 16).bit_count()
        for _ in range(200)
    )
    assert 0.47 < bits / (200 * 256) < 0.53


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment_to(ACT, {}, b"short")
