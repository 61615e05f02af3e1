"""Appeals as they are filed: who asked is sealed under a key of its own, and opened to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from birge_awards.domain.acting import Act
from birge_awards.domain.cycle.commands import FileAppeal
from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.cycle.stages import after
from birge_awards.handlers.cycles import Cycles
from birge_awards.handlers.keeping import kept
from birge_awards.ports import Change
from birge_awards.vault import Vault


@dataclass(frozen=True)
class Appeals:
    """Takes appeals from the officials who file them."""

    cycles: Cycles
    vault: Vault

    async def file(self, cycle: str, command: FileAppeal, by: str) -> Cycle:
        """The cycle with the appeal; who asked is kept as only the vault reads it. Raises Refused.

        The log says that there is an appeal, in which nomination, and nothing of who asked.
        """
        act = Act(by, self.cycles.clock.now())
        name = _key_name(cycle, command.appeal)
        key, wrapped = self.vault.new_key(name)
        who = command.on_behalf_of.strip()
        sealed = self.vault.seal({"who": who}, key, name) if who else ""
        filed = replace(command, on_behalf_of=sealed)

        async def decide() -> tuple[Change, Cycle]:
            before = await self.cycles.load(cycle)
            changed = after(before.value, filed, act)
            change = self.cycles.change(before, changed, filed, act)
            return replace(change, new_keys={name: wrapped}), changed

        return await kept(self.cycles.store, decide, now=act.at)

    async def who_asked(self, cycle: Cycle) -> Mapping[str, str]:
        """Who asked, by appeal, for those who answer; nothing of an appeal whose key is gone."""
        names = {_key_name(cycle.id, appeal): appeal for appeal in cycle.appeals}
        wrapped = await self.cycles.store.wrapped_keys(list(names))
        found = {}
        for name, key in wrapped.items():
            sealed = cycle.appeals[names[name]].on_behalf_of
            found[names[name]] = self.vault.open(sealed, self.vault.unwrapped(key, name), name)
        return {appeal: one["who"] for appeal, one in found.items()}


def _key_name(cycle: str, appeal: str) -> str:
    return f"appeal|{cycle}|{appeal}"
