"""The awards' API over the memory store, asked by people whose roles a test chooses."""

from pydantic import SecretStr

from birge_awards.app import create_api
from birge_awards.form_ports import Letter
from birge_awards.settings import AwardSettings, AwardsSettings
from birge_awards.stores.evidence_memory import MemoryEvidenceStore
from birge_awards.stores.form_memory import MemoryDraftStore
from birge_common.access.people import Grant, Person, Role, roles_from
from birge_common.security.keys import KeyDirectory
from tests.support.awards_house import AT, House
from tests.support.visitors import Visitors, access_at


def person(name: str, *grants: Grant, is_fresh: bool = True) -> Person:
    """Somebody signed in when the tests begin; `is_fresh` as after a step-up."""
    return Person(name, name.title(), roles_from(grants), AT, AT if is_fresh else None)


def of(role: Role, *regions: str) -> Grant:
    """A role in these regions, or in the country where there are none."""
    return Grant(role, frozenset(regions) or None)


class MemoryMail:
    """Letters as they were sent; `is_away` for a server that does not answer."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.is_away = False

    async def send(self, letter: Letter) -> None:
        """Keep the letter."""
        if self.is_away:
            raise ConnectionRefusedError
        self.letters.append(letter)


class ApiHouse(Visitors):
    """A house whose people also come over HTTP."""

    def __init__(self, house: House | None = None) -> None:
        self.house = house or House()
        self.drafts, self.mail = MemoryDraftStore(), MemoryMail()
        self.evidence_files = MemoryEvidenceStore()
        access, clock = access_at(self.house.clock), self.house.clock
        app = create_api(
            AwardsSettings(awards=AwardSettings(vault_key=SecretStr("k" * 32))),
            self.house.store,
            keys=KeyDirectory("p" * 32),
            clock=clock,
            access=access,
            drafts=self.drafts,
            evidence_files=self.evidence_files,
            mail=self.mail,
        )
        super().__init__(app, access, clock, "/v1/awards")
