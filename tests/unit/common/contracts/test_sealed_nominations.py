"""What the awards service opens is what was sealed, for that nomination, or an error."""

import json
from typing import Any

import pytest
from hypothesis import given

from birge_common.contracts.registry import EVENT_TYPES
from birge_common.contracts.sealed_nomination import (
    SealedNominationV1,
    SealedWithdrawalV1,
    SealMismatch,
    nomination_from,
    sealed_data,
    sealed_withdrawal,
    withdrawal_from,
)
from birge_common.security.sealing import (
    NotSealed,
    OpeningKeys,
    UnknownSealingKey,
    new_sealing_pair,
)
from tests.support.nominations import any_nomination, international, nomination, withdrawal

KEY, PRIVATE = new_sealing_pair("2022")
KEYS = OpeningKeys.parse(PRIVATE)


def model_of(sent: dict[str, Any]) -> Any:
    return EVENT_TYPES[sent["type"]].adapter.validate_json(json.dumps(sent)).data


NOMINATION, WITHDRAWAL = model_of(nomination()), model_of(withdrawal())
SEALED = sealed_data(NOMINATION, KEY.seal)


@given(any_nomination())
def test_any_nomination_comes_back_as_it_was(sent: dict[str, Any]) -> None:
    data = model_of(sent)
    text = sealed_data(data, KEY.seal).model_dump_json(exclude_none=True)
    assert nomination_from(SealedNominationV1.model_validate_json(text), KEYS.open) == data


def test_a_withdrawal_comes_back_as_it_was() -> None:
    text = sealed_withdrawal(WITHDRAWAL, KEY.seal).model_dump_json()
    assert withdrawal_from(SealedWithdrawalV1.model_validate_json(text), KEYS.open) == WITHDRAWAL


def test_a_key_that_was_destroyed_leaves_what_may_be_seen() -> None:
    _, other = new_sealing_pair("2023")
    with pytest.raises(UnknownSealingKey, match="2022"):
        nomination_from(SEALED, OpeningKeys.parse(other).open)
    assert (SEALED.region, SEALED.nominee.volunteer) == ("KZ-75", "v-7f3a9c21")


OTHERS = {
    "another nomination": nomination("n-2"),
    "another version": nomination(version=2),
    "another region": nomination(region="KZ-71"),
    "another track": international(),
    "another volunteer": nomination(nominee={"volunteer": "v-00000000"}),
    "another consent": nomination(consents={"processing": True, "publication": False}),
    "another category": nomination(nomination="friend"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_a_sealed_text_does_not_open_beside_other_open_fields(other: dict[str, Any]) -> None:
    moved = sealed_data(model_of(other), KEY.seal).model_copy(update={"sealed": SEALED.sealed})
    with pytest.raises(SealMismatch):
        nomination_from(moved, KEYS.open)


def test_a_reason_does_not_open_for_another_withdrawal() -> None:
    other = sealed_withdrawal(model_of(withdrawal("n-2")), KEY.seal)
    moved = other.model_copy(update={"sealed": sealed_withdrawal(WITHDRAWAL, KEY.seal).sealed})
    with pytest.raises(SealMismatch):
        withdrawal_from(moved, KEYS.open)


@pytest.mark.parametrize(
    "payload", [b"", b"{}", b"[]", b"Aigerim", b"\xff", b'{"version": "Aigerim"}']
)
def test_what_anybody_else_sealed_is_refused_without_repeating_it(payload: bytes) -> None:
    forged = SEALED.model_copy(update={"sealed": KEY.seal(payload)})
    with pytest.raises(SealMismatch) as refused:
        nomination_from(forged, KEYS.open)
    assert "Aigerim" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_withdrawal_is_no_nomination() -> None:
    forged = SEALED.model_copy(update={"sealed": sealed_withdrawal(WITHDRAWAL, KEY.seal).sealed})
    with pytest.raises(SealMismatch):
        nomination_from(forged, KEYS.open)


def test_a_damaged_text_is_not_sealed() -> None:
    with pytest.raises(NotSealed):
        nomination_from(SEALED.model_copy(update={"sealed": SEALED.sealed[:-8]}), KEYS.open)


def test_a_field_of_a_later_contract_is_ignored_as_consumers_do() -> None:
    later = json.loads(NOMINATION.model_dump_json()) | {"added_later": 1}
    sealed = SEALED.model_copy(update={"sealed": KEY.seal(json.dumps(later).encode())})
    assert nomination_from(sealed, KEYS.open) == NOMINATION


@pytest.mark.parametrize(
    "text", ["", "Айгерім", "v1.2022", "v1.2022.a=", "v1.2022." + "a" * 100_000]
)
def test_only_sealed_texts_fit_the_contract_of_the_log(text: str) -> None:
    document = json.loads(SEALED.model_dump_json()) | {"sealed": text}
    with pytest.raises(ValueError, match="sealed"):
        SealedNominationV1.model_validate_json(json.dumps(document))
