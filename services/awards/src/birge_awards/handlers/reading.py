"""What a member of a jury sees: nobody's content before declaring, nobody else's scores ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.policy import Nomination
from birge_awards.domain.jury.conflicts import Kind as ConflictKind
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.ties import Waiting
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.nominees.evidence import Attached, attached, links
from birge_awards.domain.sitting.commands import Declare
from birge_awards.domain.sitting.sheets import Sheet, nomination_of
from birge_awards.domain.sitting.sitting import COMMISSION, Candidate, Sitting
from birge_awards.domain.sitting.ties import may_take
from birge_awards.handlers.nominations import Nominations
from birge_awards.handlers.results import Results
from birge_awards.handlers.sittings import Sittings
from birge_awards.ports import EVERYWHERE
from birge_awards.proceedings import Proceedings
from birge_awards.vault import Vault

_ALIAS, _ALIAS_CHARACTERS = "alias", 16


@dataclass(frozen=True)
class Known:
    """Somebody whom a member may know, before any content is read.

    `alias` stands for the nominee in this member's declaration alone, so that a blind text is not
    told from a name.
    """

    alias: str
    name: str
    organisation: str | None
    nominator: str
    nominator_organisation: str | None


@dataclass(frozen=True)
class Assigned:
    """A nominee that a member reads, by its number in the member's own list, from 1."""

    nominee: str
    number: int
    nomination: Nomination
    sheet: Sheet | None


@dataclass(frozen=True)
class Text:
    """What is read of a nominee: a blind text, or all but contacts and years."""

    nominee: str
    name: str | None
    text: str
    evidence: tuple[str, ...] = ()
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What members of juries may read."""

    sittings: Sittings
    nominations: Nominations
    vault: Vault
    results: Results = field(default_factory=Results)

    async def seats(self, cycle: str, person: str) -> list[Proceedings]:
        """The juries of a cycle that somebody sits in, in order of panels."""
        found = await self.sittings.store.sittings(cycle, EVERYWHERE)
        panels = {one.value.panel for one in found if one.value.member(person)}
        # The commission is formed with the cycle, before it has a sitting of its own.
        of_cycle = (await self.sittings.cycles.load(cycle)).value
        if any(one.person == person for one in of_cycle.commission):
            panels.add(COMMISSION)
        return [await self.seat(cycle, panel, person) for panel in sorted(panels)]

    async def seat(self, cycle: str, panel: str, person: str) -> Proceedings:
        """A jury that somebody sits in. Raises Refused."""
        held = await self.sittings.load(cycle, panel, EVERYWHERE)
        if held.sitting.value.member(person) is None:
            raise Refused("not_a_member", "You are no member of this jury.")
        return held

    async def known(self, held: Proceedings, person: str) -> list[Known]:
        """All who stand, in an order of this member's own that says nothing of the texts."""
        several = await self._candidacies(held, [one.nominee for one in _standing(held)])
        personal = await self.nominations.personal_of(several)
        lines = [
            Known(
                self._alias(held.sitting.value, one, person),
                of_one.name,
                of_one.organisation,
                of_one.nominator.name,
                of_one.nominator.organisation,
            )
            for one, of_one in personal.items()
        ]
        return sorted(lines, key=lambda line: line.alias)

    def declaration(
        self, held: Proceedings, person: str, conflicts: Mapping[str, ConflictKind]
    ) -> Declare:
        """The command of a declaration whose conflicts are given by alias. Raises Refused."""
        sitting = held.sitting.value
        by_alias = {
            self._alias(sitting, one.nominee, person): one.nominee for one in _standing(held)
        }
        if conflicts.keys() - by_alias.keys():
            raise Refused("no_candidate", "This is about somebody who does not stand here.")
        return Declare({by_alias[alias]: kind for alias, kind in conflicts.items()})

    async def assigned(self, held: Proceedings, person: str) -> list[Assigned]:
        """What a member has to read, with the member's own sheets."""
        sitting = held.sitting.value
        own = {one.nominee: one for one in held.sheets if one.juror == person}
        return [
            Assigned(
                nominee, number, nomination_of(sitting, held.policy, nominee), own.get(nominee)
            )
            for number, nominee in enumerate(sitting.reads_of(person), start=1)
        ]

    async def text(self, held: Proceedings, nominee: str, person: str) -> Text:
        """What a member reads of a nominee assigned to them. Raises Refused."""
        sitting = held.sitting.value
        if person not in sitting.declared:
            raise Refused("not_declared", "Declare your conflicts first, or that you have none.")
        if Pair(nominee, person) in sitting.barred:
            raise Refused("conflict", "You do not judge this nominee.")
        if nominee not in sitting.reads_of(person):
            raise Refused("not_assigned", "This nominee was not given to you.")
        if texts := await self._texts(held, [nominee]):
            return texts[0]
        raise _erased()

    async def tied(self, held: Proceedings, waiting: Waiting, person: str) -> list[Text]:
        """What a member reads of those whose tie waits for this member. Raises Refused."""
        sitting = held.sitting.value
        if person not in sitting.declared:
            raise Refused("not_declared", "Declare your conflicts first, or that you have none.")
        if not may_take(sitting, waiting, person):
            raise Refused("no_such_tie", "No tie of these waits for you.")
        texts = await self._texts(held, waiting.tied)
        if len(texts) < len(waiting.tied):
            raise _erased()
        return texts

    async def _texts(self, held: Proceedings, nominees: Sequence[str]) -> list[Text]:
        """In order of ids, without those who were erased."""
        several = await self._candidacies(held, nominees)
        if held.policy.is_blind:
            return [Text(one.id, None, one.blind_text) for one in several if one.blind_text]
        personal = await self.nominations.personal_of(several)
        return [
            Text(
                one,
                of_one.name,
                of_one.citation,
                tuple(links(of_one.evidence)),
                tuple(attached(of_one.evidence)),
            )
            for one, of_one in personal.items()
        ]

    async def _candidacies(self, held: Proceedings, ids: Sequence[str]) -> list[Candidacy]:
        cycle = held.cycle.value.id
        found = await self.sittings.store.candidacies(cycle, EVERYWHERE, ids=ids)
        return [one.value for one in found]

    def _alias(self, sitting: Sitting, nominee: str, person: str) -> str:
        of_this = f"{sitting.cycle}|{sitting.panel}|{nominee}|{person}"
        digest = self.vault.digest(_ALIAS, of_this).removeprefix(f"{_ALIAS}:")
        return digest[:_ALIAS_CHARACTERS]


def _erased() -> Refused:
    return Refused("erased", "This person was erased; nothing more is kept of them.")


def _standing(held: Proceedings) -> Sequence[Candidate]:
    return held.sitting.value.candidates
