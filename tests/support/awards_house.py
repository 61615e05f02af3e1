"""The awards over any store, with people who nominate, judge and sign: whole cycles in a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from birge_awards.domain.cycle.commands import (
    FormCommission,
    OpenNationalStage,
    OpenNominations,
    OpenRegionalStage,
    SetPolicy,
)
from birge_awards.domain.cycle.cycle import Cycle, Member
from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.nominees.candidacy import Admit
from birge_awards.domain.nominees.personal import person_keys
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CloseScoring,
    Declare,
    SignMinutes,
)
from birge_awards.domain.sitting.sheets import Sheet, nomination_of
from birge_awards.domain.sitting.sitting import Juror
from birge_awards.handlers.cycles import Cycles
from birge_awards.handlers.nominations import Nominations, candidacy_id
from birge_awards.handlers.sittings import Sittings
from birge_awards.ports import AwardsStore, Caller, Scope
from birge_awards.proceedings import Proceedings
from birge_awards.stores.memory import MemoryAwardsStore
from birge_awards.vault import Vault
from birge_common.contracts.nomination import NominationSubmittedV1
from birge_common.testing.clock import ManualClock
from tests.unit.awards.cycle.building import POLICY

SOURCE = "https://office.example.kz"
AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
MANAGER = Caller("manager")


def nomination(number: int, **changes: object) -> NominationSubmittedV1:
    """A nominee whom two organisations confirm, with every consent."""
    values: dict[str, object] = {
        "nomination_id": f"nom-{number}",
        "version": 1,
        "cycle": "2026",
        "track": "domestic",
        "region": "KZ-11",
        "nomination": "ecology",
        "nominee": {
            "kind": "person",
            "name": f"Айгүл Бекова {number}",
            "birth_year": 1990,
            "contact": f"aigul{number}@example.kz",
        },
        "nominator": {
            "name": "Ерлан Сейітов",
            "contact": "erlan@example.kz",
            "organisation": "Таза өзен",
            "relation": "colleague",
        },
        "citation": "Cleans the river every week.",
        "evidence": [],
        "confirmations": [{"organisation": "Жасыл дала"}, {"organisation": "Мейірім"}],
        "consents": {"processing": True, "publication": True},
    }
    return NominationSubmittedV1.model_validate({**values, **changes}, strict=False)


def region_of(panel: str) -> Scope:
    return Scope(frozenset({panel}))


@dataclass
class House:
    """One awards service; every method is something that somebody does."""

    store: AwardsStore = field(default_factory=MemoryAwardsStore)
    clock: ManualClock = field(default_factory=lambda: ManualClock(AT))
    cycle: str = "2026"

    def __post_init__(self) -> None:
        self.vault = Vault("k" * 32)
        self.cycles = Cycles(self.store, self.clock, "https://birge.kz")
        self.nominations = Nominations(self.store, self.cycles, self.vault, self.clock)
        self.sittings = Sittings(self.store, self.cycles, self.vault, self.clock)

    async def opens_nominations(
        self, regions: Sequence[str] = ("KZ-11", "KZ-71"), policy: Policy = POLICY
    ) -> Cycle:
        await self.cycles.begin(self.cycle, "manager")
        await self.cycles.does(self.cycle, SetPolicy(policy), "manager")
        return await self.cycles.does(self.cycle, OpenNominations(tuple(regions)), "manager")

    async def receives(self, number: int, *, admit: bool = True, **changes: object) -> str:
        data = nomination(number, cycle=self.cycle, **changes)
        await self.nominations.on_submitted(SOURCE, data)
        name = candidacy_id(SOURCE, data.nomination_id)
        if admit:
            await self.nominations.does(name, Admit(), MANAGER)
        return name

    async def opens_regional_stage(self) -> Cycle:
        return await self.cycles.does(self.cycle, OpenRegionalStage(), "manager")

    async def appoints(self, panel: str, jurors: Sequence[str]) -> None:
        for number, juror in enumerate(jurors):
            keys = person_keys((f"{juror}@jury.kz",), (), self.vault.digest)
            member = Juror(juror, "KZ", panel, is_chair=number == 0, keys=keys)
            await self.sittings.does(self.cycle, panel, AddMember(member), MANAGER)

    async def sits(self, panel: str, marks: Mapping[str, int]) -> Proceedings:
        """A panel whose jurors all read; `marks` by nominee, one higher for each later juror."""
        await self.sittings.open_declarations(self.cycle, panel, MANAGER)
        held = await self.sittings.load(self.cycle, panel, MANAGER.scope)
        for juror in held.sitting.value.members:
            await self.sittings.does(self.cycle, panel, Declare(), Caller(juror.person))
        return await self.reads(panel, marks)

    async def reads(self, panel: str, marks: Mapping[str, int]) -> Proceedings:
        """Draw, score and close, where everybody has declared."""
        ends_at = self.clock.now() + timedelta(days=7)
        held = await self.sittings.does(
            self.cycle, panel, AssignReviews("drawn in public", ends_at), MANAGER
        )
        for juror in held.sitting.value.members:
            for nominee in held.sitting.value.reads_of(juror.person):
                await self.scores(held, nominee, juror.person, marks[nominee])
        return await self.sittings.does(self.cycle, panel, CloseScoring(), MANAGER)

    async def scores(self, held: Proceedings, nominee: str, juror: str, mark: int) -> Sheet:
        criteria = nomination_of(held.sitting.value, held.policy, nominee).criteria
        sheet = Sheet(
            self.cycle,
            held.sitting.value.panel,
            nominee,
            juror,
            {one.code: Decimal(mark) for one in criteria},
            "what was read",
        )
        return await self.sittings.submit_sheet(sheet, juror)

    async def decides(self, panel: str, laureates: Sequence[str]) -> Proceedings:
        """Cite, sign and conclude."""
        texts = {"kk": "Еңбегі үшін.", "ru": "За труд.", "en": "For the work."}
        citations = dict.fromkeys(laureates, texts)
        held = await self.sittings.propose(self.cycle, panel, citations, MANAGER)
        assert held.sitting.value.minutes is not None
        for juror in held.sitting.value.members:
            command = SignMinutes(held.sitting.value.minutes)
            await self.sittings.does(self.cycle, panel, command, Caller(juror.person))
        return await self.sittings.conclude(self.cycle, panel, MANAGER)

    async def forms_commission(self) -> Cycle:
        members = (
            Member("m-1", "KZ", "KZ-75", is_chair=True),
            Member("m-2", "KZ", "KZ-71"),
            Member("m-3", "UZ"),
            Member("m-4", "DE"),
        )
        return await self.cycles.does(self.cycle, FormCommission(members), "manager")

    async def opens_national_stage(self) -> Cycle:
        return await self.cycles.does(self.cycle, OpenNationalStage(), "manager")
