"""Names and contacts as keys that are equal where people mean the same."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")
_PHONE = re.compile(r"^[+()\d\s.-]{7,}$")
_KAZAKH_PHONE_DIGITS = 11


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


def name_key(name: str) -> str:
    """A person's name whatever the order of its parts."""
    return " ".join(sorted(key_of(name).split()))
