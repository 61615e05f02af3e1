"""A home's secrets are made once, long enough, and for its owner alone."""

import stat
from pathlib import Path

import pytest

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.service_keys import SETTINGS, service_keys


def home(folder: Path) -> Home:
    return Home(folder, folder / "downloads")


def test_secrets_are_made_once_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    made = service_keys(home(tmp_path))

    assert service_keys(home(tmp_path)) == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_each_secret_has_32_random_bytes_of_its_own(tmp_path: Path) -> None:
    first, second = service_keys(home(tmp_path / "a")), service_keys(home(tmp_path / "b"))

    assert set(first) == set(SETTINGS)
    assert all(len(bytes.fromhex(value)) == 32 for value in first.values())
    assert len({*first.values(), *second.values()}) == 2 * len(SETTINGS)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"BIRGE_SECURITY__KEY_PEPPER": "aa"}'])
def test_a_damaged_file_is_an_error_and_never_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)

    with pytest.raises(StackError, match=r"secrets\.json is damaged"):
        service_keys(home(tmp_path))

    assert (tmp_path / "secrets.json").read_text() == content
