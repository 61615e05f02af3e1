"""Finds texts that a language lacks, mistakes, or that nobody uses any more."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.plurals import get_plural

from birge_common.web.pages.catalogues import TRANSLATED, catalogue_in
from birge_common.web.pages.languages import Language

_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "plural": (1, 2)}
_METHODS = [("**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
_OPTIONS = {"**.html": {"silent": "false", "trimmed": "false"}}
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)s|%[^(]")
Text: TypeAlias = str | tuple[str, ...]


def untranslated(sources: Sequence[Path], catalogues: Sequence[Path]) -> list[str]:
    """What is wrong, one sentence each; nothing, where every text is there in kk and ru.

    `sources` are files and folders of templates and Python code, `catalogues` folders of
    `kk.po` and `ru.po`, which together hold exactly the texts of the sources.
    """
    used = {text for source in sources for text in texts_in(source)}
    return [
        fault
        for language in TRANSLATED
        for fault in _faults(used, language, [catalogue_in(f, language) for f in catalogues])
    ]


def texts_in(source: Path) -> set[Text]:
    """Every text that a template or module of this folder gives to gettext."""
    if source.is_dir():
        found = extract_from_dir(source, _METHODS, _OPTIONS, keywords=_KEYWORDS)
        return {text for _, _, text, _, _ in found}
    method = "python" if source.suffix == ".py" else "jinja2.ext.babel_extract"
    return {text for _, text, _, _ in extract_from_file(method, source, keywords=_KEYWORDS)}


def _faults(used: set[Text], language: Language, catalogues: Sequence[Catalog]) -> Iterator[str]:
    written = {_key(each): each for catalogue in catalogues for each in catalogue if each.id}
    for text in sorted(used - set(written), key=str):
        yield f"{language}: lacks {text!r}"
    for text in sorted(set(written) - used, key=str):
        yield f"{language}: nobody uses {text!r}"
    for catalogue in catalogues:
        if catalogue.plural_forms != get_plural(language).plural_forms:
            yield f"{language}: plural forms should be {get_plural(language).plural_forms!r}"
        for message in catalogue:
            if message.id:
                yield from _faults_of(message, catalogue, language)


def _faults_of(message: Message, catalogue: Catalog, language: Language) -> Iterator[str]:
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
    if message.fuzzy or not all(forms):
        yield f"{language}: lacks {_key(message)!r}"
        return
    if isinstance(message.id, tuple) and len(forms) != catalogue.num_plurals:
        yield f"{language}: lacks plural forms of {_key(message)!r}"
    wanted = _placeholders(message.id if isinstance(message.id, str) else message.id[-1])
    for form in forms:
        if _placeholders(form) != wanted:
            yield f"{language}: other placeholders in {form!r}"


def _key(message: Message) -> Text:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))
