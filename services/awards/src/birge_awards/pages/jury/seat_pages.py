"""Serves where a member begins: every jury of theirs, and one jury's steps."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.pages.jury.room import Room, SignedIn, room_of
from birge_awards.pages.jury.seat_tasks import SeatTasks
from birge_awards.pages.shell import Shell
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Task

DONE: Mapping[str, str] = {
    "declared": N_("Your declaration is kept. Next you are given nominees to read."),
    "recused": N_("You do not judge this nominee any more."),
    "voted": N_("Your vote is kept; the members see it."),
    "decided": N_("Your word is kept."),
    "signed": N_("You have signed the minutes."),
}


def seat_pages(shell: Shell) -> APIRouter:
    """`/awards/seats` and the seat in one jury."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    async def tasks_of(room: Room) -> list[Task]:
        waiting = await shell.reading.results.waiting(room.held)
        return SeatTasks(room, shell.desk.clock.now(), waiting).all()

    @router.get("/awards/seats")
    async def seats(request: Request, person: SignedIn) -> Response:
        rooms = [
            Room(held, person.id, shell.words(request))
            for cycle in await shell.desk.cycles.store.cycles()
            for held in await shell.reading.seats(cycle.value.id, person.id)
        ]
        lists = [(room, await tasks_of(room)) for room in rooms]
        return shell.show(request, "jury/seats.html", lists=lists)

    @router.get("/awards/cycles/{cycle}/panels/{panel}/seat")
    async def seat(request: Request, person: SignedIn) -> Response:
        room = await room_of(shell, request, person)
        done = DONE.get(request.query_params.get("done", ""), "")
        return shell.show(
            request,
            "jury/seat.html",
            room=room,
            tasks=await tasks_of(room),
            done=room.words(done) if done else "",
        )

    return router
