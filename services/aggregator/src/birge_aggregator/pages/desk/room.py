"""What every page of the desk is made with: pages, the desk, and who is asking."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from birge_aggregator.desk import READERS, Desk
from birge_aggregator.domain.publication.publication import Refused
from birge_aggregator.pages.desk.sentences import refusal_in_words
from birge_common.access.people import Person
from birge_common.access.requirements import signed_in
from birge_common.web.pages.formats import ALMATY
from birge_common.web.pages.languages import language_of
from birge_common.web.pages.rendering import Pages
from birge_common.web.pages.words import Words

HOME = "/desk/publications"
Reader = Annotated[Person, Depends(signed_in(*READERS))]


@dataclass(frozen=True)
class Room:
    """Pages over the desk."""

    pages: Pages
    desk: Desk

    def words(self, request: Request) -> Words:
        """How things are said in the reader's language."""
        language = language_of(request)
        return Words(language, self.pages.text_in(language), self.pages.formats_in(language))

    def show(self, request: Request, template: str, status: int = 200, /, **view: Any) -> Response:
        """A page of somebody's own, which no cache keeps."""
        headers = {"Cache-Control": "no-store"}
        words = self.words(request)
        return self.pages.render(request, template, status, headers, words=words, **view)

    def why(self, request: Request, refused: Refused) -> str:
        """What to do about a refusal, for the page that is shown again with what was typed."""
        return refusal_in_words(self.words(request), refused.code)


def address_of(publication: str) -> str:
    """The page of a publication on the desk."""
    return f"{HOME}/{quote(publication)}"


def leads_to(address: str) -> Response:
    """After a form: a page that can be loaded again."""
    return RedirectResponse(address, 303)


async def typed_in(request: Request) -> dict[str, str]:
    """The texts of a form."""
    form = await request.form(max_files=0, max_fields=20, max_part_size=100_000)
    return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def moment_of(text: str) -> datetime | None:
    """A day and time as browsers send them, in Kazakhstan's time; None where left empty.

    Raises ValueError where it is none.
    """
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY) if text else None
