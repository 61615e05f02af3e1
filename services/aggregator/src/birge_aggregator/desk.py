"""Takes commands about publications from signed-in people: looks who may, then has them done.

Programs and pages both come here, so that there is one way to do each thing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from birge_aggregator.domain.publication.publication import (
    Approve,
    ChangeRecommendation,
    Check,
    Command,
    FreezeAnew,
    Publication,
    Refused,
    SendBack,
    SetChangeNote,
    SetRecommendations,
    Withdraw,
    WriteCommentary,
)
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.publications import Kept, Publications
from birge_common.access.people import Person, Role
from birge_common.access.requirements import STEPPED_UP_WITHIN
from birge_common.access.rights import Forbidden, Right
from birge_common.clock import Clock
from birge_common.regions import REGIONS

READERS = (Role.EDITOR, Role.APPROVER, Role.AUDITOR)


@dataclass(frozen=True)
class Begin:
    """Begin a publication of a period."""


RIGHTS: Mapping[type, Right] = MappingProxyType(
    {
        Begin: Right((Role.EDITOR,)),
        WriteCommentary: Right((Role.EDITOR,)),
        SetRecommendations: Right((Role.EDITOR,)),
        ChangeRecommendation: Right((Role.EDITOR,)),
        SetChangeNote: Right((Role.EDITOR,)),
        FreezeAnew: Right((Role.EDITOR,)),
        Check: Right((Role.EDITOR,)),
        SendBack: Right((Role.EDITOR, Role.APPROVER)),
        Approve: Right((Role.APPROVER,), is_grave=True),
        Withdraw: Right((Role.EDITOR, Role.APPROVER), is_grave=True),
    }
)
"""All are of the country; an editor of some regions writes the commentaries of those alone."""


@dataclass(frozen=True)
class Desk:
    """Everything that a person can ask of publications."""

    publications: Publications
    clock: Clock

    async def read(self, person: Person) -> Sequence[Kept]:
        """Every publication, drafts too, the latest first. Raises Forbidden."""
        self._require_reader(person)
        return await self.publications.store.publications()

    async def read_one(self, person: Person, publication: str) -> Kept:
        """One of them. Raises Forbidden and Refused."""
        self._require_reader(person)
        return await self.publications.load(publication)

    async def begin(self, person: Person, period: str) -> Publication:
        """A new draft. Raises Forbidden, Refused."""
        self._require(person, Begin)
        return await self.publications.begin(period, person.id)

    async def does(self, person: Person, publication: str, command: Command) -> Publication:
        """The publication after the command. Raises Forbidden, StepUpRequired, Refused, Stale."""
        region = command.region if isinstance(command, WriteCommentary) else COUNTRY
        if region not in (COUNTRY, *REGIONS):
            raise Refused("unknown_region", "region is KZ or a code like KZ-71.")
        self._require(person, type(command), None if region == COUNTRY else region)
        return await self.publications.does(publication, command, person.id)

    async def check(self, person: Person, publication: str) -> Publication:
        """Nobody writes any more. Raises as `does`."""
        self._require(person, Check)
        return await self.publications.check(publication, person.id)

    def may(self, person: Person, command: type, region: str | None = None) -> bool:
        """Whether the person's roles allow it, for a page that offers it."""
        return bool(RIGHTS[command].held_by(person, region))

    def _require(self, person: Person, command: type, region: str | None = None) -> None:
        is_fresh = person.is_stepped_up(self.clock.now(), STEPPED_UP_WITHIN)
        RIGHTS[command].require(person, region, is_fresh=is_fresh)

    def _require_reader(self, person: Person) -> None:
        if not any(person.has(role) for role in READERS):
            raise Forbidden(f"This takes one of these roles: {', '.join(READERS)}.")
