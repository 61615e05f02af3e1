"""What every page of the awards is made with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse

from birge_awards.desk import Desk
from birge_awards.domain.sitting.sitting import COMMISSION
from birge_awards.handlers.reading import Reading
from birge_common.access.people import Grant, Person
from birge_common.web.pages import words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.languages import language_of
from birge_common.web.pages.rendering import Pages


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited: the id to appoint them by, and the address to send them."""

    person: str
    address: str


class People(Protocol):
    """What the pages ask of whoever keeps accounts."""

    async def names(self, ids: Collection[str]) -> Mapping[str, str]:
        """The names of people, by id."""
        ...

    async def holding(self, grant: Grant) -> Mapping[str, str]:
        """The names of all who hold this role in each of these regions, by id."""
        ...

    async def invite(self, by: Person, name: str, grant: Grant) -> Invited:
        """Reserve an id and make a link that works once. Raises Forbidden."""
        ...


THE_COMMISSION = N_("National and international commission")


@dataclass(frozen=True)
class Shell:
    """Pages, and what is behind them."""

    pages: Pages
    desk: Desk
    reading: Reading
    people: People

    def words(self, request: Request) -> "Words":
        """How things are said in the reader's language."""
        language = language_of(request)
        return Words(language, self.pages.text_in(language), self.pages.formats_in(language))

    def show(
        self, request: Request, template: str, status: int = 200, /, **view: Any
    ) -> HTMLResponse:
        """A page in the reader's language."""
        return self.pages.render(request, template, status, words=self.words(request), **view)


class Words(words.Words):
    """What the pages of the awards say besides."""

    def place(self, code: str | None) -> str:
        """A region's name; what is in none is from abroad."""
        return self.region(code) if code else self(N_("Abroad"))

    def panel(self, panel: str) -> str:
        """Whose jury it is."""
        return self(THE_COMMISSION) if panel == COMMISSION else self.region(panel)
