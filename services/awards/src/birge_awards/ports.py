"""What the handlers need of the outside: a store that keeps a change whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.seals import Seals
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Sitting
from birge_common.messaging.unreadable import UnreadableRecord

Kind = Cycle | Candidacy | Sitting | Sheet
KindT = TypeVar("KindT", Cycle, Candidacy, Sitting, Sheet)


class Stale(Exception):
    """Somebody else changed it meanwhile: load it again and decide anew."""


@dataclass(frozen=True)
class Scope:
    """What of a cycle somebody may see: some regions, or all and the international track."""

    regions: frozenset[str] | None = None

    def covers(self, region: str | None) -> bool:
        """Whether a region, or None for the international track, is inside."""
        return self.regions is None or region in self.regions


EVERYWHERE = Scope()


@dataclass(frozen=True)
class Caller:
    """Who asks, by an opaque id, and what they may see."""

    by: str
    scope: Scope = EVERYWHERE


@dataclass(frozen=True)
class Kept(Generic[KindT]):
    """A thing as it was read, and the revision that a change of it must still find; 0 if new."""

    value: KindT
    revision: int = 0


@dataclass(frozen=True)
class Said:
    """An act for the log: public facts for everybody, and a private payload under a person's key.

    The payload itself is not kept here: the log holds a commitment to it.
    """

    act: str
    actor: str
    subject: str
    public: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] | None = None
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Outgoing:
    """An event to publish; `type` without its prefix and version, such as laureate.confirmed."""

    type: str
    data: Any


@dataclass(frozen=True)
class Change:
    """What one command changes; kept in one transaction, with what it says."""

    kept: tuple[Kept[Any], ...] = ()
    unmoved: tuple[Kept[Any], ...] = ()
    """What must still be as it was read, and is not changed: the stage that allows the change.

    What was not there cannot be relied on: it counts as moved.
    """
    said: tuple[Said, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    new_keys: Mapping[str, bytes] = field(default_factory=dict)
    """Wrapped keys of people, by the candidacy they belong to; one that has a key is stale."""
    erased: tuple[str, ...] = ()
    """Candidacies whose keys are destroyed."""


@dataclass(frozen=True)
class ActivityNote:
    """What a report says of volunteers; no hours where it was retracted.

    `identity` is `source|subject`, `period` as stated: a month, a half-year or a year.
    """

    identity: str
    version: int
    period: str
    hundredths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class NumberedAct:
    """An act with its place in the log, as it was decided with the change it tells of."""

    number: int
    at: datetime
    actor: str
    act: str
    subject: str
    commitment: str | None
    public: Mapping[str, Any]


class AwardsStore(Protocol):
    """What the awards own. Whoever reads says what they may see."""

    async def keep(self, change: Change, *, now: datetime) -> None:
        """Keep all of it or nothing.

        Raises Stale where a revision moved, Refused where the log could not take one of its acts.
        """
        ...

    async def cycles(self) -> Sequence[Kept[Cycle]]:
        """Every cycle, the newest id first."""
        ...

    async def cycle(self, cycle: str) -> Kept[Cycle] | None:
        """The cycle of this id."""
        ...

    async def sitting(self, cycle: str, panel: str, scope: Scope) -> Kept[Sitting] | None:
        """A panel's sitting; None where there is none or the scope does not cover it."""
        ...

    async def sittings(self, cycle: str, scope: Scope) -> Sequence[Kept[Sitting]]:
        """The sittings of a cycle in order of panels."""
        ...

    async def sheets(self, cycle: str, panel: str, scope: Scope) -> Sequence[Kept[Sheet]]:
        """Every sheet of a sitting, drafts too."""
        ...

    async def sheet(self, cycle: str, panel: str, nominee: str, juror: str) -> Kept[Sheet] | None:
        """One juror's sheet on one nominee."""
        ...

    async def candidacy(self, candidacy: str, scope: Scope) -> Kept[Candidacy] | None:
        """The nomination of this id."""
        ...

    async def candidacies(
        self, cycle: str, scope: Scope, *, ids: Sequence[str] | None = None
    ) -> Sequence[Kept[Candidacy]]:
        """The nominations of a cycle in order of ids, those of `ids` alone where given."""
        ...

    async def wrapped_keys(self, candidacies: Sequence[str]) -> Mapping[str, bytes]:
        """The keys that still exist."""
        ...

    async def note_activity(self, reports: Sequence[ActivityNote]) -> None:
        """Keep what reports say of volunteers' hours, unless a higher version is there."""
        ...

    async def verified_hundredths(
        self, volunteers: Sequence[str], *, periods: Sequence[str]
    ) -> Mapping[str, int]:
        """Hours in hundredths by volunteer, of reports in force that state one of the periods."""
        ...

    async def quarantine(self, unreadable: UnreadableRecord, *, detail: str) -> None:
        """Keep a record that cannot be read, and tell of it; the same one again changes nothing."""
        ...

    async def note_seal(self, key_id: str, cycle: str) -> None:
        """Nominations of a cycle were sealed to this key; said again it changes nothing."""
        ...

    async def note_destroyed(self, key_id: str) -> None:
        """The private half of this key is destroyed."""
        ...

    async def seals(self) -> Mapping[str, Seals]:
        """What is known of each key, by its id."""
        ...

    async def acts(self, since: int, most: int) -> Sequence[NumberedAct]:
        """Acts of the log from this number on, in order."""
        ...

    async def tell(self, outgoing: Outgoing, *, cause: str, now: datetime) -> None:
        """Publish an event that changes nothing here; `cause` is its id, and is told of once."""
        ...
