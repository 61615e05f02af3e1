"""Reads the texts of each language from `.po` files, which are what translators edit."""

from collections.abc import Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from birge_common.web.pages.languages import Language

TRANSLATED: tuple[Language, ...] = ("kk", "ru")
"""English is the language of the texts in the code, so it has no catalogue."""


class Texts:
    """The texts of one language: call it as `_`, so that its texts are found in the code."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, with `%(name)s` replaced by values."""
        return self.translations.gettext(text) % values

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that the count takes in this language; `%(num)s` is the count."""
        return self.translations.ngettext(one, many, count) % {"num": count, **values}

    def has(self, text: str) -> bool:
        """Whether this language says the text in words of its own."""
        return self.translations.gettext(text) != text


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text that is translated later, where the reader's language is known."""
    return text


def texts_of(language: Language, folders: Sequence[Path]) -> Texts:
    """The texts of all folders' `<language>.po`; of a text in two folders the first one counts."""
    translations = NullTranslations()
    if language in TRANSLATED:
        for folder in folders:
            translations.add_fallback(_compiled(catalogue_in(folder, language)))
    return Texts(translations)


def catalogue_in(folder: Path, language: Language) -> Catalog:
    """The folder's catalogue, which has to be there for each language that is translated."""
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _compiled(catalogue: Catalog) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
