"""The codes that stand in the tables, with what people call them."""

from collections.abc import Iterator, Mapping

from birge_common.codelists import CATEGORIES, DIRECTIONS, FORMATS, LAYERS, SUPPORT_KINDS, Named
from birge_common.regions import COUNTRY, COUNTRY_NAMES, REGIONS

HEADS = ("list", "code", "kk", "ru", "en")
_LISTS: Mapping[str, Mapping[str, Named]] = {
    "region": REGIONS,
    "direction": DIRECTIONS,
    "layer": LAYERS,
    "format": FORMATS,
    "category": CATEGORIES,
    "support": SUPPORT_KINDS,
}


def code_names() -> Iterator[tuple[str, str, str, str, str]]:
    """Each code with the column it stands in and its names in three languages."""
    yield "region", COUNTRY, COUNTRY_NAMES.kk, COUNTRY_NAMES.ru, COUNTRY_NAMES.en
    for column, terms in _LISTS.items():
        for code, term in terms.items():
            yield column, code, term.names.kk, term.names.ru, term.names.en
