"""One jury as one of its members sees it: what every page of the room begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from birge_awards.domain.sitting.sitting import Sitting
from birge_awards.pages.fields import Field
from birge_awards.pages.shell import Shell, Words
from birge_awards.proceedings import Proceedings
from birge_common.access.people import Person
from birge_common.access.requirements import signed_in
from birge_common.web.pages.views import Row

SignedIn = Annotated[Person, Depends(signed_in())]


@dataclass(frozen=True)
class Room:
    """A member, the member's jury, and the reader's language."""

    held: Proceedings
    person: str
    words: Words

    @property
    def sitting(self) -> Sitting:
        """The jury's sitting as it stands."""
        return self.held.sitting.value

    @property
    def has_declared(self) -> bool:
        """Whether the member has said whom not to judge."""
        return self.person in self.sitting.declared

    @property
    def name(self) -> str:
        """Whose jury it is, and of which year."""
        return f"{self.words.panel(self.sitting.panel)}, {self.sitting.cycle}"

    @property
    def of_panel(self) -> str:
        """Where the jury's pages are."""
        return f"/awards/cycles/{self.sitting.cycle}/panels/{self.sitting.panel}"

    @property
    def address(self) -> str:
        """Where the member's own pages are."""
        return f"{self.of_panel}/seat"


@dataclass(frozen=True)
class Check:
    """The last page before a decision; texts are in the reader's language already.

    `rows` show what was given, `hidden` carries it; `fields` are still to be filled in.
    """

    title: str
    submit: str
    consequences: Sequence[str]
    back: str
    rows: Sequence[Row] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[Field] = ()
    minutes: str = ""
    """Where the minutes are read first, if this is about them."""
    do: str = "give"
    """What the form says that it wants, beside its fields."""
    can_change: bool = False
    """Whether what was given can be changed on the page before, which gets it back."""
    step_up: str = ""
    """Where the second factor is shown first, if it has to be, without losing what was typed."""


async def room_of(shell: Shell, request: Request, person: Person) -> Room:
    """The jury that the address names. Raises Refused for who is no member."""
    of = request.path_params
    held = await shell.reading.seat(of["cycle"], of["panel"], person.id)
    return Room(held, person.id, shell.words(request))


def show_check(
    shell: Shell,
    request: Request,
    room: Room,
    check: Check,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The check page; with errors, what was typed is still there."""
    return shell.show(
        request,
        "jury/check.html",
        409 if errors else 200,
        room=room,
        check=check,
        typed=typed or {},
        errors=errors or {},
        action=request.url.path,
    )
