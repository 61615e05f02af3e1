"""The words of each language for the files of an edition, read once in a process."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from birge_aggregator.pages.assembly import HERE as PAGES
from birge_common.web.pages.catalogues import texts_of
from birge_common.web.pages.formats import Formats
from birge_common.web.pages.languages import LANGUAGES, Language
from birge_common.web.pages.words import Words

HERE = Path(__file__).parent
CATALOGUES = (HERE / "locale", PAGES / "site" / "locale")


@cache
def words_in(language: Language) -> Words:
    """The texts of the files, and of the pages whose figures the files repeat."""
    return Words(language, texts_of(language, CATALOGUES), Formats(language))


def in_all_languages(said: Callable[[Words], str]) -> dict[str, str]:
    """The same in Kazakh, Russian and English."""
    return {language: said(words_in(language)) for language in LANGUAGES}
