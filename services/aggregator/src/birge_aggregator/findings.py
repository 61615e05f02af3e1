"""Follows the figures, so that every finding has a life: who opened it, why, and what closed it."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import structlog

from birge_aggregator.answers import Answers
from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.quality.explanations import Explanations, Standing
from birge_aggregator.domain.quality.finding import Finding
from birge_aggregator.domain.quality.life import FindingLife, lives_after
from birge_aggregator.domain.statements import EXPLANATION
from birge_aggregator.domain.tables.quality import findings
from birge_aggregator.readings import Positions, Reading
from birge_aggregator.tables import TABLES
from birge_common.errors import TransientError

_PAUSE_SECONDS = 5.0
_SHARE_OF_TIME = 0.1

log = structlog.get_logger()


class FindingsStore(Protocol):
    """Where the lives are kept."""

    async def of_year(self, year: str) -> Mapping[str, FindingLife]:
        """By the finding's id, every life of the calendar year."""
        ...

    async def inside(self, window: Window) -> Sequence[FindingLife]:
        """Those whose period lies inside the window."""
        ...

    async def one(self, finding: str) -> FindingLife | None:
        """The life of one finding."""
        ...

    async def keep(self, lives: Sequence[FindingLife]) -> None:
        """Keep those of which nothing newer is there."""
        ...


class FindingsFollower:
    """Notes what opens and closes, year by year, whenever counting or partners' keys have moved.

    `away` is what the stores raise while their database does not answer. Until `is_ready` nothing
    is looked at: who may explain is known from the keys.

    A finding that comes and goes between two looks leaves no trace: the table `quality` is made
    from the figures themselves, and only the history depends on when it was looked at.
    """

    def __init__(
        self,
        answers: Answers,
        store: FindingsStore,
        *,
        away: type[Exception] = TransientError,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self._answers = answers
        self._store = store
        self._away = away
        self._is_ready = is_ready
        self._followed: tuple[Positions, int] | None = None

    async def run(self) -> None:
        """Follow for ever, with at most a tenth of the time; while the store is away, wait."""
        while True:
            began_at = time.monotonic()
            try:
                await self.follow()
            except self._away as error:
                log.warning("findings.waiting", reason=type(error).__name__)
            took = time.monotonic() - began_at
            await asyncio.sleep(max(_PAUSE_SECONDS, took / _SHARE_OF_TIME))

    async def follow(self) -> None:
        """Look once, if anything has moved since the last look."""
        moved = (await self._answers.positions(), self._answers.keys_revision)
        if not self._is_ready() or moved == self._followed:
            return
        for year in await self._answers.years():
            await self._follow_year(year)
        self._followed = moved

    async def _follow_year(self, year: str) -> None:
        window = window_from(year)
        assert window is not None
        needs = TABLES["quality"].needs
        reading = await self._answers.reading(window, map_17=False, needs=needs)
        on_older_map = await self._answers.reading(window, map_17=True, needs=needs)
        changed = lives_after(
            await self._store.of_year(year),
            _found(on_older_map) | _found(reading),
            at=reading.counted_at,
            as_of=sum(reading.positions.values()),
        )
        await self._store.keep(changed)
        if changed:
            log.info("findings.moved", year=year, **Counter(life.state for life in changed))


def _found(reading: Reading) -> dict[str, tuple[Finding, Standing]]:
    """By id: most findings are the same on both maps, and of the others the newer map's stands."""
    explanations = Explanations(reading.figures.statements[EXPLANATION], reading.figures.explainers)
    return {one.id: (one, explanations.standing_of(one)) for one in findings(reading.figures)}
