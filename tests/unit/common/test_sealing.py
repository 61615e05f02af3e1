"""A sealed text is opened by its key and no other, tells little by its length, and keeps whole."""

import base64
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from birge_common.security.sealing import (
    PADDED_BYTES,
    NotSealed,
    OpeningKeys,
    SealingKey,
    UnknownSealingKey,
    new_sealing_pair,
)
from birge_common.settings import OpeningSettings, SealingSettings

KEY, PRIVATE = new_sealing_pair("2027")
KEYS = OpeningKeys.parse(PRIVATE)
OTHER_KEY, OTHER_PRIVATE = new_sealing_pair("2028")


@given(st.binary(max_size=5_000))
def test_what_was_sealed_comes_back_whatever_it_is(payload: bytes) -> None:
    assert KEYS.open(KEY.seal(payload)) == payload


def test_a_whole_event_of_64_kib_fits() -> None:
    payload = b"x" * 65_536
    text = KEY.seal(payload)
    assert len(text) < 100_000
    assert KEYS.open(text) == payload


def test_the_same_payload_is_another_text_each_time() -> None:
    assert len({KEY.seal(b"same") for _ in range(50)}) == 50


@given(st.integers(0, 1_022), st.integers(0, 1_022))
def test_payloads_under_a_kibibyte_have_texts_of_one_length(one: int, other: int) -> None:
    assert len(KEY.seal(b"a" * one)) == len(KEY.seal(b"b" * other))


@given(st.integers(0, 6_000))
def test_a_text_is_as_long_as_some_whole_kibibytes(size: int) -> None:
    encoded = KEY.seal(b"a" * size).split(".")[2]
    box = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    overhead = 48
    assert (len(box) - overhead) % PADDED_BYTES == 0


def test_a_text_names_its_key_and_nothing_else() -> None:
    text = KEY.seal("Айгерім Үлгі aigerim@example.kz".encode())
    assert text.startswith("v1.2027.")
    encoded = text.split(".")[2]
    box = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    assert "Айгерім".encode() not in box
    assert b"aigerim" not in box


def test_several_keys_open_each_its_own_texts_while_they_rotate() -> None:
    keys = OpeningKeys.parse(f"{PRIVATE}, {OTHER_PRIVATE}")
    assert keys.key_ids == {"2027", "2028"}
    assert keys.open(KEY.seal(b"old")) == b"old"
    assert keys.open(OTHER_KEY.seal(b"new")) == b"new"


def test_a_destroyed_key_is_named_and_opens_nothing() -> None:
    keys = OpeningKeys.parse(OTHER_PRIVATE)
    with pytest.raises(UnknownSealingKey, match=r"2027 .* BIRGE_SEALING__PRIVATE_KEYS"):
        keys.open(KEY.seal(b"old"))


def test_a_key_of_the_same_id_but_other_bytes_opens_nothing() -> None:
    impostor, _ = new_sealing_pair("2027")
    with pytest.raises(NotSealed, match="another key than 2027"):
        KEYS.open(impostor.seal(b"x"))


