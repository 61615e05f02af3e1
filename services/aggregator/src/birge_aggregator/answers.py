"""Answers kept in memory for as long as counting stands still: by position, never by time alone.

Positions are asked for at most every few milliseconds, by one request for all that wait; while
they are where they were, an answer made before is the answer now.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from birge_aggregator.domain.period import Window
from birge_aggregator.domain.report_sets import RememberedSets
from birge_aggregator.ports import ReadingStore
from birge_aggregator.readings import Positions, Reading, kinds_for, periods_for, reading_of
from birge_aggregator.tables import Needs
from birge_common.security.keys import KeyDirectory

_POSITIONS_SECONDS = 0.005
_WINDOWS_MAX, _ANSWERS_MAX = 8, 300

Value = TypeVar("Value")


class _Newest(Generic[Value]):
    """The most recently used values, each with the token it is good for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, tuple[Hashable, Value]] = OrderedDict()

    def get(self, key: Hashable, token: Hashable) -> Value | None:
        """The value, if it was made under the same token."""
        found = self._values.get(key)
        if found is None or found[0] != token:
            return None
        self._values.move_to_end(key)
        return found[1]

    def put(self, key: Hashable, token: Hashable, value: Value) -> None:
        """Keep the value; the least recently used one goes."""
        self._values[key] = (token, value)
        self._values.move_to_end(key)
        if len(self._values) > self._most:
            self._values.popitem(last=False)


class Answers:
    """Figures and rendered answers of the API's process."""

    def __init__(self, store: ReadingStore, keys: KeyDirectory) -> None:
        self._store = store
        self._keys = keys
        self._positions: Positions = {}
        self._token: Hashable = None
        self._asked_at = float("-inf")
        self._asking: asyncio.Task[Positions] | None = None
        self._windows: _Newest[Reading] = _Newest(_WINDOWS_MAX)
        self._loading: dict[Hashable, asyncio.Task[Reading]] = {}
        self._rendered: _Newest[Any] = _Newest(_ANSWERS_MAX)
        self._report_sets = RememberedSets()

    @property
    def keys_revision(self) -> int:
        """How often partners' keys have changed: they tell who an office is."""
        return self._keys.revision

    async def positions(self) -> Positions:
        """How far counting is, at most a few milliseconds ago."""
        if time.monotonic() - self._asked_at >= _POSITIONS_SECONDS:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._ask_positions())
            return await asyncio.shield(self._asking)
        return self._positions

    async def _ask_positions(self) -> Positions:
        asked_at = time.monotonic()
        found = await self._store.positions_now()
        if found != self._positions:
            self._positions = found
        self._token = tuple(sorted(found.items()))
        self._asked_at = asked_at
        return self._positions

    async def rendered(
        self,
        key: Hashable,
        window: Window,
        map_17: bool,
        needs: Needs,
        render: Callable[[Reading], Value],
    ) -> tuple[Value, bool]:
        """What `render` makes of the window, and whether it was there already."""
        await self.positions()
        token = (self._token, self._keys.revision)
        found = self._rendered.get(key, token)
        if found is not None:
            return found, True
        value = render(await self.reading(window, map_17=map_17, needs=needs))
        self._rendered.put(key, token, value)
        return value, False

    async def years(self) -> Sequence[str]:
        """The calendar years that there is anything about."""
        return sorted({period[:4] for period in await self._store.periods()})

    async def reading(self, window: Window, *, map_17: bool, needs: Needs) -> Reading:
        """The figures of the window, not older than the positions asked for last."""
        token = (self._token, self._keys.revision)
        key = (window, map_17, needs)
        found = self._windows.get(key, token)
        if found is not None:
            return found
        loading = self._loading.get((key, token))
        if loading is None:
            loading = asyncio.create_task(self._load(window, map_17, needs))
            self._loading[key, token] = loading
            loading.add_done_callback(lambda _: self._loading.pop((key, token), None))
        reading = await asyncio.shield(loading)
        self._windows.put(key, token, reading)
        return reading

    async def _load(self, window: Window, map_17: bool, needs: Needs) -> Reading:
        snapshot = await self._store.snapshot(
            sorted(periods_for(window, needs)),
            kinds_for(needs),
            self._report_sets if needs.report_sets else None,
        )
        return reading_of(snapshot, window, map_17=map_17, needs=needs, keys=self._keys)
