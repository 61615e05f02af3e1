"""Sealing keys by cycle: a new pair before one, and the end of a private half after it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from birge_awards.domain.cycle.cycle import Stage
from birge_awards.domain.seals import ended_keys
from birge_awards.ports import AwardsStore
from birge_common.security.sealing import new_sealing_pair


class RotationRefused(Exception):
    """It would lose what is still to be read; the message says what to do first."""


@dataclass(frozen=True)
class Rotated:
    """A new pair as settings: the public half for the door, all private ones for the awards."""

    public_key: str
    private_keys: str


@dataclass(frozen=True)
class Destroyed:
    """The private halves that are left, as a setting, and the ids of those that are not."""

    private_keys: str
    key_ids: Sequence[str]


@dataclass(frozen=True)
class Rotation:
    """Keys over the store that knows what was sealed to them.

    `private_keys` is the setting as it stands, the newest half last; `unread` counts the
    nominations that are on the log and not yet kept.
    """

    store: AwardsStore
    private_keys: str
    unread: Callable[[], Awaitable[int]]

    async def rotate(self, key_id: str) -> Rotated:
        """A new pair, the older private halves staying. Raises RotationRefused."""
        if key_id in self._halves() or key_id in await self.store.seals():
            raise RotationRefused(f"{key_id} is or was a key already: name the new one otherwise.")
        try:
            public, private = new_sealing_pair(key_id)
        except ValueError as error:
            raise RotationRefused(f"Name the new key otherwise: {error}.") from None
        return Rotated(str(public), f"{self.private_keys},{private}")

    async def destroy(self) -> Destroyed:
        """Leave out the halves whose cycles are closed, and note it. Raises RotationRefused.

        Noted first: a nomination that comes to such a key afterwards says why it is not read.
        """
        if unread := await self.unread():
            raise RotationRefused(
                f"{unread} records of nominations are not read yet, and may be sealed to an older "
                "key: start the awards worker, let it catch up, and repeat this."
            )
        halves, cycles = self._halves(), await self.store.cycles()
        running = {one.value.id for one in cycles if one.value.stage != Stage.CLOSED}
        ended = ended_keys(list(halves), await self.store.seals(), running)
        for key_id in ended:
            await self.store.note_destroyed(key_id)
        left = [half for key_id, half in halves.items() if key_id not in ended]
        return Destroyed(",".join(left), ended)

    def _halves(self) -> dict[str, str]:
        several = [one.strip() for one in self.private_keys.split(",")]
        return {one.partition(":")[0]: one for one in several}
