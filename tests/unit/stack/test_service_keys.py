"""A home's secrets are made once, long enough, for its owner alone, and told on a need to know."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from birge_common.security.sealing import OpeningKeys, SealingKey
from birge_common.transparency.note import signer_from
from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.service_keys import (
    LOG_KEY,
    OF_AWARDS,
    OF_PARTNERS,
    OF_THE_DOOR,
    PRIVATE_KEYS,
    PUBLIC_KEY,
    VAULT_KEY,
    service_keys,
)
from birge_stack.services import SERVICES, service_environment
from birge_stack.settings import Ports

EVERYTHING = tuple({*OF_AWARDS, *OF_THE_DOOR})


def home(folder: Path) -> Home:
    return Home(folder, folder / "downloads")


def opens(public: str, private: str) -> bool:
    return OpeningKeys.parse(private).open(SealingKey.parse(public).seal(b"x")) == b"x"


def test_secrets_are_made_once_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    made = service_keys(home(tmp_path), EVERYTHING)

    assert service_keys(home(tmp_path), EVERYTHING) == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audit-keys", "secrets.json"]


def test_the_log_of_acts_is_checked_with_the_key_that_signs_it(tmp_path: Path) -> None:
    made = service_keys(home(tmp_path), EVERYTHING)
    published = (tmp_path / "audit-keys" / "awards.vkey").read_text()

    assert published.strip() == str(signer_from(made[LOG_KEY]).verifier)


def test_each_secret_has_32_random_bytes_of_its_own(tmp_path: Path) -> None:
    first, second = (service_keys(home(tmp_path / name), OF_PARTNERS) for name in ("a", "b"))

    assert set(first) == set(OF_PARTNERS)
    assert all(len(bytes.fromhex(value)) == 32 for value in first.values())
    assert len({*first.values(), *second.values()}) == 2 * len(OF_PARTNERS)


def test_the_private_half_opens_what_is_sealed_to_the_public_one(tmp_path: Path) -> None:
    made = service_keys(home(tmp_path), EVERYTHING)

    assert opens(made[PUBLIC_KEY], made[PRIVATE_KEYS])


def test_each_home_has_a_pair_of_its_own(tmp_path: Path) -> None:
    first, second = (service_keys(home(tmp_path / name), EVERYTHING) for name in ("a", "b"))

    assert first[PUBLIC_KEY] != second[PUBLIC_KEY]
    assert first[PUBLIC_KEY].partition(":")[0] != second[PUBLIC_KEY].partition(":")[0]


def test_a_home_from_before_nominations_gets_a_pair_and_keeps_its_secrets(tmp_path: Path) -> None:
    older = dict.fromkeys(OF_PARTNERS, "ab" * 32)
    (tmp_path / "secrets.json").write_text(json.dumps(older))

    made = service_keys(home(tmp_path), EVERYTHING)

    assert {name: made[name] for name in OF_PARTNERS} == older
    assert opens(made[PUBLIC_KEY], made[PRIVATE_KEYS])
    assert service_keys(home(tmp_path), EVERYTHING) == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda _: service_keys(home(tmp_path), EVERYTHING), range(16))

    assert len({tuple(sorted(each.items())) for each in made}) == 1


PEPPER, RECEIPTS = OF_PARTNERS
DAMAGED = {
    "empty": "",
    "an empty object": "{}",
    "a list": "[]",
    "one secret lost": json.dumps({PEPPER: "aa"}),
    "one half of the pair lost": json.dumps({PEPPER: "aa", RECEIPTS: "bb", PUBLIC_KEY: "k:cc"}),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_an_error_and_never_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)

    with pytest.raises(StackError, match=r"secrets\.json is damaged"):
        service_keys(home(tmp_path), EVERYTHING)

    assert (tmp_path / "secrets.json").read_text() == content


@pytest.mark.parametrize("name", [service.name for service in SERVICES])
def test_a_service_is_told_its_own_secrets_and_no_other(tmp_path: Path, name: str) -> None:
    kept = service_keys(home(tmp_path), EVERYTHING)
    told = service_environment(home(tmp_path), Ports(), name, sample_ratio=0.0)

    may_seal, may_open = name == "ingest", name.startswith("awards")
    assert {each for each in EVERYTHING if each in told} == {
        *OF_PARTNERS,
        *([PUBLIC_KEY] if may_seal else []),
        *([PRIVATE_KEYS, LOG_KEY, VAULT_KEY] if may_open else []),
    }
    assert all(told[each] == kept[each] for each in EVERYTHING if each in told)
    assert (kept[PRIVATE_KEYS] in told.values()) == may_open
