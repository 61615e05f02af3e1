"""Labels in three languages: none is missing, none is another language's, each code has one."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal
from string import Formatter

import pytest

from birge_awards.domain.cycle.policy import CALIBRATED, RAW_MEAN, TIE_STEPS
from birge_awards.domain.jury.conflicts import Kind
from birge_awards.domain.jury.ranking import State, Status
from birge_awards.minutes import formats
from birge_awards.minutes.record import CHAIR, INTERNATIONAL, MEMBER, NATIONAL
from birge_awards.minutes.texts import LANGUAGES, TEXTS, say

SAME_IN_TWO = {"number", "none", "cycle", "quorum", "nomination", "laureate", "tie.vote"}
SAME_IN_TWO |= {"appeal", "log.origin"}
"""Kazakh and Russian share these words, or they are signs."""
RUSSIAN_ALONE = re.compile("[ёщ]", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_missing(language: str) -> None:
    assert [key for key, text in TEXTS.items() if not text.in_language(language).strip()] == []


def gaps(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_a_label_has_the_same_gaps_in_each_language() -> None:
    assert [
        key for key, text in TEXTS.items() if not gaps(text.kk) == gaps(text.ru) == gaps(text.en)
    ] == []


def test_every_label_is_translated() -> None:
    same = {key for key, text in TEXTS.items() if len({text.kk, text.ru, text.en}) < 3}

    assert same <= SAME_IN_TWO


def test_english_is_in_latin_letters_and_the_others_in_cyrillic() -> None:
    cyrillic = re.compile("[а-яәғқңөұүһі]", re.IGNORECASE)
    words = {key: text for key, text in TEXTS.items() if key not in ("none", "number", "tie.vote")}

    assert [key for key, text in TEXTS.items() if cyrillic.search(text.en)] == []
    assert [key for key, text in words.items() if not cyrillic.search(text.kk)] == []
    assert [key for key, text in words.items() if not cyrillic.search(text.ru)] == []


def test_kazakh_has_none_of_the_letters_that_only_russian_uses() -> None:
    assert [key for key, text in TEXTS.items() if RUSSIAN_ALONE.search(text.kk)] == []


def test_kazakh_is_written_with_its_own_letters() -> None:
    written = {letter for text in TEXTS.values() for letter in text.kk.lower()}

    assert set("әғқңөұүі") <= written


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("step", TIE_STEPS),
        ("kind", list(Kind)),
        ("state", list(State)),
        ("status", list(Status)),
        ("role", (CHAIR, MEMBER)),
        ("panel", (NATIONAL, INTERNATIONAL)),
    ],
)
def test_every_code_of_the_rules_has_a_label(prefix: str, codes: Collection[str]) -> None:
    labelled = {key.split(".", 1)[1] for key in TEXTS if key.startswith(f"{prefix}.")}

    assert labelled == set(codes)


def test_both_scores_that_may_rank_have_a_label() -> None:
    assert {RAW_MEAN, CALIBRATED} <= TEXTS.keys()


def test_braces_in_a_value_are_text() -> None:
    assert say("tie.reason", "en", reason="{name} {0}") == "Reason: {name} {0}"


@pytest.mark.parametrize(
    ("language", "money", "score"),
    [
        ("kk", "1\u00a0500\u00a0000\u00a0₸", "8,70"),
        ("ru", "1\u00a0500\u00a0000\u00a0₸", "8,70"),
        ("en", "1,500,000\u00a0₸", "8.70"),
    ],
)
def test_figures_are_written_as_the_reader_does(language: str, money: str, score: str) -> None:
    assert formats.tenge(1_500_000, language) == money
    assert formats.score(Decimal("8.7"), language) == score


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("kk", "2026 ж. 1 қаңтар, 02:30"),
        ("ru", "1 января 2026 г., 02:30"),
        ("en", "January 1, 2026, 02:30"),
    ],
)
def test_an_evening_in_utc_is_the_next_day_in_almaty(language: str, written: str) -> None:
    evening = datetime(2025, 12, 31, 21, 30, tzinfo=UTC)

    assert formats.instant(evening, language).replace("\u00a0", " ") == written
    assert " " not in formats.day(date(2026, 1, 1), language)
