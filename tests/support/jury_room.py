"""A jury whose members come by pages: what each of them sees, and the forms that they send."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

import httpx

from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.jury.conflicts import Kind
from birge_awards.domain.sitting.commands import AddMember, AssignReviews, CloseScoring, Declare
from birge_awards.domain.sitting.sitting import Juror, Sitting
from birge_awards.ports import Caller
from birge_awards.proceedings import Proceedings
from birge_common.access.people import Role
from birge_common.access.requirements import CSRF_FIELD
from tests.support.awards_api import ApiHouse, of, person
from tests.support.awards_house import MANAGER
from tests.unit.awards.cycle.building import POLICY

PANEL = "KZ-11"
OF_PANEL = f"/awards/cycles/2026/panels/{PANEL}"
SEAT = f"{OF_PANEL}/seat"
JURORS = ("j-1", "j-2", "j-3", "j-4")
TEXT = "Cleans the river every week."
TEXTS = {"kk": "Еңбегі үшін.", "ru": "За труд.", "en": "For the work."}


@dataclass(frozen=True)
class Seen:
    """A page as somebody sees it."""

    status: int
    html: str
    leads_to: str

    @property
    def text(self) -> str:
        """The words alone, with single spaces."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    @property
    def title(self) -> str:
        """The first heading."""
        [title] = re.findall(r"<h1>(.*?)</h1>", self.html, re.DOTALL)
        return unescape(title)

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [unescape(one) for one in re.findall(r'href="([^"]*)"', self.html)]

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the last form."""
        form = self.html.rpartition("<form")[2]
        found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
        return {name: unescape(value) for name, value in found if name != CSRF_FIELD}


@dataclass
class JuryRoom:
    """A region's jury of four over three nominees, under any policy."""

    policy: Policy = POLICY
    api: ApiHouse = field(default_factory=ApiHouse)
    nominees: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.api.knows(
            *(person(one, of(Role.JUROR, PANEL)) for one in (*JURORS, "stranger")),
            person("manager", of(Role.AWARD_MANAGER)),
            person("auditor", of(Role.AUDITOR)),
            person("south", of(Role.REGIONAL_MANAGER, "KZ-71")),
        )

    async def opens(self, nominees: int = 3, jurors: Sequence[str] = JURORS) -> None:
        """Up to the moment when members declare."""
        house = self.api.house
        await house.opens_nominations(policy=self.policy)
        for number in range(1, nominees + 1):
            name = await house.receives(number)
            self.nominees.append(name)
            text = f"A blind text of number {number}."
            await house.nominations.set_blind_text(name, text, MANAGER)
        await house.opens_regional_stage()
        await house.appoints(PANEL, jurors)
        await house.sittings.open_declarations("2026", PANEL, MANAGER)

    async def declares(self, juror: str, *conflicts: str) -> None:
        """A member declares conflicts with these nominees."""
        command = Declare(dict.fromkeys(conflicts, Kind.OTHER))
        await self.api.house.sittings.does("2026", PANEL, command, Caller(juror))

    async def comes_later(self, juror: str, *, declares: bool = True) -> None:
        """A member who is appointed while others score, and has nothing to read."""
        self.api.knows(person(juror, of(Role.JUROR, PANEL)))
        member = AddMember(Juror(juror, "KZ", PANEL))
        await self.api.house.sittings.does("2026", PANEL, member, MANAGER)
        if declares:
            await self.declares(juror)

    async def assigns(self) -> None:
        """All have declared and are given nominees to read."""
        sittings = self.api.house.sittings
        for juror in (await self.sitting()).members:
            if juror.person not in (await self.sitting()).declared:
                await self.declares(juror.person)
        ends_at = self.api.house.clock.now() + timedelta(days=7)
        await sittings.does("2026", PANEL, AssignReviews("drawn", ends_at), MANAGER)

    async def scores(self, marks: Mapping[str, int]) -> None:
        """Every sheet is submitted, and scoring is closed."""
        held = await self.held()
        for nominee in self.nominees:
            for juror in held.sitting.value.readers_of(nominee):
                await self.api.house.scores(held, nominee, juror, marks[nominee])
        await self.api.house.sittings.does("2026", PANEL, CloseScoring(), MANAGER)

    async def proposes(self, laureate: str) -> None:
        """The result goes to be signed."""
        citations = {laureate: TEXTS}
        await self.api.house.sittings.propose("2026", PANEL, citations, MANAGER)

    async def held(self) -> Proceedings:
        """The jury with its sheets."""
        return await self.api.house.sittings.load("2026", PANEL, MANAGER.scope)

    async def sitting(self) -> Sitting:
        """The jury as it stands."""
        return (await self.held()).sitting.value

    async def sees(self, who: str, path: str, *, language: str = "en") -> Seen:
        """A page that somebody opens."""
        return _seen(await self.api.opens(who, path, language=language))

    async def sends(
        self, who: str, path: str, form: Mapping[str, str], *, steps_up: bool = True
    ) -> Seen:
        """A form that somebody sends, a moment after showing the second factor or long after."""
        return _seen(await self.api.posts(who, path, form, steps_up=steps_up))


def _seen(answer: httpx.Response) -> Seen:
    return Seen(answer.status_code, answer.text, answer.headers.get("location", ""))


async def a_room(policy: Policy = POLICY, *, scoring: bool = False) -> JuryRoom:
    """A jury that declares, or that scores already."""
    room = JuryRoom(policy)
    await room.opens()
    if scoring:
        await room.assigns()
    return room
