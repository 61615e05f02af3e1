"""Failures counted in one process: for tests, and for what one process alone answers."""

from collections import OrderedDict
from collections.abc import Collection, Mapping

from birge_common.access.throttle import Failures

KEYS_MAX = 10_000


class MemoryFailures:
    """The newest failures; the oldest give way, so that strangers cannot fill the memory."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, Failures] = OrderedDict()

    async def failures(self, keys: Collection[str]) -> Mapping[str, Failures]:
        """The failures of those keys that have any."""
        return {key: self._failures[key] for key in keys if key in self._failures}

    async def replace_failures(
        self, key: str, held: Failures | None, changed: Failures | None
    ) -> bool:
        """Put these in place of those that were read; False where others are there."""
        if self._failures.get(key) != held:
            return False
        self._failures.pop(key, None)
        if changed is not None:
            self._failures[key] = changed
        while len(self._failures) > KEYS_MAX:
            self._failures.popitem(last=False)
        return True
