"""Text as people mean it: composed letters, nothing invisible, look-alikes pointed out."""

import re
import unicodedata
from functools import lru_cache

# Soft hyphen, Arabic and Mongolian marks, zero-width characters, bidirectional controls,
# invisible operators, byte order mark and tags: they change what is compared, not what is read.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_MIXED = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


@lru_cache(maxsize=4096)
def is_plain_letters(text: str) -> bool:
    """Whether a printable text is what `plain_text` would make of it, and of one script.

    Names and notes come again and again, so the last ones are remembered.
    """
    return unicodedata.is_normalized("NFC", text) and not mixes_scripts(text)


def plain_text(text: str) -> str:
    """The text in form NFC without invisible characters; doing it twice changes nothing."""
    # Removing a character can bring a letter and its mark together, so composing comes last.
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def mixes_scripts(text: str) -> bool:
    """Whether a Latin and a Cyrillic letter stand side by side in one word."""
    return _MIXED.search(text) is not None
