"""Where the site's pages are; the only place that knows which of them belong to an edition."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from birge_aggregator.editions import Edition
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.languages import PARAMETER
from birge_common.web.pages.words import Words

SECTIONS = (
    (N_("Country"), "/"),
    (N_("Regions"), "/regions"),
    (N_("Directions"), "/directions"),
    (N_("Representedness"), "/representedness"),
    (N_("Economy"), "/economy"),
    (N_("Inquiries"), "/inquiries"),
    (N_("Findings"), "/findings"),
    (N_("Publications"), "/publications"),
    (N_("Open data"), "/data"),
)
"""What the navigation names, in its order."""

_OF_ALL_EDITIONS = frozenset({"/publications", "/data"})
"""Pages that speak of every edition, so that they have one address only."""


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; `is_current` also for the pages below it."""

    title: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Links:
    """Addresses of one reader, who stays in the edition whose permanent address was opened."""

    edition: Edition
    is_permanent: bool

    @property
    def root(self) -> str:
        """What the permanent addresses of this edition begin with."""
        return f"/publications/{self.edition.id}"

    def to(self, path: str) -> str:
        """The address of a page, such as `/regions/KZ-71`, in the edition that is read."""
        return self.permanent(path) if self.is_permanent else path

    def permanent(self, path: str) -> str:
        """The address at which the page says the same for ever."""
        if path in _OF_ALL_EDITIONS:
            return path
        return self.root if path == "/" else self.root + path

    def here(self, address: str, query: str) -> str:
        """The permanent address of the page that is read, its language left open."""
        kept = [pair for pair in parse_qsl(query) if pair[0] != PARAMETER]
        permanent = self.permanent(self.plain(address))
        return f"{permanent}?{urlencode(kept)}" if kept else permanent

    def plain(self, address: str) -> str:
        """The path of an address without its edition."""
        return address.removeprefix(self.root) or "/"

    def places(self, words: Words, address: str) -> list[Place]:
        """The navigation as the page at that address shows it."""
        path = self.plain(address)
        return [
            Place(words(title), self.to(to), path == to or path.startswith(f"{to}/"))
            for title, to in SECTIONS
        ]
