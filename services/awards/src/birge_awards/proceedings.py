"""A jury's sitting with all that its steps and its minutes look at."""

from dataclasses import dataclass

from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.sitting.facts import Facts
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Sitting
from birge_awards.ports import Kept


@dataclass(frozen=True)
class Proceedings:
    """A sitting as it was read, with the cycle that it serves and its sheets."""

    cycle: Kept[Cycle]
    sitting: Kept[Sitting]
    sheets: tuple[Sheet, ...]

    @property
    def policy(self) -> Policy:
        """The policy that was frozen when nominations opened."""
        policy = self.cycle.value.policy
        assert policy is not None, "a jury sits under a policy"
        return policy

    @property
    def facts(self) -> Facts:
        """What a step may look at."""
        return Facts(self.policy, self.sheets)
