"""Steps that change a publication for good: each first shows what will happen, and to whom."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.domain.publication.publication import (
    Approve,
    FreezeAnew,
    Publication,
    Refused,
    SendBack,
    Withdraw,
)
from birge_aggregator.pages.desk.room import (
    HOME,
    Reader,
    Room,
    address_of,
    leads_to,
    moment_of,
    typed_in,
)
from birge_aggregator.pages.site.periods import period_name
from birge_aggregator.publications import Kept
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Row
from birge_common.web.pages.words import Words

Does = Callable[[Room, Person, str, Mapping[str, str]], Awaitable[Publication]]


@dataclass(frozen=True)
class Action:
    """A step: its title, what follows from it, how it is done, which field it asks for.

    `undo` says how it is taken back, where that can be done.
    """

    title: str
    consequences: tuple[str, ...]
    does: Does
    field: str = ""
    undo: str = ""


async def _check(room: Room, person: Person, name: str, typed: Mapping[str, str]) -> Publication:
    return await room.desk.check(person, name)


async def _freeze(room: Room, person: Person, name: str, typed: Mapping[str, str]) -> Publication:
    return await room.desk.does(person, name, FreezeAnew())


async def _approve(room: Room, person: Person, name: str, typed: Mapping[str, str]) -> Publication:
    try:
        moment = moment_of(typed.get("moment", ""))
    except ValueError as error:
        raise Refused("past", "That is no moment.") from error
    return await room.desk.does(person, name, Approve(moment))


async def _send_back(
    room: Room, person: Person, name: str, typed: Mapping[str, str]
) -> Publication:
    return await room.desk.does(person, name, SendBack(typed.get("reason", "")))


async def _withdraw(room: Room, person: Person, name: str, typed: Mapping[str, str]) -> Publication:
    return await room.desk.does(person, name, Withdraw(typed.get("reason", "")))


ACTIONS: Mapping[str, Action] = {
    "check": Action(
        N_("Check the publication"),
        (
            N_("Nobody can write its words any more, and its figures stay as they are."),
            N_("One hash is fixed over every answer and every word."),
            N_("Somebody who neither wrote nor checked it can then approve it."),
        ),
        _check,
        undo=N_("Until it is out it can be sent back to its writers."),
    ),
    "freeze": Action(
        N_("Take the figures anew"),
        (
            N_("The figures frozen before are dropped; words stay."),
            N_("The figures of now are frozen, and the checklist runs again."),
        ),
        _freeze,
    ),
    "approve": Action(
        N_("Approve the publication"),
        (
            N_("It comes out for everybody, in three languages at one moment."),
            N_("What is out never changes; a correction is a new edition that says what changed."),
        ),
        _approve,
        "moment",
        N_("Until that moment it can be sent back to its writers; afterwards it cannot be undone."),
    ),
    "return": Action(
        N_("Send it back to its writers"),
        (N_("It is a draft again; it has to be checked and approved anew."),),
        _send_back,
        "reason",
        N_("It can be checked and approved again at any time."),
    ),
    "withdraw": Action(
        N_("Withdraw the publication"),
        (N_("The draft is given up for good; its number is not used again."),),
        _withdraw,
        "reason",
    ),
}


def action_pages(room: Room) -> APIRouter:
    """`/desk/publications/{publication}/{action}` for each of `ACTIONS`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    for name, action in ACTIONS.items():
        _add(router, room, name, action)
    return router


def _add(router: APIRouter, room: Room, name: str, action: Action) -> None:
    path = f"{HOME}/{{publication}}/{name}"

    def page(
        request: Request,
        kept: Kept,
        typed: Mapping[str, str],
        errors: Mapping[str, str],
        status: int,
    ) -> Response:
        words, publication = room.words(request), kept.publication.id
        return room.show(
            request,
            "desk/action.html",
            status,
            title=words(action.title),
            undo=words(action.undo) if action.undo else "",
            facts=_facts(words, kept.publication),
            consequences=[words(one) for one in action.consequences],
            field=action.field,
            typed=typed,
            errors=errors,
            publication=publication,
            action=f"{address_of(publication)}/{name}",
            back=address_of(publication),
        )

    @router.get(path)
    async def ask(request: Request, publication: str, person: Reader) -> Response:
        return page(request, await room.desk.read_one(person, publication), {}, {}, 200)

    @router.post(path)
    async def do(request: Request, publication: str, person: Reader) -> Response:
        typed = await typed_in(request)
        try:
            await action.does(room, person, publication, typed)
        except Refused as refused:
            errors = {action.field or "action": room.why(request, refused)}
            kept = await room.desk.read_one(person, publication)
            return page(request, kept, typed, errors, 409)
        return leads_to(address_of(publication))


def _facts(words: Words, publication: Publication) -> list[Row]:
    """What the step is about, so that nobody takes it for another one."""
    _, freeze = words, publication.freeze
    rows = [
        Row(_("Period"), period_name(words, publication.period)),
        Row(_("Edition"), str(publication.number)),
    ]
    if freeze is not None:
        rows.append(Row(_("Figures as of"), _.formats.moment(freeze.counted_at)))
    if publication.content_hash is not None:
        rows.append(Row(_("Hash of all it holds"), publication.content_hash))
    return rows
