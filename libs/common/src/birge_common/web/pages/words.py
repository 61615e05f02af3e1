"""How a page's code says things in the reader's language: texts, names of code lists, formats."""

from collections.abc import Mapping
from dataclasses import dataclass

from birge_common.codelists import Names
from birge_common.regions import COUNTRY, COUNTRY_NAMES, REGIONS
from birge_common.web.pages.catalogues import Texts
from birge_common.web.pages.formats import Formats
from birge_common.web.pages.languages import Language


@dataclass(frozen=True)
class Words:
    """One language: name it `_` and call it, so that its texts are found in the code."""

    language: Language
    texts: Texts
    formats: Formats

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, with `%(name)s` replaced by values."""
        return self.texts(text, **values)

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that the count takes; `%(num)s` is the count."""
        return self.texts.plural(one, many, count, **values)

    def of(self, names: Names) -> str:
        """A name of a code list."""
        return str(getattr(names, self.language))

    def region(self, code: str) -> str:
        """A region's name, or the country's."""
        return self.of(COUNTRY_NAMES if code == COUNTRY else REGIONS[code].names)

    def title(self, titles: Mapping[str, str]) -> str:
        """A text that is given in the three languages."""
        return titles[self.language]
