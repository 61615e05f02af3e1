"""The record of a sitting for its minutes: everything that was decided, and by which step."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil

from birge_awards.domain.cycle.cycle import Laureate
from birge_awards.domain.cycle.laureates import prizes_of
from birge_awards.domain.cycle.policy import Nomination, Policy
from birge_awards.domain.jury.conflicts import Source
from birge_awards.domain.jury.deliberation import Deliberation
from birge_awards.domain.jury.ranking import Standing
from birge_awards.domain.jury.scoring import published
from birge_awards.domain.jury.stability import LeftOut, left_out
from birge_awards.domain.jury.ties import CHAIR, OPEN_VOTE, Decided
from birge_awards.domain.sitting.sitting import COMMISSION, Sitting
from birge_awards.domain.sitting.standings import Standings, places_of
from birge_awards.minutes.record import (
    CHAIR as CHAIR_ROLE,
)
from birge_awards.minutes.record import (
    MEMBER,
    NATIONAL,
    AssignmentPlan,
    Citation,
    ConflictCount,
    LaureateOfRecord,
    Member,
    MinutesRecord,
    NominationOfRecord,
    NomineeStanding,
    OpenVote,
    PolicyInForce,
    Quorum,
    ResultWithoutOne,
    Stability,
    Texts,
    TieStep,
)
from birge_awards.proceedings import Proceedings
from birge_common.codelists import Names
from birge_common.regions import COUNTRY_NAMES, REGIONS

AWARD = Texts("«Үздік волонтер»", "«Лучший волонтёр»", "Best Volunteer")
NATIONAL_AWARD = Texts("«Жыл волонтері»", "«Волонтёр года»", "Volunteer of the Year")


def minutes_record(
    held: Proceedings, *, names: Mapping[str, str], closed_at: datetime
) -> MinutesRecord:
    """The record; `names` are those that may be shown, an id stands in for who has none.

    The same sitting and sheets give the same record.
    """
    sitting, policy = held.sitting.value, held.policy
    is_commission = sitting.panel == COMMISSION
    assert held.cycle.value.policy_hash is not None, "the policy was frozen at opening"
    assert sitting.plan is not None, "a result follows from an assignment"
    return MinutesRecord(
        number=f"{sitting.cycle}/{sitting.panel}",
        award=NATIONAL_AWARD if is_commission else AWARD,
        cycle=sitting.cycle,
        panel=NATIONAL if is_commission else sitting.panel,
        place=Texts(**vars(_names_of(sitting.panel))),
        opened_at=min(sitting.declared.values()),
        closed_at=closed_at,
        members=tuple(_member(sitting, one.person, names) for one in sitting.members),
        quorum=_quorum(sitting, policy),
        policy=PolicyInForce(policy.version, held.cycle.value.policy_hash, policy.ranks_by),
        plan=AssignmentPlan(sitting.plan.hash, sitting.seed),
        nominations=tuple(
            _nomination(sitting, one, names) for one in held.facts.standings(sitting)
        ),
        conflicts=_conflicts(sitting),
        recusals=len(sitting.recusals),
        appeal=None,
    )


def _names_of(panel: str) -> Names:
    return COUNTRY_NAMES if panel == COMMISSION else REGIONS[panel].names


def _member(sitting: Sitting, person: str, names: Mapping[str, str]) -> Member:
    member = sitting.member(person)
    assert member is not None, "only members are asked for"
    return Member(
        id=person,
        name=names.get(person, person),
        role=CHAIR_ROLE if member.is_chair else MEMBER,
        present=person in sitting.declared,
        recused=sum(one.juror == person for one in sitting.recusals),
    )


def _quorum(sitting: Sitting, policy: Policy) -> Quorum:
    """Over the laureates, the one for whom fewest members have no conflict."""
    present = [one.person for one in sitting.members if one.person in sitting.declared]
    able = [sitting.unconflicted(one.nominee) for one in sitting.awards]
    fewest = min(able, key=len, default=frozenset(present))
    return Quorum(
        present=len(present),
        unconflicted=len(fewest & set(present)),
        needed=ceil(policy.quorum * len(fewest)),
    )


def _nomination(
    sitting: Sitting, standings: Standings, names: Mapping[str, str]
) -> NominationOfRecord:
    nomination, ranking = standings.nomination, standings.ranking
    decided = standings.outcome.decided if standings.outcome else ()
    return NominationOfRecord(
        code=nomination.code,
        title=Texts(**nomination.titles),
        standings=tuple(_standing(one, names) for one in ranking.standings),
        comparability=ranking.status,
        ties=tuple(_tie_step(sitting, one) for one in decided),
        stability=Stability(_hangs_on(sitting, standings)),
        laureates=_laureates(sitting, nomination, names),
        no_award=None
        if any(one.nomination == nomination.code for one in sitting.awards)
        else "no nominee has a quorum of scores",
    )


def _standing(one: Standing, names: Mapping[str, str]) -> NomineeStanding:
    error = one.standard_error
    return NomineeStanding(
        nominee=one.nominee,
        name=names.get(one.nominee, one.nominee),
        state=one.state,
        scores=one.scores,
        assigned=one.assigned,
        raw_mean=one.raw_mean,
        calibrated=one.calibrated,
        standard_error=None if error is None else published(Fraction(Decimal(repr(error)))),
        part=one.part,
        place=one.place,
    )


def _tie_step(sitting: Sitting, one: Decided) -> TieStep:
    said = dict(sitting.deliberations).get(one.tied, Deliberation())
    votes = said.vote if one.step == OPEN_VOTE else None
    casting = said.casting if one.step == CHAIR else None
    return TieStep(
        step=one.step,
        tied=one.tied,
        into=one.into,
        votes=tuple(OpenVote(member, votes.votes.get(member)) for member in sorted(votes.members))
        if votes
        else (),
        decided_by=casting.chair if casting else None,
        reason=casting.reason if casting else None,
    )


def _hangs_on(sitting: Sitting, standings: Standings) -> tuple[ResultWithoutOne, ...]:
    """What would change without a juror; who that is, the chair is told and the minutes not."""
    if standings.outcome is None:
        return ()
    places = places_of(sitting, standings.nomination)
    changes = left_out(standings.scores, standings.ranking, places)
    return tuple(_without_one(one) for one in changes)


def _without_one(one: LeftOut) -> ResultWithoutOne:
    return ResultWithoutOne(one.gone, one.new, one.in_doubt, one.is_comparable)


def _laureates(
    sitting: Sitting, nomination: Nomination, names: Mapping[str, str]
) -> tuple[LaureateOfRecord, ...]:
    awards = [one for one in sitting.awards if one.nomination == nomination.code]
    prizes = {}
    if sitting.panel == COMMISSION:
        prizes = prizes_of(
            nomination, [Laureate(one.nomination, one.nominee, one.place) for one in awards]
        )
    return tuple(
        LaureateOfRecord(
            nominee=one.nominee,
            name=names.get(one.nominee, one.nominee),
            place=one.place,
            citation=Citation(**one.citation),
            prize_tenge=prizes.get(one.nominee, 0),
        )
        for one in awards
    )


def _conflicts(sitting: Sitting) -> tuple[ConflictCount, ...]:
    counted = Counter((one.kind, one.source) for one in sitting.conflicts)
    return tuple(
        ConflictCount(kind, counted[kind, Source.JUROR], counted[kind, Source.COMPUTED])
        for kind in sorted({kind for kind, _ in counted})
    )
