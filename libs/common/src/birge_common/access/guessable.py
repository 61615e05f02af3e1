"""Which passwords are guessed first: made of names, rows of keys, repetitions and numbers.

NIST SP 800-63B-4, 3.1.1.2 asks to refuse what is commonly used, expected or compromised. There is
no list of such passwords here; what such lists are made of is told by rules instead, and each
piece that they find counts as a single character.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from birge_common.regions import REGIONS

UNGUESSED_MIN = 8
"""Characters that have to be left: what 3.1.1.2 asks of a password beside a second factor."""
_RUN_MIN, _REPEATED_MIN, _WORD_MIN = 4, 3, 3
_LATIN = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,.")
_CYRILLIC = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_COLUMNS = ("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.", "1йфя2цыч3увс4кам5епи6нрт7гоь8шлб9щдю")
_ROWS = (*_LATIN, *_CYRILLIC, *_ALPHABETS, *_COLUMNS, "01234567890", "әіңғ", "үұқөһ")
_LINES = (*_ROWS, *(one[::-1] for one in _ROWS))
_OF_THIS_SERVICE = (
    *("birge", "бірге", "volunteer", "волонтер", "волонтёр", "ерікті", "kazakhstan"),
    *("қазақстан", "казахстан", "password", "пароль", "құпиясөз", "admin", "админ", "әкімші"),
)
_NUMBER = re.compile(r"(?:19|20)\d\d|[+(]?\d(?:[\s().-]{0,2}\d){5,}")
"""Years, days, and numbers of telephones and papers, as they are written down."""
_TO_CYRILLIC = str.maketrans(dict(zip("".join(_LATIN), "".join(_CYRILLIC), strict=True)))
_TO_LATIN = str.maketrans(dict(zip("".join(_CYRILLIC), "".join(_LATIN), strict=True)))
_TO_LETTERS = str.maketrans("013457@$!", "oieastasi")


def is_guessable(password: str, about: Iterable[str]) -> bool:
    """Whether too little is left once what is guessed first is set aside.

    `about` is what is known of its owner: the name, the login.
    """
    text = _folded(password)
    words = {*_words_of(about), *_OF_THIS_SERVICE, *_REGION_WORDS}
    return _length_guessed(text, words) < UNGUESSED_MIN


def _length_guessed(text: str, words: Iterable[str]) -> int:
    """The least number of pieces and single characters that make the text."""
    # A word that is typed with the other layout, or with digits for letters, is the same word.
    readings = [text, *(text.translate(one) for one in (_TO_CYRILLIC, _TO_LATIN, _TO_LETTERS))]
    known = [one for one in words if any(one in reading for reading in readings)]
    least = list(range(len(text) + 1))
    for at in range(len(text)):
        lengths = {len(one) for one in known if _begins(readings, at, one)}
        lengths |= {1, *_runs_at(text, at), *_repeated_at(text, at), *_number_at(text, at)}
        for length in lengths:
            least[at + length] = min(least[at + length], least[at] + 1)
    return least[-1]


def _begins(readings: Iterable[str], at: int, word: str) -> bool:
    return any(reading.startswith(word, at) for reading in readings)


def _runs_at(text: str, at: int) -> Iterator[int]:
    """The lengths of rows of keys, or of letters of the alphabet, that begin here."""
    for length in range(_RUN_MIN, len(text) - at + 1):
        if not any(text[at : at + length] in line for line in _LINES):
            return
        yield length


def _repeated_at(text: str, at: int) -> Iterator[int]:
    """The lengths of one sign again and again, or of what stood in the text before."""
    for length in range(_REPEATED_MIN, len(text) - at + 1):
        piece = text[at : at + length]
        if len(set(piece)) > 1 and text.find(piece, 0, at + length - 1) < 0:
            return
        yield length


def _number_at(text: str, at: int) -> Iterator[int]:
    if found := _NUMBER.match(text, at):
        yield len(found.group())


def _words_of(texts: Iterable[str]) -> list[str]:
    several = [word for one in texts for word in re.split(r"[\W_]+", _folded(one))]
    return [one for one in several if len(one) >= _WORD_MIN]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


_REGION_WORDS = frozenset(
    _words_of(
        name
        for one in REGIONS.values()
        for name in (one.names.kk, one.names.ru, one.names.en, *one.aliases)
    )
)
