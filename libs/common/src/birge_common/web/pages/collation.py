"""The order of names in lists: that of the Kazakh alphabet, in which every language here fits."""

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {letter: number for number, letter in enumerate(_ALPHABET)}
_CYRILLIC = 0x400


def in_order(name: str) -> tuple[tuple[int, int], ...]:
    """A sort key: Latin before Cyrillic, қ after к and not after я; capitals do not matter."""
    return tuple(
        (_CYRILLIC, _PLACES[letter]) if letter in _PLACES else (ord(letter), 0)
        for letter in name.casefold()
    )
