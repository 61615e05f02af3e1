"""What the sheets of a sitting come to in each nomination: ranking, ties, laureates."""

from collections.abc import Sequence
from dataclasses import dataclass

from birge_awards.domain.cycle.policy import REVIEWS_FLOOR, Nomination, Policy
from birge_awards.domain.jury.cut_line import NotComparable
from birge_awards.domain.jury.outcome import Outcome, outcome_of
from birge_awards.domain.jury.ranking import Ranking, RankingRules, rank
from birge_awards.domain.jury.scoring import Counted, counted
from birge_awards.domain.jury.ties import TieRules
from birge_awards.domain.sitting.sheets import Sheet, scores_from
from birge_awards.domain.sitting.sitting import COMMISSION, Sitting


@dataclass(frozen=True)
class Standings:
    """One nomination; `outcome` is None where there is no common order (NOT_COMPARABLE)."""

    nomination: Nomination
    ranking: Ranking
    scores: Counted
    outcome: Outcome | None


def standings_of(
    sitting: Sitting, policy: Policy, sheets: Sequence[Sheet]
) -> tuple[Standings, ...]:
    """Every nomination with candidates, in the order of the policy.

    A nominee has a quorum with the policy's share of its unconflicted readers, two at least.
    """
    scores = counted(scores_from(sitting, policy, sheets), sitting.barred)
    return tuple(
        _standings(sitting, policy, nomination, scores)
        for nomination in policy.nominations
        if any(sitting.of_nomination(nomination.code))
    )


def places_of(sitting: Sitting, nomination: Nomination) -> int:
    """How many laureates this jury may name: a region sends some, the commission has prizes."""
    if sitting.panel == COMMISSION:
        return len(nomination.prizes)
    return nomination.regional_laureates_max


def _standings(
    sitting: Sitting, policy: Policy, nomination: Nomination, scores: Counted
) -> Standings:
    nominees = {one.nominee for one in sitting.of_nomination(nomination.code)}
    own = scores.of(nominees)
    ranking = rank(
        own,
        {nominee: sitting.readers_of(nominee) for nominee in nominees},
        RankingRules(policy.ranks_by, REVIEWS_FLOOR, policy.quorum),
    )
    try:
        outcome = outcome_of(
            ranking,
            places_of(sitting, nomination),
            own,
            TieRules(policy.tie_chain, nomination.criteria, policy.quorum),
            {frozenset(tied): said for tied, said in sitting.deliberations},
        )
    except NotComparable:
        outcome = None
    return Standings(nomination, ranking, own, outcome)
