"""The awards in memory, by the same rules: for tests, and for looking at a cycle as a what-if."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.seals import Seals
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Sitting
from birge_awards.outgoing import SOURCE, record_of
from birge_awards.ports import ActivityNote, Change, Kept, NumberedAct, Outgoing, Scope, Stale
from birge_awards.stores.documents import (
    LAYOUTS,
    Document,
    act_of,
    document_from,
    kept_from,
    numbered_act,
    region_of_panel,
    sheet_id,
    sitting_id,
)
from birge_common.messaging.unreadable import UnreadableRecord


class MemoryAwardsStore:
    """Documents by collection and id, as MongoDB would hold them."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Document]] = {
            layout.collection: {} for layout in LAYOUTS.values()
        }
        self._keys: dict[str, bytes] = {}
        self._acts: list[Document] = []
        self._activity: dict[str, ActivityNote] = {}
        self._told: set[str] = set()
        self.outbox: list[Document] = []
        self._seals: dict[str, Seals] = {}
        self.quarantined: dict[str, UnreadableRecord] = {}

    async def keep(self, change: Change, *, now: datetime) -> None:
        """Keep all of it or nothing. Raises Stale where a revision moved."""
        documents = self._checked(change)
        first = len(self._acts)
        if self._acts:
            now = max(now, numbered_act(self._acts[-1]).at)
        acts = [
            act_of(one, number=first + number, at=now) for number, one in enumerate(change.said)
        ]
        told = [
            record_of(one, cause=f"act-{first}-{number}", now=now)
            for number, one in enumerate(change.outgoing)
        ]
        # Nothing was kept so far, and nothing from here on can fail.
        for collection, document in documents:
            self._rows[collection][document["_id"]] = document
        self._keys.update(change.new_keys)
        for erased in change.erased:
            self._keys.pop(erased, None)
        self._acts += acts
        self.outbox += told

    def _checked(self, change: Change) -> list[tuple[str, Document]]:
        for kept in change.unmoved:
            if self._revision(kept) != kept.revision or kept.revision == 0:
                raise Stale(LAYOUTS[type(kept.value)].id_of(kept.value))
        for kept in change.kept:
            if self._revision(kept) != kept.revision:
                raise Stale(LAYOUTS[type(kept.value)].id_of(kept.value))
        if taken := sorted(self._keys.keys() & change.new_keys.keys()):
            raise Stale(taken[0])
        return [(LAYOUTS[type(one.value)].collection, document_from(one)) for one in change.kept]

    def _revision(self, kept: Kept[Any]) -> int:
        layout = LAYOUTS[type(kept.value)]
        found = self._rows[layout.collection].get(layout.id_of(kept.value))
        return found["revision"] if found else 0

    async def cycles(self) -> Sequence[Kept[Cycle]]:
        """Every cycle, the newest id first."""
        return [kept_from(Cycle, row) for _, row in sorted(self._rows["cycles"].items())][::-1]

    async def cycle(self, cycle: str) -> Kept[Cycle] | None:
        """The cycle of this id."""
        row = self._rows["cycles"].get(cycle)
        return kept_from(Cycle, row) if row else None

    async def sitting(self, cycle: str, panel: str, scope: Scope) -> Kept[Sitting] | None:
        """A panel's sitting; None where there is none or the scope does not cover it."""
        row = self._rows["sittings"].get(sitting_id(cycle, panel))
        return kept_from(Sitting, row) if row and scope.covers(row["region"]) else None

    async def sittings(self, cycle: str, scope: Scope) -> Sequence[Kept[Sitting]]:
        """The sittings of a cycle in order of panels."""
        return [
            kept_from(Sitting, row)
            for _, row in sorted(self._rows["sittings"].items())
            if row["cycle"] == cycle and scope.covers(row["region"])
        ]

    async def sheets(self, cycle: str, panel: str, scope: Scope) -> Sequence[Kept[Sheet]]:
        """Every sheet of a sitting, drafts too."""
        if not scope.covers(region_of_panel(panel)):
            return []
        return [
            kept_from(Sheet, row)
            for _, row in sorted(self._rows["sheets"].items())
            if row["sitting"] == sitting_id(cycle, panel)
        ]

    async def sheet(self, cycle: str, panel: str, nominee: str, juror: str) -> Kept[Sheet] | None:
        """One juror's sheet on one nominee."""
        row = self._rows["sheets"].get(sheet_id(cycle, panel, nominee, juror))
        return kept_from(Sheet, row) if row else None

    async def candidacy(self, candidacy: str, scope: Scope) -> Kept[Candidacy] | None:
        """The nomination of this id."""
        row = self._rows["candidacies"].get(candidacy)
        return kept_from(Candidacy, row) if row and scope.covers(row["region"]) else None

    async def candidacies(
        self, cycle: str, scope: Scope, *, ids: Sequence[str] | None = None
    ) -> Sequence[Kept[Candidacy]]:
        """The nominations of a cycle in order of ids, those of `ids` alone where given."""
        return [
            kept_from(Candidacy, row)
            for name, row in sorted(self._rows["candidacies"].items())
            if row["cycle"] == cycle
            and scope.covers(row["region"])
            and (ids is None or name in ids)
        ]

    async def wrapped_keys(self, candidacies: Sequence[str]) -> Mapping[str, bytes]:
        """The keys that still exist."""
        return {name: self._keys[name] for name in candidacies if name in self._keys}

    async def note_activity(self, reports: Sequence[ActivityNote]) -> None:
        """Keep what reports say of volunteers' hours, unless a higher version is there."""
        for report in reports:
            held = self._activity.get(report.identity)
            if held is None or held.version < report.version:
                self._activity[report.identity] = report

    async def verified_hundredths(
        self, volunteers: Sequence[str], *, periods: Sequence[str]
    ) -> Mapping[str, int]:
        """Hours in hundredths by volunteer, of reports in force that state one of the periods."""
        sums: dict[str, int] = {}
        for report in self._activity.values():
            for volunteer, hundredths in report.hundredths.items():
                if report.period in periods and volunteer in volunteers:
                    sums[volunteer] = sums.get(volunteer, 0) + hundredths
        return sums

    async def quarantine(self, unreadable: UnreadableRecord, *, detail: str) -> None:
        """Keep a record that cannot be read, and tell of it; the same one again changes nothing."""
        if unreadable.id not in self.quarantined:
            self.quarantined[unreadable.id] = unreadable
            self.outbox.append(unreadable.outgoing_row(source=SOURCE, detail=detail))

    async def note_seal(self, key_id: str, cycle: str) -> None:
        """Nominations of a cycle were sealed to this key; said again it changes nothing."""
        held = self._seals.get(key_id, Seals())
        self._seals[key_id] = replace(held, cycles=held.cycles | {cycle})

    async def note_destroyed(self, key_id: str) -> None:
        """The private half of this key is destroyed."""
        self._seals[key_id] = replace(self._seals.get(key_id, Seals()), is_destroyed=True)

    async def seals(self) -> Mapping[str, Seals]:
        """What is known of each key, by its id."""
        return dict(self._seals)

    async def acts(self, since: int, most: int) -> Sequence[NumberedAct]:
        """Acts of the log from this number on, in order."""
        return [numbered_act(row) for row in self._acts[since : since + most]]

    async def tell(self, outgoing: Outgoing, *, cause: str, now: datetime) -> None:
        """Publish an event that changes nothing here; `cause` is told of once."""
        if cause not in self._told:
            self._told.add(cause)
            self.outbox.append(record_of(outgoing, cause=cause, now=now))
