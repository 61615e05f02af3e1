"""The state machine of a cycle: in which stage a command is heard, what it asks, what follows.

Nothing here is undone but by another command, and nothing changes after the decision: an appeal
has an outcome of its own and leaves the decision as it was signed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from birge_awards.domain.acting import Act, Refused
from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Close,
    Command,
    ConfirmLaureates,
    Decide,
    ExtendStage,
    FileAppeal,
    FormCommission,
    OpenNationalStage,
    OpenNominations,
    OpenRegionalStage,
    Publish,
    ReopenRegion,
    ResolveAppeal,
    SeatCommission,
    SetPolicy,
    SignNoAward,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import (
    Appeal,
    Cycle,
    Decision,
    RegionalStage,
    Stage,
    Waiver,
)
from birge_awards.domain.cycle.days import day_of
from birge_awards.domain.cycle.laureates import national_problem, regional_problem
from birge_awards.domain.cycle.policy import (
    COMMISSION_COUNTRIES_MIN,
    DUE,
    INTERNATIONAL,
    Policy,
    policy_hash,
    problems_of,
)


def after(cycle: Cycle, command: Command, act: Act) -> Cycle:
    """The cycle after the command; raises Refused where the stage or the rules forbid it."""
    heard_in, step = _STEPS[type(command)]
    if cycle.stage not in heard_in:
        stages = ", ".join(heard_in)
        raise Refused("wrong_stage", f"The cycle is {cycle.stage}; this is done in: {stages}.")
    return step(cycle, command, act)


def _set_policy(cycle: Cycle, command: SetPolicy, act: Act) -> Cycle:
    return replace(cycle, policy=command.policy)


def _open_nominations(cycle: Cycle, command: OpenNominations, act: Act) -> Cycle:
    if cycle.policy is None:
        raise Refused("no_policy", "Write the policy first.")
    if problems := problems_of(cycle.policy):
        raise Refused("policy", "; ".join(one.detail for one in problems))
    if not command.regions:
        raise Refused("no_regions", "Name the regions of the map: every one holds a stage.")
    return replace(
        cycle,
        stage=Stage.NOMINATIONS,
        policy_hash=policy_hash(cycle.policy),
        regions=dict.fromkeys(sorted(command.regions), RegionalStage()),
    )


def _open_regional(cycle: Cycle, command: OpenRegionalStage, act: Act) -> Cycle:
    last = cycle.due.get("nominations")
    if last is not None and day_of(act.at) <= last:
        raise Refused("nominations_open", f"Nominations may come until {last.isoformat()}.")
    return replace(cycle, stage=Stage.REGIONAL)


def _extend(cycle: Cycle, command: ExtendStage, act: Act) -> Cycle:
    last = cycle.due.get(command.stage)
    if last is None or not _goes_on(cycle, command.stage):
        raise Refused("no_due", "Name a stage that has a last day and is not over.")
    if not command.reason.strip():
        raise Refused("no_reason", "Say why the stage takes longer; everybody may read it.")
    if command.until <= max(last, day_of(act.at)):
        raise Refused("not_later", f"The new day comes after {last.isoformat()}, and after today.")
    extended = {**cycle.extended, command.stage: command.until}
    days = [extended.get(stage, cycle.due[stage]) for stage in DUE if stage in cycle.due]
    if days != sorted(days):
        raise Refused("due", "The next stage ends earlier; extend that one first.")
    return replace(cycle, extended=extended)


def _goes_on(cycle: Cycle, stage: str) -> bool:
    order = list(Stage)
    return order.index(cycle.stage) <= order.index(Stage(stage))


def _confirm(cycle: Cycle, command: ConfirmLaureates, act: Act) -> Cycle:
    region = _region(cycle, command.region)
    if region.is_over:
        raise Refused("region_is_over", "This region has decided; reopen it with a reason first.")
    if problem := regional_problem(_policy(cycle), command.laureates):
        raise Refused("laureates", problem)
    return _with_region(cycle, command.region, RegionalStage(laureates=command.laureates))


def _sign_waiver(cycle: Cycle, command: SignWaiver, act: Act) -> Cycle:
    region = _region(cycle, command.region)
    if region.is_over:
        raise Refused("region_is_over", "This region has decided; reopen it with a reason first.")
    waiver = _signed(region.waiver, command.reason, act.by)
    return _with_region(cycle, command.region, replace(region, waiver=waiver))


def _sign_no_award(cycle: Cycle, command: SignNoAward, act: Act) -> Cycle:
    waiver = _signed(cycle.no_award, command.reason, act.by)
    if not waiver.is_in_force:
        return replace(cycle, no_award=waiver)
    decision = Decision((), waiver.signed_by, None, act.at, act.by)
    return replace(cycle, no_award=waiver, stage=Stage.DECIDED, decision=decision)


def _signed(waiver: Waiver | None, reason: str, by: str) -> Waiver:
    if not reason.strip():
        raise Refused("no_reason", "Say why there is no award.")
    if waiver is None:
        return Waiver(reason, (by,))
    if waiver.reason != reason:
        raise Refused("another_reason", f"The waiver to sign says: {waiver.reason}")
    if by in waiver.signed_by:
        raise Refused("four_eyes", "You have signed it; a second person must.")
    return replace(waiver, signed_by=(*waiver.signed_by, by))


def _reopen(cycle: Cycle, command: ReopenRegion, act: Act) -> Cycle:
    region = _region(cycle, command.region)
    if region == RegionalStage():
        raise Refused("region_is_open", "This region has decided nothing yet.")
    if not command.reason.strip():
        raise Refused("no_reason", "Say why the region's result is taken back.")
    return _with_region(cycle, command.region, RegionalStage())


def _form_commission(cycle: Cycle, command: FormCommission, act: Act) -> Cycle:
    people = [member.person for member in command.members]
    if len(set(people)) < len(people):
        raise Refused("twice_a_member", "Name every member once.")
    countries = {member.country for member in command.members}
    if _has_international(_policy(cycle)) and len(countries) < COMMISSION_COUNTRIES_MIN:
        raise Refused("countries", _countries_needed(len(countries)))
    if not people:
        raise Refused("no_members", "Name the members of the commission.")
    if sum(member.is_chair for member in command.members) != 1:
        raise Refused("no_chair", "Name the one member who chairs.")
    return replace(cycle, commission=command.members)


def _seat_commission(cycle: Cycle, command: SeatCommission, act: Act) -> Cycle:
    # No countries are asked for: who leaves has left, and the decision asks for them.
    return replace(cycle, commission=command.members)


def _open_national(cycle: Cycle, command: OpenNationalStage, act: Act) -> Cycle:
    if cycle.owing:
        raise Refused(
            "regions_owe",
            "These regions have neither laureates nor a signed waiver: " + ", ".join(cycle.owing),
        )
    if not cycle.commission:
        raise Refused("no_commission", "Form the commission first.")
    return replace(cycle, stage=Stage.NATIONAL)


def _decide(cycle: Cycle, command: Decide, act: Act) -> Cycle:
    policy, members = _policy(cycle), {one.person: one.country for one in cycle.commission}
    signers = set(command.signed_by)
    if strangers := sorted(signers - members.keys()):
        raise Refused("not_a_member", f"These signed and are no members: {', '.join(strangers)}")
    if len(signers) < policy.quorum * len(members):
        raise Refused(
            "no_quorum", f"{len(signers)} of {len(members)} signed; {policy.quorum} must."
        )
    countries = {members[person] for person in signers}
    if _has_international(policy) and len(countries) < COMMISSION_COUNTRIES_MIN:
        raise Refused("countries", _countries_needed(len(countries)))
    standing = {
        (one.nomination, one.nominee)
        for region in cycle.regions.values()
        for one in region.laureates
    }
    if problem := national_problem(policy, standing, command.laureates):
        raise Refused("laureates", problem)
    decision = Decision(command.laureates, command.signed_by, command.minutes, act.at, act.by)
    return replace(cycle, stage=Stage.DECIDED, decision=decision)


def _approve(cycle: Cycle, command: ApprovePublication, act: Act) -> Cycle:
    if act.by in _decision(cycle).had_a_hand:
        raise Refused("four_eyes", "Who signed or concluded the decision does not let it out.")
    if cycle.approved_by not in (None, act.by):
        raise Refused("approved", "Somebody else has approved it; only they move the moment.")
    if command.embargo < act.at:
        raise Refused("embargo", "The moment of publication lies ahead.")
    return replace(cycle, approved_by=act.by, embargo=command.embargo)


def _publish(cycle: Cycle, command: Publish, act: Act) -> Cycle:
    if cycle.embargo is None:
        raise Refused("not_approved", "A second person approves the publication first.")
    if act.at < cycle.embargo:
        raise Refused("not_yet", f"Not before {cycle.embargo.isoformat()}.")
    return replace(cycle, stage=Stage.PUBLISHED, published_at=act.at)


def _file_appeal(cycle: Cycle, command: FileAppeal, act: Act) -> Cycle:
    if command.appeal in cycle.appeals:
        raise Refused("appeal_exists", "This appeal is filed already.")
    if _policy(cycle).nomination(command.nomination) is None:
        raise Refused("unknown_nomination", "Name a nomination of this cycle.")
    until = cycle.appeals_until
    if until is not None and act.at > until:
        raise Refused("too_late", f"Appeals ended on {until.isoformat()}.")
    if not command.grounds.strip():
        raise Refused("no_reason", "Say what should be looked at again, and why.")
    if not command.on_behalf_of.strip():
        raise Refused("nobody_asked", "Say who asked for it; it is kept sealed.")
    appeal = Appeal(command.nomination, act.by, command.grounds, command.on_behalf_of)
    return replace(cycle, appeals={**cycle.appeals, command.appeal: appeal})


def _resolve_appeal(cycle: Cycle, command: ResolveAppeal, act: Act) -> Cycle:
    appeal = cycle.appeals.get(command.appeal)
    if appeal is None or appeal.outcome is not None:
        raise Refused("no_open_appeal", "There is no open appeal of this name.")
    if act.by in {*_decision(cycle).had_a_hand, appeal.filed_by}:
        raise Refused("four_eyes", "Who decided, or who filed the appeal, does not resolve it.")
    if not command.outcome.strip():
        raise Refused("no_reason", "Say what became of the appeal, and why.")
    resolved = replace(appeal, outcome=command.outcome)
    return replace(cycle, appeals={**cycle.appeals, command.appeal: resolved})


def _close(cycle: Cycle, command: Close, act: Act) -> Cycle:
    until = cycle.appeals_until
    assert until is not None, "published at some moment, under a policy"
    if act.at <= until:
        raise Refused("appeals", f"Appeals may come until {until.isoformat()}.")
    if unresolved := sorted(name for name, one in cycle.appeals.items() if one.outcome is None):
        raise Refused("appeals", f"These appeals are open: {', '.join(unresolved)}")
    return replace(cycle, stage=Stage.CLOSED)


_Step = Callable[[Cycle, Any, Act], Cycle]
_AFTER_DECISION = (Stage.DECIDED, Stage.PUBLISHED)
_STEPS: Mapping[type[Command], tuple[tuple[Stage, ...], _Step]] = {
    SetPolicy: ((Stage.DRAFT,), _set_policy),
    OpenNominations: ((Stage.DRAFT,), _open_nominations),
    OpenRegionalStage: ((Stage.NOMINATIONS,), _open_regional),
    ExtendStage: (
        (Stage.NOMINATIONS, Stage.REGIONAL, Stage.NATIONAL, Stage.DECIDED),
        _extend,
    ),
    ConfirmLaureates: ((Stage.REGIONAL,), _confirm),
    SignWaiver: ((Stage.REGIONAL,), _sign_waiver),
    ReopenRegion: ((Stage.REGIONAL,), _reopen),
    FormCommission: ((Stage.NOMINATIONS, Stage.REGIONAL), _form_commission),
    SeatCommission: ((Stage.NATIONAL,), _seat_commission),
    OpenNationalStage: ((Stage.REGIONAL,), _open_national),
    SignNoAward: ((Stage.NATIONAL,), _sign_no_award),
    Decide: ((Stage.NATIONAL,), _decide),
    ApprovePublication: ((Stage.DECIDED,), _approve),
    Publish: ((Stage.DECIDED,), _publish),
    FileAppeal: (_AFTER_DECISION, _file_appeal),
    ResolveAppeal: (_AFTER_DECISION, _resolve_appeal),
    Close: ((Stage.PUBLISHED,), _close),
}


def _policy(cycle: Cycle) -> Policy:
    assert cycle.policy is not None, "nominations opened without a policy"
    return cycle.policy


def _decision(cycle: Cycle) -> Decision:
    assert cycle.decision is not None, "decided without a decision"
    return cycle.decision


def _region(cycle: Cycle, region: str) -> RegionalStage:
    if region not in cycle.regions:
        raise Refused("unknown_region", "Name a region of this cycle's map.")
    return cycle.regions[region]


def _with_region(cycle: Cycle, region: str, stage: RegionalStage) -> Cycle:
    return replace(cycle, regions={**cycle.regions, region: stage})


def _has_international(policy: Policy) -> bool:
    return any(one.track == INTERNATIONAL for one in policy.nominations)


def _countries_needed(given: int) -> str:
    return f"The commission is of {given} countries; {COMMISSION_COUNTRIES_MIN} at least."
