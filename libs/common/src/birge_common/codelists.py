"""Code lists as data: each code with its names in three languages and the aliases files use."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Protocol


@dataclass(frozen=True)
class Names:
    """What people read, in Kazakh, Russian and English."""

    kk: str
    ru: str
    en: str


@dataclass(frozen=True)
class Term:
    """One code of a list."""

    code: str
    names: Names
    aliases: tuple[str, ...] = ()


class Named(Protocol):
    """Anything with a code, names and aliases."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def names(self) -> Names: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102


def rows_of(list_name: str) -> list[dict[str, str]]:
    """The rows of a committed list, in its order."""
    text = (files("birge_common") / "data" / f"{list_name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def names_from(row: Mapping[str, str]) -> Names:
    """The three names of a row."""
    return Names(kk=row["name_kk"], ru=row["name_ru"], en=row["name_en"])


def aliases_from(row: Mapping[str, str]) -> tuple[str, ...]:
    """The other spellings seen in documents."""
    return tuple(alias for alias in row["aliases"].split("|") if alias)


def folded(text: str) -> str:
    """A spelling without what people write differently: case, spaces, ё, quotation marks."""
    composed = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return re.sub(r"[\s«»\"'.]+", " ", composed).strip()


def codes_by_spelling(terms: Iterable[Named]) -> Mapping[str, str]:
    """Every code, name and alias, folded, with its code; an alias never hides a name."""
    listed = list(terms)
    found: dict[str, str] = {}
    for term in listed:
        for spelling in (term.code, term.names.kk, term.names.ru, term.names.en):
            found[folded(spelling)] = term.code
    for term in listed:
        for spelling in term.aliases:
            found.setdefault(folded(spelling), term.code)
    return MappingProxyType(found)


def _terms(list_name: str) -> Mapping[str, Term]:
    rows = rows_of(list_name)
    return MappingProxyType(
        {row["code"]: Term(row["code"], names_from(row), aliases_from(row)) for row in rows}
    )


DIRECTIONS = _terms("directions")
FORMATS = _terms("formats")
CATEGORIES = _terms("categories")
LAYERS = _terms("layers")
SUPPORT_KINDS = _terms("support_kinds")
EXCLUSION_REASONS = _terms("exclusion_reasons")

# `silver` has a grant of its own, but it is a category of participants and no direction.
GRANT_DIRECTIONS = tuple(row["code"] for row in rows_of("directions") if row["grant"] == "yes")

_SPELLINGS = {
    name: codes_by_spelling(terms.values())
    for name, terms in (
        ("direction", DIRECTIONS),
        ("format", FORMATS),
        ("category", CATEGORIES),
    )
}


def direction_of_alias(text: str) -> str | None:
    """The direction that a file means by this text."""
    return _SPELLINGS["direction"].get(folded(text))


def format_of_alias(text: str) -> str | None:
    """The format that a file means by this text."""
    return _SPELLINGS["format"].get(folded(text))


def category_of_alias(text: str) -> str | None:
    """The category of participants that a file means by this text."""
    return _SPELLINGS["category"].get(folded(text))
