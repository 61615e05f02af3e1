"""Nominees as a file, for whoever has a reason: the log says who took it, and why."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from birge_awards.domain.acting import Refused
from birge_awards.handlers.keeping import kept
from birge_awards.handlers.nominations import Nominations, Person
from birge_awards.ports import Caller, Change, Said

COLUMNS = (
    "nomination",
    "category",
    "track",
    "region",
    "country",
    "state",
    "name",
    "contact",
    "organisation",
    "nominator",
    "nominator_contact",
)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Exports:
    """Takes nominees out of the system, with a trace."""

    nominations: Nominations

    async def nominees(self, cycle: str, reason: str, who: Caller) -> str:
        """CSV (RFC 4180, UTF-8) of what the caller's roles cover. Raises Refused."""
        if not reason.strip():
            raise Refused("no_reason", "Say what the file is for.")
        await self.nominations.cycles.load(cycle)
        found = await self.nominations.store.candidacies(cycle, who.scope)
        several = [one.value for one in found]
        personal = await self.nominations.personal_of(several)
        opened = [Person(one, personal.get(one.id)) for one in several]
        now = self.nominations.clock.now()
        public = {"reason": reason.strip(), "nominees": len(opened)}

        async def decide() -> tuple[Change, None]:
            return Change(said=(Said("nominations.export", who.by, cycle, public),)), None

        # First the log, then the file: nobody has one that the log does not know of.
        await kept(self.nominations.store, decide, now=now)
        return _csv(opened)


def _csv(several: Sequence[Person]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _cells(one)] for one in several)
    return text.getvalue()


def _cells(one: Person) -> Iterator[str]:
    held, personal = one.candidacy, one.personal
    yield from (held.id, held.nomination, held.track, held.region or "", held.country or "")
    yield held.state
    if personal is None:
        yield from ("", "", "", "", "")
        return
    yield from (personal.name, personal.contact, personal.organisation or "")
    yield from (personal.nominator.name, personal.nominator.contact)


def _safe(cell: str) -> str:
    """A text that a spreadsheet would compute is given as text (ASVS 1.2.10)."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
