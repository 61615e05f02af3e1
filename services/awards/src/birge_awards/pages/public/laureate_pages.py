"""The award as everybody sees it: what it is, and the laureates of each published cycle."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.handlers.laureates import PUBLISHED, Laureates, PublicLaureate
from birge_awards.pages.shell import Shell, Words
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.formats import ALMATY


@dataclass(frozen=True)
class Line:
    """A laureate as a page shows it."""

    nominee: str
    name: str
    category: str
    region: str
    place: int | None
    prize_tenge: int
    citation: str
    citation_language: str


def laureate_pages(shell: Shell) -> APIRouter:
    """`/awards`, `/awards/cycles/{cycle}/laureates` and one laureate's own address."""
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    laureates = Laureates(shell.desk.nominations, shell.desk.sittings)

    @router.get("/awards")
    async def awards(request: Request) -> Response:
        cycles = [one.value for one in await shell.desk.cycles.store.cycles()]
        now = shell.desk.clock.now()
        return shell.show(
            request,
            "public/awards.html",
            published=[one.id for one in cycles if one.stage in PUBLISHED],
            is_open=[one.id for one in cycles if one.takes_nominations(now)],
            is_running=[one.id for one in cycles if one.stage in _RUNNING],
        )

    @router.get("/awards/cycles/{cycle}/laureates")
    async def several(request: Request, cycle: str) -> Response:
        found = await laureates.published(cycle)
        _ = shell.words(request)
        lines = [_line(one, found, _) for one in await laureates.of(found)]
        assert found.decision is not None, "a published cycle was decided"
        assert found.appeals_until is not None, "and published at some moment"
        return shell.show(
            request,
            "public/laureates.html",
            cycle=found,
            national=[one for one in lines if one.place is not None],
            regional=_by_region([one for one in lines if one.place is None]),
            minutes=found.decision.minutes,
            until=found.appeals_until.astimezone(ALMATY).date(),
            is_term=shell.desk.clock.now() <= found.appeals_until,
        )

    @router.get("/awards/cycles/{cycle}/laureates/{nominee}")
    async def one(request: Request, cycle: str, nominee: str) -> Response:
        found = await laureates.published(cycle)
        own = [each for each in await laureates.of(found) if each.nominee == nominee]
        if not own:
            raise Refused("no_nomination", "There is no such laureate.")
        line = _line(own[0], found, shell.words(request))
        return shell.show(request, "public/laureate.html", cycle=found, line=line)

    return router


_RUNNING = (Stage.REGIONAL, Stage.NATIONAL, Stage.DECIDED)


def _line(one: PublicLaureate, cycle: Cycle, _: Words) -> Line:
    nomination = cycle.policy.nomination(one.nomination) if cycle.policy else None
    assert nomination is not None, "laureates are of the policy's categories"
    language = _.language if _.language in one.citation else next(iter(one.citation), "")
    return Line(
        one.nominee,
        one.name or _("Name withheld"),
        _.title(nomination.titles),
        _.place(one.region),
        one.place,
        one.prize_tenge,
        one.citation.get(language, ""),
        language,
    )


def _by_region(lines: Sequence[Line]) -> list[Line]:
    """In the order of the regions' names: no list here is one of volumes."""
    return sorted(lines, key=lambda line: (in_order(line.region), in_order(line.name)))
