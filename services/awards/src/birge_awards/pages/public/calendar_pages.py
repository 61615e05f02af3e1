"""The calendar of an award: what is due when, what is overdue, as a page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.domain.cycle.policy import DUE
from birge_awards.pages.shell import Shell, Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.formats import ALMATY

DEADLINES = dict(
    zip(
        DUE,
        (
            N_("Last day of nominations"),
            N_("Last day of the regional stage"),
            N_("Last day of the national stage"),
            N_("Laureates are published"),
        ),
        strict=True,
    )
)
_ORDER = tuple(Stage)
State = Literal["past", "overdue", "ahead"]


@dataclass(frozen=True)
class Deadline:
    """A day of the policy, in the time of the region that works."""

    name: str
    stage: str
    day: date
    state: State


def calendar_pages(shell: Shell) -> APIRouter:
    """`/awards/cycles/{cycle}/calendar`, and the same as iCalendar (RFC 5545)."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    async def of(request: Request, cycle: str) -> list[Deadline]:
        found = await shell.desk.cycles.store.cycle(cycle)
        if found is None or found.value.stage == Stage.DRAFT:
            raise Refused("no_cycle", "There is no such award, or its rules are being written.")
        today = shell.desk.clock.now().astimezone(ALMATY).date()
        return list(deadlines_of(found.value, today, shell.words(request)))

    @router.get("/awards/cycles/{cycle}/calendar")
    async def page(request: Request, cycle: str) -> Response:
        deadlines = await of(request, cycle)
        return shell.show(request, "public/calendar.html", cycle=cycle, deadlines=deadlines)

    @router.get("/awards/cycles/{cycle}/calendar.ics")
    async def file(request: Request, cycle: str) -> Response:
        text = icalendar(cycle, await of(request, cycle))
        disposition = f'attachment; filename="awards-{cycle}.ics"'
        return Response(
            text,
            media_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": disposition},
        )

    return router


def deadlines_of(cycle: Cycle, today: date, _: Words) -> Iterator[Deadline]:
    """The days of the policy in their order; one is overdue while its stage still goes on."""
    due = cycle.due
    for stage, name in DEADLINES.items():
        if stage in due:
            yield Deadline(_(name), stage, due[stage], _state(cycle, stage, due[stage], today))


def _state(cycle: Cycle, stage: str, day: date, today: date) -> State:
    if _ORDER.index(cycle.stage) > _ORDER.index(Stage(stage)):
        return "past"
    return "overdue" if today > day else "ahead"


def icalendar(cycle: str, deadlines: list[Deadline]) -> str:
    """Whole days, which no calendar moves to another zone's; the same ids on every download."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Birge//Awards//EN"]
    for one in deadlines:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{cycle}-{one.stage}@birge.kz",
            f"DTSTAMP:{one.day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.name)}: {cycle}",
            "END:VEVENT",
        ]
    return "\r\n".join([*map(_folded, lines), "END:VCALENDAR", ""])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """No line is longer than 75 octets (RFC 5545, 3.1), and no letter is cut in two."""
    folded, length = "", 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > 75:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + letter, length + octets
    return folded
