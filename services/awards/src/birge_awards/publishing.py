"""Publishes a decision at its moment: everywhere at once, by nobody's hand, and once."""

import asyncio

import structlog

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import Publish
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.handlers.cycles import Cycles
from birge_common.clock import Clock

SYSTEM = "system"
_PAUSE_SECONDS = 1.0

log = structlog.get_logger()


class Publisher:
    """Looks every second for a decision whose moment has come.

    `away` is what the store raises while its database does not answer.
    """

    def __init__(self, cycles: Cycles, clock: Clock, *, away: type[Exception]) -> None:
        self._cycles = cycles
        self._clock = clock
        self._away = away

    async def run(self) -> None:
        """Publish for ever; while the store is away, wait."""
        while True:
            try:
                await self.publish()
            except self._away as error:
                log.warning("publishing.waiting", reason=type(error).__name__)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def publish(self) -> list[str]:
        """The cycles that were published now."""
        published = []
        for kept in await self._cycles.store.cycles():
            if not self._is_due(kept.value):
                continue
            try:
                await self._cycles.does(kept.value.id, Publish(), SYSTEM)
            except Refused as refused:
                # Somebody else was quicker: another worker, or a director's own hand.
                log.info("publishing.refused", cycle=kept.value.id, code=refused.code)
                continue
            published.append(kept.value.id)
            log.info("publishing.published", cycle=kept.value.id)
        return published

    def _is_due(self, cycle: Cycle) -> bool:
        return (
            cycle.stage == Stage.DECIDED
            and cycle.embargo is not None
            and cycle.embargo <= self._clock.now()
        )
