"""Publications on the desk: all of them, and one as a list of what is done and whose turn it is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_aggregator.desk import Begin
from birge_aggregator.domain.publication.checklist import ERROR, Note
from birge_aggregator.domain.publication.publication import (
    OPEN,
    OUT,
    Approve,
    Check,
    Publication,
    Refused,
    State,
    own_notes,
)
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.pages.desk.room import HOME, Reader, Room, address_of, leads_to, typed_in
from birge_aggregator.pages.desk.sentences import OF_FINDINGS, STATES, STEPS, note_in_words
from birge_aggregator.publications import Kept
from birge_common.access.people import Person
from birge_common.regions import REGIONS
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Task
from birge_common.web.pages.words import Words


def publication_pages(room: Room) -> APIRouter:
    """`/desk/publications`, and `/desk/publications/{publication}`."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    async def listed(
        request: Request,
        person: Person,
        errors: Mapping[str, str] | None = None,
        status: int = 200,
        period: str = "",
    ) -> Response:
        kept = await room.desk.read(person)
        return room.show(
            request,
            "desk/publications.html",
            status,
            publications=[(one.publication, STATES[one.publication.state]) for one in kept],
            may_begin=room.desk.may(person, Begin),
            errors=errors or {},
            period=period,
        )

    @router.get(HOME)
    async def several(request: Request, person: Reader) -> Response:
        return await listed(request, person)

    @router.post(HOME)
    async def begin(request: Request, person: Reader) -> Response:
        period = (await typed_in(request)).get("period", "")
        try:
            begun = await room.desk.begin(person, period)
        except Refused as refused:
            errors = {"period": room.why(request, refused)}
            return await listed(request, person, errors, 409, period)
        return leads_to(address_of(begun.id))

    @router.get(f"{HOME}/{{publication}}")
    async def one(request: Request, publication: str, person: Reader) -> Response:
        kept = await room.desk.read_one(person, publication)
        words = room.words(request)
        first = await room.desk.publications.is_first(kept.publication)
        return room.show(
            request,
            "desk/publication.html",
            kept=kept,
            state=STATES[kept.publication.state],
            tasks=list(_tasks(words, room, person, kept, is_first=first)),
            is_at_work=_is_at_work(kept),
            step=_step(words, kept),
            notes=[
                (
                    one.importance == ERROR,
                    note_in_words(words, one),
                    f"/publications/{publication}/findings" if one.code in OF_FINDINGS else "",
                )
                for one in _notes(kept.publication, is_first=first)
            ],
            regions=_regions(words, kept.publication),
            actions=_actions(room, person, kept.publication, is_first=first),
            address=address_of(publication),
            is_out=kept.publication.state in OUT,
            may_be_seen=kept.publication.state in OPEN and kept.publication.freeze is not None,
        )

    return router


def _notes(publication: Publication, *, is_first: bool) -> list[Note]:
    of_figures = publication.freeze.notes if publication.freeze else ()
    if publication.state not in OPEN:
        return list(of_figures)
    return [*of_figures, *own_notes(publication, is_first=is_first)]


def _is_at_work(kept: Kept) -> bool:
    """Whether the publisher is at it, so that the page looks again by itself."""
    publication = kept.publication
    is_freezing = publication.state == State.DRAFT and publication.freeze is None
    return is_freezing or publication.state == State.APPROVED


def _step(words: Words, kept: Kept) -> str:
    if kept.progress is None or not _is_at_work(kept):
        return ""
    share = words.formats.percent(kept.progress.done / kept.progress.total, 0)
    return f"{words(STEPS[kept.progress.step])}: {share}"


def _tasks(
    words: Words, room: Room, person: Person, kept: Kept, *, is_first: bool
) -> Iterator[Task]:
    _, publication = words, kept.publication
    address = address_of(publication.id)
    errors = [one for one in _notes(publication, is_first=is_first) if one.importance == ERROR]
    is_frozen = publication.freeze is not None
    yield Task(
        _("Figures are frozen"),
        "done" if is_frozen else "waiting",
        waits_for=_("the publisher, some seconds to a minute"),
    )
    yield Task(
        _("Nothing of the checklist keeps it back"),
        "done" if is_frozen and not errors else "waiting",
        waits_for=_.plural("%(num)s error", "%(num)s errors", len(errors)),
    )
    yield _turn(
        room,
        person,
        Check,
        Task(
            _("Checked: nobody writes any more"),
            "later",
            f"{address}/check",
            waits_for=_("an editor"),
        ),
        is_done=publication.checked is not None,
        is_due=publication.state == State.DRAFT and is_frozen and not errors,
    )
    yield _turn(
        room,
        person,
        Approve,
        Task(
            _("Approved by somebody who neither wrote nor checked it"),
            "later",
            f"{address}/approve",
            waits_for=_("an approver"),
        ),
        is_done=publication.approved is not None,
        is_due=publication.state == State.CHECKED,
    )
    moment = _.formats.moment(publication.publish_at) if publication.publish_at else ""
    yield Task(
        _("Published"),
        "done" if publication.state in OUT else "waiting" if moment else "later",
        waits_for=_("its files, and %(moment)s", moment=moment),
    )


def _turn(
    room: Room, person: Person, command: type, task: Task, *, is_done: bool, is_due: bool
) -> Task:
    state = "done" if is_done else "waiting" if is_due else "later"
    if state == "waiting" and room.desk.may(person, command):
        state = "yours"
    address = task.address if state == "yours" else ""
    return replace(task, state=state, address=address)  # type: ignore[arg-type]


def _regions(words: Words, publication: Publication) -> list[tuple[str, str, bool]]:
    """Code, name, and whether there is a commentary: the country first, then by name."""
    codes = sorted(REGIONS, key=lambda code: in_order(words.region(code)))
    return [
        (code, words.region(code), code in publication.commentary) for code in (COUNTRY, *codes)
    ]


def _actions(
    room: Room, person: Person, publication: Publication, *, is_first: bool
) -> dict[str, bool]:
    """Which steps this person may take now, by the address of their page."""
    may, state = room.desk.may, publication.state
    is_editor = may(person, Begin)
    is_draft = state == State.DRAFT
    return {
        "check": is_draft and publication.freeze is not None and is_editor,
        "freeze": is_draft and publication.freeze is not None and is_editor,
        "change-note": is_draft and is_editor and not is_first,
        "approve": state == State.CHECKED and may(person, Approve),
        "return": state in (State.CHECKED, State.APPROVED) and (is_editor or may(person, Approve)),
        "withdraw": state in OPEN and (is_editor or may(person, Approve)),
    }