@given(st.integers(0, 1_500), st.integers(1, 63))
def test_a_text_changed_anywhere_does_not_open(at: int, shift: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    head, key_id, encoded = KEY.seal(b"payload").split(".")
    # The last letter of base64 may carry bits that mean nothing.
    at %= len(encoded) - 1
    other = alphabet[(alphabet.index(encoded[at]) + shift) % 64]
    with pytest.raises(NotSealed):
        KEYS.open(f"{head}.{key_id}.{encoded[:at]}{other}{encoded[at + 1 :]}")


@pytest.mark.parametrize("length", [0, 1, 2, 3, 63, 64, 65, 1_000])
def test_a_text_cut_short_does_not_open(length: int) -> None:
    head, key_id, encoded = KEY.seal(b"payload").split(".")
    with pytest.raises(NotSealed):
        KEYS.open(f"{head}.{key_id}.{encoded[:length]}")


FOREIGN = ["", "v1", "v1.2027", "v1..abc", "v2.2027.abcd", "v1.2027.ab+/", "v1.2027.ab=="]
FOREIGN += ["v1.A B.abcd", "v1.2027.abcd\n", "Айгерім Үлгі", "2027.abcd", "v1.2027.ab.cd"]


@pytest.mark.parametrize("text", FOREIGN)
def test_what_is_no_sealed_text_is_told_without_repeating_it(text: str) -> None:
    with pytest.raises(NotSealed) as refused:
        KEYS.open(text)
    assert "have its sender seal it" in str(refused.value)
    assert not text or text not in str(refused.value)


def test_a_key_is_read_from_its_text() -> None:
    assert SealingKey.parse(str(KEY)) == KEY
    assert SealingKey.parse(f" {KEY}\n") == KEY


HALF = base64.b64encode(bytes(32)).decode()
NO_KEYS = {
    "nothing": "",
    "no id": f":{HALF}",
    "no half": "2027:",
    "no colon": HALF,
    "a capital in the id": f"Cycle:{HALF}",
    "a dot in the id": f"a.b:{HALF}",
    "a long id": f"{'a' * 33}:{HALF}",
    "31 bytes": f"a:{base64.b64encode(bytes(31)).decode()}",
    "33 bytes": f"a:{base64.b64encode(bytes(33)).decode()}",
    "no base64": f"a:{'!' * 44}",
    "letters of another alphabet": f"a:{'ж' * 44}",
}


@pytest.mark.parametrize("text", NO_KEYS.values(), ids=NO_KEYS.keys())
def test_what_is_no_key_is_refused_with_its_form_and_never_repeated(text: str) -> None:
    for parse in (SealingKey.parse, OpeningKeys.parse):
        with pytest.raises(ValueError, match="a key is <id>:<base64 of 32 bytes>") as refused:
            parse(text)
        assert HALF not in str(refused.value)


def test_two_private_halves_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        OpeningKeys.parse(f"{PRIVATE},{PRIVATE}")


def test_a_pair_cannot_have_an_id_that_its_texts_could_not_carry() -> None:
    with pytest.raises(ValueError, match="a key is"):
        new_sealing_pair("Cycle 2027")


def test_private_halves_are_not_shown() -> None:
    half = PRIVATE.partition(":")[2]
    settings = OpeningSettings(private_keys=SecretStr(PRIVATE))
    assert half not in f"{KEYS!r} {vars(KEYS)} {settings!r} {settings.model_dump_json()}"


def test_settings_give_the_keys() -> None:
    assert SealingSettings(public_key=str(KEY)).key() == KEY
    assert OpeningSettings(private_keys=SecretStr(PRIVATE)).keys().key_ids == {"2027"}


def test_without_a_public_half_the_door_does_not_start_and_says_how_to_make_one() -> None:
    with pytest.raises(SystemExit, match=r"BIRGE_SEALING__PUBLIC_KEY.*new_sealing_keys"):
        SealingSettings().key()


@pytest.mark.parametrize("text", ["", "2027:abc"])
def test_without_private_halves_nothing_starts_that_opens(text: str) -> None:
    with pytest.raises(SystemExit, match="BIRGE_SEALING__PRIVATE_KEYS") as refused:
        OpeningSettings(private_keys=SecretStr(text)).keys()
    assert "abc" not in str(refused.value)


def test_the_command_makes_a_pair_as_settings() -> None:
    command = [sys.executable, "-m", "birge_common.security.new_sealing_keys"]
    made = subprocess.run([*command, "2029"], capture_output=True, text=True, check=True)
    settings = dict(line.split("=", 1) for line in made.stdout.splitlines())
    key = SealingKey.parse(settings["BIRGE_SEALING__PUBLIC_KEY"])
    keys = OpeningKeys.parse(settings["BIRGE_SEALING__PRIVATE_KEYS"])
    assert key.key_id == "2029"
    assert keys.open(key.seal(b"x")) == b"x"
    unnamed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (unnamed.returncode, unnamed.stdout) == (1, "")
    assert "Name the key" in unnamed.stderr
