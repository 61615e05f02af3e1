"""New sealing keys are kept with the home's other secrets, and change no other."""

import stat
from pathlib import Path

from birge_stack.home import Home
from birge_stack.sealing_keys import settings_from
from birge_stack.service_keys import (
    OF_AWARDS,
    OF_THE_DOOR,
    PRIVATE_KEYS,
    PUBLIC_KEY,
    replace_service_keys,
    service_keys,
)

EVERYTHING = tuple({*OF_AWARDS, *OF_THE_DOOR})
PRINTED = f"{PRIVATE_KEYS}=2026:aa==,2027:bb==\n{PUBLIC_KEY}=2027:cc==\nPATH=/elsewhere\n"


def test_only_sealing_keys_are_taken_from_what_is_printed() -> None:
    assert settings_from(PRINTED) == {PRIVATE_KEYS: "2026:aa==,2027:bb==", PUBLIC_KEY: "2027:cc=="}


def test_they_take_the_place_of_those_before_and_stay_their_owners(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path / "downloads")
    before = dict(service_keys(home, EVERYTHING))
    replace_service_keys(home, settings_from(PRINTED))
    after = dict(service_keys(home, EVERYTHING))
    assert after == before | settings_from(PRINTED)
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
