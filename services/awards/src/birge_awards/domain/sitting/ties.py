"""What people add to a tie that waits for them: an extra juror, an open vote, the chair's word."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.jury.deliberation import (
    CastingVote,
    Deliberation,
    ExtraScores,
    InvalidDeliberation,
    OpenVote,
)
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.scoring import InvalidMarks, score_of
from birge_awards.domain.jury.ties import CHAIR, EXTRA_JUDGE, OPEN_VOTE, Waiting
from birge_awards.domain.sitting.commands import (
    CastVote,
    CloseVote,
    SayNoExtraJudge,
    ScoreAsExtraJudge,
    VoteOnTie,
)
from birge_awards.domain.sitting.facts import Facts
from birge_awards.domain.sitting.sheets import nomination_of
from birge_awards.domain.sitting.sitting import Sitting


def no_extra_judge(sitting: Sitting, command: SayNoExtraJudge, act: Act, facts: Facts) -> Sitting:
    """The step is passed over, with the reason on record."""
    said = _waiting_said(sitting, command.tied, EXTRA_JUDGE, facts)
    return _with(sitting, command.tied, replace(said, no_extra_judge=command.reason), facts)


def extra_scored(sitting: Sitting, command: ScoreAsExtraJudge, act: Act, facts: Facts) -> Sitting:
    """One more member scores all who tied."""
    _require_unconflicted(sitting, act, command.tied)
    if _has_read(sitting, act.by, command.tied):
        raise Refused("has_read", "Who was given one of them to read is no extra judge.")
    said = _waiting_said(sitting, command.tied, EXTRA_JUDGE, facts)
    try:
        scores = {
            nominee: score_of(
                nomination_of(sitting, facts.policy, nominee).criteria, marks, facts.policy.scale
            )
            for nominee, marks in command.marks.items()
        }
    except InvalidMarks as error:
        raise Refused(error.code, str(error)) from error
    extra = ExtraScores(act.by, scores)
    return _with(sitting, command.tied, replace(said, extra=extra), facts)


def vote_given(sitting: Sitting, command: VoteOnTie, act: Act, facts: Facts) -> Sitting:
    """A member's open vote; nothing follows from it before the vote is closed."""
    _require_unconflicted(sitting, act, command.tied)
    _waiting_said(sitting, command.tied, OPEN_VOTE, facts)
    group = tuple(sorted(command.tied))
    if command.choice not in group:
        raise Refused("not_tied", "Votes are for those who tied.")
    votes = ballots_on(sitting, group)
    if act.by in votes:
        raise Refused("voted", "You have voted, and all have seen it.")
    ballots = {**dict(sitting.ballots), group: {**votes, act.by: command.choice}}
    return replace(sitting, ballots=tuple(sorted(ballots.items(), key=lambda one: one[0])))


def vote_closed(sitting: Sitting, command: CloseVote, act: Act, facts: Facts) -> Sitting:
    """The votes count, where two thirds (or what the policy says) of those who may have voted."""
    said = _waiting_said(sitting, command.tied, OPEN_VOTE, facts)
    group = tuple(sorted(command.tied))
    able = frozenset.intersection(*(sitting.unconflicted(one) for one in group))
    votes = {who: one for who, one in ballots_on(sitting, group).items() if who in able}
    quorum = facts.policy.quorum
    if not able or Fraction(len(votes), len(able)) < quorum:
        raise Refused("no_quorum", f"{len(votes)} of {len(able)} have voted; {quorum} must.")
    return _with(sitting, group, replace(said, vote=OpenVote(able, votes)), facts)


def casting_given(sitting: Sitting, command: CastVote, act: Act, facts: Facts) -> Sitting:
    """The chair's order of those who tied; where the chair has a conflict, any other member's."""
    _require_unconflicted(sitting, act, command.tied)
    if not _may_cast(sitting, act.by, command.tied):
        raise Refused("not_the_chair", "The chair decides, or another member if he may not.")
    said = _waiting_said(sitting, command.tied, CHAIR, facts)
    casting = CastingVote(act.by, command.order, command.reason)
    return _with(sitting, command.tied, replace(said, casting=casting), facts)


def waiting_in(sitting: Sitting, facts: Facts) -> list[Waiting]:
    """Every group that only people can part, over all nominations."""
    return [
        one
        for each in facts.standings(sitting)
        if each.outcome is not None
        for one in each.outcome.waiting
    ]


def may_take(sitting: Sitting, waiting: Waiting, person: str) -> bool:
    """Whether the step of a tie that waits is this member's to take, now."""
    if sitting.member(person) is None or _has_conflict(sitting, person, waiting.tied):
        return False
    if waiting.step == EXTRA_JUDGE:
        return not _has_read(sitting, person, waiting.tied)
    if waiting.step == OPEN_VOTE:
        return person not in ballots_on(sitting, waiting.tied)
    return waiting.step == CHAIR and _may_cast(sitting, person, waiting.tied)


def ballots_on(sitting: Sitting, tied: tuple[str, ...]) -> Mapping[str, str]:
    """The votes given so far about a group: each member's choice."""
    return dict(sitting.ballots).get(tuple(sorted(tied)), {})


def _waiting_said(sitting: Sitting, tied: tuple[str, ...], step: str, facts: Facts) -> Deliberation:
    """What was said about the group so far; refuses where the chain is not at this step."""
    group = tuple(sorted(tied))
    if Waiting(step, group) not in waiting_in(sitting, facts):
        raise Refused("no_such_tie", f"These do not tie, or their tie does not wait for: {step}.")
    return dict(sitting.deliberations).get(group, Deliberation())


def _with(sitting: Sitting, tied: tuple[str, ...], said: Deliberation, facts: Facts) -> Sitting:
    group = tuple(sorted(tied))
    kept = {**dict(sitting.deliberations), group: said}
    changed = replace(sitting, deliberations=tuple(sorted(kept.items(), key=lambda one: one[0])))
    try:
        facts.standings(changed)
    except InvalidDeliberation as error:
        raise Refused(error.code, str(error)) from error
    return changed


def _require_unconflicted(sitting: Sitting, act: Act, tied: tuple[str, ...]) -> None:
    if sitting.member(act.by) is None:
        raise Refused("not_a_member", "Only members of the jury decide.")
    if _has_conflict(sitting, act.by, tied):
        raise Refused("conflict", "You do not judge all of these nominees.")


def _has_read(sitting: Sitting, person: str, tied: tuple[str, ...]) -> bool:
    """Whether one of them was given to this person to read, even without a sheet."""
    return any(person in sitting.readers_of(one) for one in tied)


def _may_cast(sitting: Sitting, person: str, tied: tuple[str, ...]) -> bool:
    """The chair; another member where the chair has a conflict, or was dismissed."""
    chair = next((one.person for one in sitting.members if one.is_chair), None)
    return chair is None or person == chair or _has_conflict(sitting, chair, tied)


def _has_conflict(sitting: Sitting, person: str, tied: tuple[str, ...]) -> bool:
    return any(Pair(nominee, person) in sitting.barred for nominee in tied)
