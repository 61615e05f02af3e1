"""A key opens what it was made for, and nothing else does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from birge_common.contracts.partner import PartnerChangedV1
from birge_common.security.keys import IssuedKey, KeyDirectory, issue_key, key_id_of
from birge_common.settings import SecuritySettings

PEPPER = "pepper of at least thirty-two characters"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def registered(key: IssuedKey, **changes: Any) -> PartnerChangedV1:
    fields: dict[str, Any] = {
        "key_id": key.key_id,
        "name": "Office",
        "digest": key.digest,
        "sources": ("https://office.example",),
        "regions": None,
        "kinds": None,
        "state": "active",
        "registered_at": NOW,
    }
    return PartnerChangedV1(**fields | changes)


def directory_with(*changes: PartnerChangedV1, pepper: str = PEPPER) -> KeyDirectory:
    directory = KeyDirectory(pepper)
    for change in changes:
        directory.apply(change)
    return directory


def test_a_registered_key_is_its_partner() -> None:
    key = issue_key("dev", PEPPER)
    partner = directory_with(registered(key)).authenticate(key.text, NOW)
    assert partner is not None
    assert (partner.key_id, partner.name) == (key.key_id, "Office")
    assert partner.sources == {"https://office.example"}


def test_a_key_without_regions_and_kinds_covers_all() -> None:
    key = issue_key("dev", PEPPER)
    partner = directory_with(registered(key)).authenticate(key.text, NOW)
    assert partner is not None
    assert partner.may_send_for("KZ-71")
    assert partner.may_send_kind("census")


def test_a_key_covers_no_more_than_it_was_made_for() -> None:
    key = issue_key("dev", PEPPER)
    change = registered(key, regions=("KZ-71",), kinds=("activity",))
    partner = directory_with(change).authenticate(key.text, NOW)
    assert partner is not None
    assert [partner.may_send_for(code) for code in ("KZ-71", "KZ-75", "KZ")] == [True, False, False]
    assert [partner.may_send_kind(kind) for kind in ("activity", "census")] == [True, False]


@pytest.mark.parametrize("change", [{"state": "revoked"}, {"expires_at": NOW}])
def test_a_key_that_is_over_opens_nothing(change: dict[str, Any]) -> None:
    key = issue_key("dev", PEPPER)
    assert directory_with(registered(key, **change)).authenticate(key.text, NOW) is None


def test_a_key_is_good_until_the_moment_it_ends() -> None:
    key = issue_key("dev", PEPPER)
    directory = directory_with(registered(key, expires_at=NOW + timedelta(seconds=1)))
    assert directory.authenticate(key.text, NOW) is not None


def test_the_newest_state_of_a_key_is_in_force() -> None:
    key = issue_key("dev", PEPPER)
    directory = directory_with(registered(key), registered(key, state="revoked"))
    assert directory.authenticate(key.text, NOW) is None
    assert [partner.key_id for partner in directory.partners()] == [key.key_id]
    assert directory.revision == 2


def test_a_digest_is_worth_nothing_without_its_pepper() -> None:
    key = issue_key("dev", PEPPER)
    other = directory_with(registered(key), pepper="another pepper, as long as the first one")
    assert other.authenticate(key.text, NOW) is None


def test_two_keys_share_nothing() -> None:
    first, second = issue_key("dev", PEPPER), issue_key("dev", PEPPER)
    assert first.key_id != second.key_id
    assert directory_with(registered(first)).authenticate(second.text, NOW) is None


def test_another_secret_under_a_known_id_opens_nothing() -> None:
    key, other = issue_key("dev", PEPPER), issue_key("dev", PEPPER)
    foreign = registered(IssuedKey(other.text, key.key_id, key.digest))
    assert directory_with(foreign).authenticate(other.text, NOW) is None


@pytest.mark.parametrize("length", [0, 1, -1, 300])
def test_a_misspelled_key_is_none(length: int) -> None:
    text = issue_key("dev", PEPPER).text
    assert key_id_of(text) is not None
    assert key_id_of(text.upper()) is None
    assert key_id_of((text * 3)[:length]) is None


def test_an_environment_that_would_spoil_every_key_is_no_setting() -> None:
    with pytest.raises(ValidationError):
        SecuritySettings(environment="my_own")


def test_a_service_does_not_start_without_secrets() -> None:
    with pytest.raises(
        SystemExit, match="BIRGE_SECURITY__KEY_PEPPER and BIRGE_SECURITY__RECEIPT_KEY"
    ):
        SecuritySettings().require()
