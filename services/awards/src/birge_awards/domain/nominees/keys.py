"""Names and contacts as keys that are equal where people mean the same."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")
_PHONE = re.compile(r"^[+()\d\s.-]{7,}$")
_KAZAKH_PHONE_DIGITS = 11
_LEGAL_FORMS = frozenset(
    {
        *("тоо", "оо", "роо", "оф", "чф", "ао", "нао", "ип", "кгу", "гу", "юл", "нпо"),
        *("жшс", "қб", "рқб", "ққ", "жқ", "ақ", "кеақ", "жк", "кмм", "мм", "зтб", "үеұ"),
        *("llp", "ngo"),
    }
)
"""Abbreviations in Russian, Kazakh and English, which people write before, after or not at all."""


def key_of(text: str) -> str:
    """Case, accents of typing, punctuation and spaces aside; a phone by its digits.

    A number of eleven digits that begins with 8 is written for +7 at home.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _PHONE.match(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) == _KAZAKH_PHONE_DIGITS and digits.startswith("8"):
            digits = f"7{digits[1:]}"
        return digits
    if "@" in text:
        return text.casefold()
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def organisation_key(name: str) -> str:
    """An organisation's name whatever its legal form and the order: `ТОО «Жасыл дала»`."""
    return " ".join(sorted(set(key_of(name).split()) - _LEGAL_FORMS))


def name_key(name: str) -> str:
    """A person's name whatever the order of its parts."""
    return " ".join(sorted(key_of(name).split()))
