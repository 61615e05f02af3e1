"""A receipt says what was signed, or nothing."""

import string
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from birge_common.security.receipts import Receipt, ReceiptSigner

SIGNER = ReceiptSigner("a receipt key of at least 32 characters")
RECEIPT = Receipt(
    source="https://office.example",
    id="1",
    type="kz.birge.activity.reported.v1",
    subject="r-1",
    version=1,
    topic="birge.submissions.v1",
    partition=3,
    offset=42,
    digest="ab" * 32,
    trace_id="cd" * 16,
)
TEXT = SIGNER.sign(RECEIPT)


@settings(max_examples=40)
@given(subject=st.text(max_size=80), version=st.none() | st.integers(1, 2**31 - 1))
def test_what_was_signed_is_read(subject: str, version: int | None) -> None:
    receipt = replace(RECEIPT, subject=subject.encode("utf-8", "ignore").decode(), version=version)
    assert SIGNER.read(SIGNER.sign(receipt)) == receipt


def test_a_receipt_is_safe_in_an_address() -> None:
    assert set(TEXT) <= set(string.ascii_letters + string.digits + "-_.")


def test_the_same_event_has_the_same_receipt() -> None:
    assert SIGNER.sign(RECEIPT) == TEXT


@given(st.integers(0, len(TEXT) - 1), st.sampled_from(string.ascii_letters + "._-é"))
def test_a_changed_receipt_is_none(at: int, character: str) -> None:
    changed = TEXT[:at] + character + TEXT[at + 1 :]
    assert SIGNER.read(changed) in ((RECEIPT,) if changed == TEXT else (None,))


@given(st.text(max_size=200))
def test_any_other_text_is_none(text: str) -> None:
    assert SIGNER.read(text) is None


def test_a_receipt_of_another_key_is_none() -> None:
    assert ReceiptSigner("another key of at least 32 characters…").read(TEXT) is None
