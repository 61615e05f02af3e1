"""What a sitting's commands do: in which phase each is heard, what it asks, what follows."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.cycle.policy import LANGUAGES, Policy
from birge_awards.domain.jury.assignment import assign, ensure
from birge_awards.domain.jury.conflicts import Conflict, Source
from birge_awards.domain.jury.pair import Pair
from birge_awards.domain.jury.panel import AssignmentPolicy, Panel
from birge_awards.domain.jury.panel import Juror as Reader
from birge_awards.domain.jury.panel import Nominee as Read
from birge_awards.domain.jury.shortage import TooFewJurors
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CastVote,
    CloseScoring,
    CloseVote,
    Command,
    Conclude,
    Declare,
    DismissMember,
    EnsureReviews,
    OpenDeclarations,
    ProposeAwards,
    Recuse,
    Reopen,
    ResumeScoring,
    SayNoExtraJudge,
    ScoreAsExtraJudge,
    SignMinutes,
    VoteOnTie,
)
from birge_awards.domain.sitting.facts import Facts
from birge_awards.domain.sitting.sitting import COMMISSION, Award, Phase, Recusal, Sitting
from birge_awards.domain.sitting.ties import (
    casting_given,
    extra_scored,
    no_extra_judge,
    vote_closed,
    vote_given,
)


def after(sitting: Sitting, command: Command, act: Act, facts: Facts) -> Sitting:
    """The sitting after the command; raises Refused where the phase or the rules forbid it."""
    heard_in, step = _STEPS[type(command)]
    if sitting.phase not in heard_in:
        phases = ", ".join(heard_in)
        raise Refused("wrong_phase", f"The jury is {sitting.phase}; this is done while: {phases}.")
    return step(sitting, command, act, facts)


def _add_member(sitting: Sitting, command: AddMember, act: Act, facts: Facts) -> Sitting:
    if sitting.member(command.member.person):
        raise Refused("twice_a_member", "This person is a member already.")
    if command.member.is_chair and any(one.is_chair for one in sitting.members):
        raise Refused("second_chair", "There is a chair already.")
    if command.member.person in sitting.dismissed:
        raise Refused("dismissed", "Who was dismissed does not come back to this jury.")
    return replace(
        sitting,
        members=(*sitting.members, command.member),
        conflicts=(*sitting.conflicts, *command.computed),
    )


def _dismiss(sitting: Sitting, command: DismissMember, act: Act, facts: Facts) -> Sitting:
    if sitting.member(command.person) is None:
        raise Refused("not_a_member", "This person is no member of the jury.")
    _require_reason(command.reason, "Say why the member leaves.")
    members = tuple(one for one in sitting.members if one.person != command.person)
    return replace(sitting, members=members, dismissed=(*sitting.dismissed, command.person))


def _open_declarations(
    sitting: Sitting, command: OpenDeclarations, act: Act, facts: Facts
) -> Sitting:
    if not command.candidates:
        raise Refused("no_candidates", "Nobody stands; sign that there is no award, and why.")
    if not any(one.is_chair for one in sitting.members):
        raise Refused("no_chair", "Name the chair first.")
    return replace(
        sitting,
        phase=Phase.DECLARING,
        candidates=command.candidates,
        conflicts=command.computed,
    )


def _declare(sitting: Sitting, command: Declare, act: Act, facts: Facts) -> Sitting:
    if sitting.member(act.by) is None:
        raise Refused("not_a_member", "Only members of the jury declare.")
    if act.by in sitting.declared:
        raise Refused("declared", "You have declared; a conflict seen later is a recusal.")
    standing = {one.nominee for one in sitting.candidates}
    if strangers := sorted(command.conflicts.keys() - standing):
        raise Refused("no_candidate", f"These do not stand here: {', '.join(strangers)}")
    own = tuple(
        Conflict(nominee, act.by, kind, Source.JUROR)
        for nominee, kind in sorted(command.conflicts.items())
    )
    return replace(
        sitting,
        declared={**sitting.declared, act.by: act.at},
        conflicts=(*sitting.conflicts, *own),
    )


def _assign(sitting: Sitting, command: AssignReviews, act: Act, facts: Facts) -> Sitting:
    silent = sorted(one.person for one in sitting.members if one.person not in sitting.declared)
    if silent:
        raise Refused("not_declared", f"These have not declared yet: {', '.join(silent)}")
    if not command.seed.strip():
        raise Refused("no_seed", "Draw with a seed that was agreed on.")
    if command.scoring_ends_at <= act.at:
        raise Refused("deadline", "Scoring ends in the future.")
    try:
        plan = assign(_panel(sitting), _assignment_policy(sitting, facts.policy), command.seed)
    except TooFewJurors as error:
        raise Refused("too_few_jurors", str(error)) from error
    return replace(
        sitting,
        phase=Phase.SCORING,
        plan=plan,
        seed=command.seed,
        scoring_ends_at=command.scoring_ends_at,
    )


def _ensure(sitting: Sitting, command: EnsureReviews, act: Act, facts: Facts) -> Sitting:
    assert sitting.plan is not None, "scoring began without a plan"
    policy = _assignment_policy(sitting, facts.policy)
    try:
        plan = ensure(sitting.plan, _panel(sitting), policy, sitting.seed)
    except TooFewJurors as error:
        raise Refused("too_few_jurors", str(error)) from error
    return replace(sitting, plan=plan)


def _recuse(sitting: Sitting, command: Recuse, act: Act, facts: Facts) -> Sitting:
    if sitting.member(command.juror) is None:
        raise Refused("not_a_member", "This person is no member of the jury.")
    if command.nominee not in {one.nominee for one in sitting.candidates}:
        raise Refused("no_candidate", "This nominee does not stand before this jury.")
    if Pair(command.nominee, command.juror) in sitting.barred:
        raise Refused("barred_already", "This juror does not judge this nominee already.")
    _require_reason(command.reason, "Say why, in words that may be read in the minutes.")
    recusal = Recusal(command.nominee, command.juror, command.reason, act.by)
    # What was said of a tie may rest on this juror's word; who still ties is asked anew.
    return replace(
        sitting,
        recusals=(*sitting.recusals, recusal),
        deliberations=tuple(one for one in sitting.deliberations if command.nominee not in one[0]),
        ballots=tuple(one for one in sitting.ballots if command.nominee not in one[0]),
    )


def _close(sitting: Sitting, command: CloseScoring, act: Act, facts: Facts) -> Sitting:
    assert sitting.scoring_ends_at is not None, "scoring began without an end"
    submitted = {one.pair for one in facts.sheets if one.submitted_at is not None}
    missing = [
        Pair(nominee, one.person)
        for one in sitting.members
        for nominee in sitting.reads_of(one.person)
        if Pair(nominee, one.person) not in submitted
    ]
    if missing and act.at <= sitting.scoring_ends_at:
        raise Refused(
            "sheets_missing",
            f"{len(missing)} sheets are missing, and there is time until "
            f"{sitting.scoring_ends_at.isoformat()}.",
        )
    return replace(sitting, phase=Phase.DELIBERATING)


def _resume(sitting: Sitting, command: ResumeScoring, act: Act, facts: Facts) -> Sitting:
    _require_reason(command.reason, "Say why sheets are taken again.")
    if command.scoring_ends_at <= act.at:
        raise Refused("deadline", "Scoring ends in the future.")
    return replace(
        sitting,
        phase=Phase.SCORING,
        scoring_ends_at=command.scoring_ends_at,
        reviews=command.reviews,
        deliberations=(),
        ballots=(),
    )


def _propose(sitting: Sitting, command: ProposeAwards, act: Act, facts: Facts) -> Sitting:
    awards = []
    for standings in facts.standings(sitting):
        code = standings.nomination.code
        if standings.outcome is None:
            raise Refused("not_comparable", f"{code}: {_SHARE_NO_JURORS}")
        if standings.outcome.waiting:
            step = standings.outcome.waiting[0].step
            raise Refused("tie", f"{code}: a tie waits for: {step}.")
        for one in standings.outcome.laureates:
            citation = _citation(sitting, one.nominee, command.citations.get(one.nominee, {}))
            awards.append(Award(code, one.nominee, one.place, citation))
    if not awards:
        raise Refused("nobody", _NO_QUORUM)
    if strangers := sorted(command.citations.keys() - {one.nominee for one in awards}):
        raise Refused("no_laureate", f"These are no laureates: {', '.join(strangers)}")
    return replace(sitting, phase=Phase.SIGNING, awards=tuple(awards), signatures={})


def _citation(sitting: Sitting, nominee: str, given: Mapping[str, str]) -> Mapping[str, str]:
    texts = {language: text.strip() for language, text in given.items() if text.strip()}
    if strangers := sorted(texts.keys() - set(LANGUAGES)):
        raise Refused("unknown_language", f"Citations are in {', '.join(LANGUAGES)}: {strangers}")
    needed = set(LANGUAGES) if sitting.panel == COMMISSION else set()
    if not texts or not needed <= texts.keys():
        asked = "in every language" if needed else "in a sentence"
        raise Refused("no_citation", f"Say {asked} why {nominee} is honoured.")
    return texts


def _sign(sitting: Sitting, command: SignMinutes, act: Act, facts: Facts) -> Sitting:
    if sitting.member(act.by) is None:
        raise Refused("not_a_member", "Only members of the jury sign.")
    if command.minutes != sitting.minutes:
        raise Refused("other_minutes", "These are not the minutes to sign; read them anew.")
    if act.by in sitting.signatures:
        raise Refused("signed", "You have signed.")
    return replace(sitting, signatures={**sitting.signatures, act.by: act.at})


def _conclude(sitting: Sitting, command: Conclude, act: Act, facts: Facts) -> Sitting:
    for award in sitting.awards:
        able = sitting.unconflicted(award.nominee)
        signed = len(able & sitting.signatures.keys())
        if not able or Fraction(signed, len(able)) < facts.policy.quorum:
            raise Refused(
                "no_quorum",
                f"{award.nominee}: {signed} of {len(able)} members without a conflict have "
                f"signed; {facts.policy.quorum} must.",
            )
    return replace(sitting, phase=Phase.CONCLUDED)


def _reopen(sitting: Sitting, command: Reopen, act: Act, facts: Facts) -> Sitting:
    _require_reason(command.reason, "Say why the result is taken back.")
    return replace(sitting, phase=Phase.DELIBERATING, awards=(), minutes=None, signatures={})


def _panel(sitting: Sitting) -> Panel:
    return Panel(
        tuple(Read(one.nominee, one.region) for one in sitting.candidates),
        tuple(
            Reader(one.person, one.region, one.capacity)
            for one in sitting.members
            if one.person in sitting.declared
        ),
        sitting.barred,
    )


def _assignment_policy(sitting: Sitting, policy: Policy) -> AssignmentPolicy:
    """A guest reads every nominee of the commission; a region's jury is at home by itself."""
    reviews = max(policy.reviews, sitting.reviews)
    return AssignmentPolicy(reviews, guests=1 if sitting.panel == COMMISSION else 0)


