"""What a jury's scores come to, computed once: they cannot change after scoring is closed."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

from birge_awards.domain.acting import Refused
from birge_awards.domain.jury.ties import Waiting
from birge_awards.domain.sitting.sitting import Phase
from birge_awards.domain.sitting.ties import waiting_in
from birge_awards.minutes.record import MinutesRecord, record_hash
from birge_awards.minutes_of import minutes_record
from birge_awards.proceedings import Proceedings

KEPT_MOST = 64


class Results:
    """Computes in a thread, so that nobody else waits, and keeps the last few.

    A result is kept by what names it wholly: who stands and what people decided since the sheets
    were closed, or the hash of the minutes. So nothing kept is ever out of date.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    async def waiting(self, held: Proceedings) -> list[Waiting]:
        """The ties that wait for people; none before scoring is closed and after the proposal."""
        sitting = held.sitting.value
        if sitting.phase != Phase.DELIBERATING:
            return []
        # A vote moves the revision and no score: nothing is ranked again for it.
        key = (sitting.cycle, sitting.panel, sitting.candidates, repr(sitting.deliberations))
        found: list[Waiting] = await self._once(key, lambda: waiting_in(sitting, held.facts))
        return found

    async def record(self, held: Proceedings) -> MinutesRecord:
        """The record whose hash members sign, with ids in place of names.

        Raises Refused before there is one, and where it would not be the one that was proposed.
        """
        sitting = held.sitting.value
        if sitting.minutes is None or sitting.proposed_at is None:
            raise Refused("no_minutes", "The result of this jury has not been proposed yet.")
        closed_at = sitting.proposed_at

        def compute() -> MinutesRecord:
            record = minutes_record(held, names={}, closed_at=closed_at)
            if record_hash(record) != sitting.minutes:
                raise Refused("minutes_differ", "The record is not the one that was proposed.")
            return record

        found: MinutesRecord = await self._once(sitting.minutes, compute)
        return found

    async def _once(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        if key not in self._kept:
            computed = await asyncio.to_thread(compute)
            self._kept[key] = computed
            while len(self._kept) > KEPT_MOST:
                self._kept.popitem(last=False)
        return self._kept[key]


def named(record: MinutesRecord, names: Mapping[str, str]) -> MinutesRecord:
    """The record with the names that may be shown; its hash stays as it is."""

    def with_name(one: Any, of: str) -> Any:
        return replace(one, name=names.get(of, one.name))

    return replace(
        record,
        members=tuple(with_name(one, one.id) for one in record.members),
        nominations=tuple(
            replace(
                each,
                standings=tuple(with_name(one, one.nominee) for one in each.standings),
                laureates=tuple(with_name(one, one.nominee) for one in each.laureates),
            )
            for each in record.nominations
        ),
    )
