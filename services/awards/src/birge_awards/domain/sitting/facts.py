"""What a step of a sitting may look at beside the sitting itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import Sitting
from birge_awards.domain.sitting.standings import Standings, standings_of


@dataclass(frozen=True)
class Facts:
    """The frozen policy, and every sheet of the sitting as it is."""

    policy: Policy
    sheets: Sequence[Sheet] = ()

    def standings(self, sitting: Sitting) -> tuple[Standings, ...]:
        """What the sheets come to in each nomination."""
        return standings_of(sitting, self.policy, self.sheets)