def _require_reason(reason: str, detail: str) -> None:
    if not reason.strip():
        raise Refused("no_reason", detail)


_Step = Callable[[Sitting, Any, Act, Facts], Sitting]
_SHARE_NO_JURORS = (
    "these nominees share no jurors; resume scoring and have each read by more, or by new members."
)
_NO_QUORUM = "No nominee has a quorum; resume scoring, or sign that there is no award, and why."
_BEFORE_RESULT = (Phase.FORMING, Phase.DECLARING, Phase.SCORING)
_STEPS: Mapping[type[Command], tuple[tuple[Phase, ...], _Step]] = {
    AddMember: (_BEFORE_RESULT, _add_member),
    DismissMember: (_BEFORE_RESULT, _dismiss),
    OpenDeclarations: ((Phase.FORMING,), _open_declarations),
    Declare: ((Phase.DECLARING, Phase.SCORING), _declare),
    AssignReviews: ((Phase.DECLARING,), _assign),
    EnsureReviews: ((Phase.SCORING,), _ensure),
    Recuse: ((Phase.DECLARING, Phase.SCORING, Phase.DELIBERATING), _recuse),
    CloseScoring: ((Phase.SCORING,), _close),
    ResumeScoring: ((Phase.SCORING, Phase.DELIBERATING), _resume),
    SayNoExtraJudge: ((Phase.DELIBERATING,), no_extra_judge),
    ScoreAsExtraJudge: ((Phase.DELIBERATING,), extra_scored),
    VoteOnTie: ((Phase.DELIBERATING,), vote_given),
    CloseVote: ((Phase.DELIBERATING,), vote_closed),
    CastVote: ((Phase.DELIBERATING,), casting_given),
    ProposeAwards: ((Phase.DELIBERATING,), _propose),
    SignMinutes: ((Phase.SIGNING,), _sign),
    Conclude: ((Phase.SIGNING,), _conclude),
    Reopen: ((Phase.SIGNING, Phase.CONCLUDED), _reopen),
}
