"""Passwords that are guessed first are told, and sentences are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birge_common.access.guessable import is_guessable

ABOUT = ("Айгүл Серікқызы", "aigul.serik@example.kz")
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzабвгдежәіңғүұқөһ0123456789 -!", max_size=40)

GUESSED_FIRST = {
    "one sign": "xxxxxxxxxxxx",
    "a few signs in turn": "abcabcabcabcabc",
    "signs in threes": "aaabbbcccddd",
    "a word twice": "wortwortwortwort",
    "a row": "qwertyuiop123",
    "a row, backwards": "poiuytrewq[]",
    "a cyrillic row": "йцукенгшщзхъ",
    "a cyrillic row, then digits": "фывапролджэ1234",
    "columns of keys": "1qaz2wsx3edc",
    "the alphabet": "abcdefghijklm",
    "the alphabet, backwards": "яюэьыъщшчцхфут",
    "digits in order": "123456789012",
    "the name": "АйгүлСерікқызы",
    "the name with a year": "Айгүл1990Серікқызы",
    "the e-mail address": "Aigul.Serik@Example",
    "the service": "Бірге2024Birge!",
    "a region": "Алматинская2022",
    "a region's city with a year": "Astana2022!!",
    "password": "Password2024!",
    "password with signs for letters": "P@55w0rd2024!",
    "password with the other layout": "gfhjkmgfhjkm",
    "password in Kazakh": "құпиясөз1234",
    "a telephone number": "+7 701 123-45-67",
    "a telephone number and signs": "87011234567!a",
    "a birthday and the name": "01.05.1990 Айгүл",
    "fullwidth letters": "ｑｗｅｒｔｙｕｉｏｐ",
}
ANYTHING_ELSE = (
    "a sentence that is long",
    "correct horse battery",
    "менің итім сары түсті",
    "собака спит под столом",
    "In Astana 3 cats slept",
    "kjwpvufhzdmb",
    "7f3d9a1c5e8b2046",
)


@pytest.mark.parametrize("password", GUESSED_FIRST.values(), ids=GUESSED_FIRST.keys())
def test_what_is_guessed_first_is_told(password: str) -> None:
    assert is_guessable(password, ABOUT)
    assert is_guessable(password.upper(), ABOUT)


@pytest.mark.parametrize("password", ANYTHING_ELSE)
def test_a_sentence_or_chance_is_not(password: str) -> None:
    assert not is_guessable(password, ABOUT)


def test_what_is_known_of_one_person_is_not_held_against_another() -> None:
    assert is_guessable("Серікқызы-77", ABOUT)
    assert not is_guessable("Серікқызы-77", ("Dana", "dana@example.kz"))


@given(LETTERS, LETTERS)
def test_knowing_more_of_somebody_never_makes_a_password_better(password: str, more: str) -> None:
    if is_guessable(password, ()):
        assert is_guessable(password, (*ABOUT, more))


@given(LETTERS)
def test_what_is_repeated_is_hardly_better(password: str) -> None:
    if is_guessable(password[:6], ABOUT):
        assert is_guessable(password[:6] * 5, ABOUT)


def test_the_longest_password_is_judged_at_once() -> None:
    begun = time.perf_counter()
    for password in ("x" * 200, "qwerty" * 33, "a1b2" * 50, "Айгүл " * 33):
        assert is_guessable(password, ABOUT)
    assert time.perf_counter() - begun < 0.5
