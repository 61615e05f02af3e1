"""The aggregator's API and desk over publications in memory, with people who publish."""

from pydantic import SecretStr

from birge_aggregator.app import create_api
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.memory import MemoryFindings
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.access.people import Grant, Person, Role, roles_from
from birge_common.security.keys import KeyDirectory
from birge_common.settings import SecuritySettings
from tests.support.publication_house import NOW, PERIOD, PublicationHouse, clean_figures
from tests.support.visitors import Visitors, access_at

ID = f"{PERIOD}-edition-1"
DESK = "/v1/desk/publications"


class DeskRoom(Visitors):
    """The aggregator's API over publications in memory; the publisher works when told to."""

    def __init__(self) -> None:
        self.store = MemoryPublications()
        self.house = PublicationHouse(self.store, known=clean_figures())
        access = access_at(self.house.clock)
        secret = SecretStr("k" * 32)
        app = create_api(
            AggregatorSettings(security=SecuritySettings(key_pepper=secret, receipt_key=secret)),
            store=self.house.counted,
            findings=MemoryFindings(),
            editions=self.store,
            publications=self.store,
            access=access,
            keys=KeyDirectory("k" * 32),
            clock=self.house.clock,
        )
        super().__init__(app, access, self.house.clock)
        self.knows(
            somebody("editor", Grant(Role.EDITOR)),
            somebody("astana", Grant(Role.EDITOR, frozenset({"KZ-71"}))),
            somebody("approver", Grant(Role.APPROVER)),
            somebody("both", Grant(Role.APPROVER), Grant(Role.EDITOR)),
            somebody("auditor", Grant(Role.AUDITOR)),
            somebody("juror", Grant(Role.JUROR)),
        )

    async def is_out(self) -> None:
        """The first edition, brought out by two people."""
        await self.does("editor", DESK, {"period": PERIOD})
        await self.house.publisher.work()
        await self.does("editor", f"{DESK}/{ID}/check")
        await self.does("approver", f"{DESK}/{ID}/approve", {})
        await self.house.publisher.work()


def somebody(name: str, *grants: Grant) -> Person:
    return Person(name, name.title(), roles_from(grants), NOW, NOW)
