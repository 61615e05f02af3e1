"""Who may do what, when: every way past a rule is refused by its name."""

from datetime import date, timedelta
from typing import Any

import pytest

from birge_awards.domain.acting import Refused
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
    SetPolicy,
    SignNoAward,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import Cycle, Member, Stage
from birge_awards.domain.cycle.policy import policy_hash
from birge_awards.domain.cycle.stages import after
from tests.unit.awards.cycle.building import (
    AT,
    MEMBERS,
    MINUTES,
    POLICY,
    REGIONS,
    SIGNERS,
    act,
    in_stage,
    laureate,
    run,
    waived,
)


def refused(cycle: Cycle, command: Command, by: str = "manager", days: float = 0) -> str:
    with pytest.raises(Refused) as refusal:
        after(cycle, command, act(by, days))
    assert str(refusal.value)
    return refusal.value.code


def appeal(name: str, nomination: str = "ecology", grounds: str = "The quorum.") -> FileAppeal:
    return FileAppeal(name, nomination, grounds, "the nominator")


def published(days: float) -> Cycle:
    """A cycle that was decided at once, and published so many days later."""
    approved = ApprovePublication(AT + timedelta(days=days))
    return run(run(in_stage(Stage.DECIDED), approved, by="editor"), Publish(), days=days)


def test_a_whole_cycle_goes_from_draft_to_closed() -> None:
    cycle = in_stage(Stage.DECIDED)
    cycle = run(cycle, ApprovePublication(AT + timedelta(days=3)), by="editor", days=1)
    cycle = run(cycle, Publish(), days=3)
    cycle = run(cycle, appeal("a-1"), by="office", days=9)
    cycle = run(cycle, ResolveAppeal("a-1", "Dismissed: the scores stand."), by="ombud", days=12)
    cycle = run(cycle, Close(), days=13.1)
    assert cycle.stage == Stage.CLOSED


def test_the_policy_is_frozen_and_hashed_when_nominations_open() -> None:
    cycle = in_stage(Stage.NOMINATIONS)
    assert cycle.policy_hash == policy_hash(POLICY)
    assert refused(cycle, SetPolicy(POLICY)) == "wrong_stage"


@pytest.mark.parametrize(
    ("stage", "command"),
    [
        (Stage.DRAFT, OpenRegionalStage()),
        (Stage.DRAFT, OpenNationalStage()),
        (Stage.NOMINATIONS, ConfirmLaureates("KZ-11", (laureate("n-1"),))),
        (Stage.NOMINATIONS, OpenNationalStage()),
        (Stage.REGIONAL, Decide((laureate("n-1"),), SIGNERS, MINUTES)),
        (Stage.NATIONAL, ConfirmLaureates("KZ-11", (laureate("n-1"),))),
        (Stage.NATIONAL, ReopenRegion("KZ-11", "a mistake")),
        (Stage.NATIONAL, Publish()),
        (Stage.DECIDED, Decide((laureate("n-2"),), SIGNERS, MINUTES)),
        (Stage.DECIDED, Close()),
        (Stage.DECIDED, FormCommission(MEMBERS)),
    ],
    ids=lambda value: str(value) if isinstance(value, Stage) else type(value).__name__,
)
def test_no_stage_is_skipped_and_none_comes_again(stage: Stage, command: Command) -> None:
    assert refused(in_stage(stage), command) == "wrong_stage"


def test_the_national_stage_waits_for_every_region() -> None:
    cycle = run(in_stage(Stage.REGIONAL), FormCommission(MEMBERS))
    assert cycle.owing == list(REGIONS)
    cycle = run(cycle, ConfirmLaureates("KZ-11", (laureate("n-1"),)))
    cycle = waived(cycle, "KZ-71")
    cycle = run(cycle, SignWaiver("KZ-75", "nobody stood"), by="first")
    assert cycle.owing == ["KZ-75"]
    assert refused(cycle, OpenNationalStage()) == "regions_owe"
    cycle = run(cycle, SignWaiver("KZ-75", "nobody stood"), by="second")
    assert run(cycle, OpenNationalStage()).stage == Stage.NATIONAL


def test_a_waiver_takes_two_people_and_one_reason() -> None:
    cycle = run(in_stage(Stage.REGIONAL), SignWaiver("KZ-71", "nobody stood"), by="first")
    assert refused(cycle, SignWaiver("KZ-71", "nobody stood"), by="first") == "four_eyes"
    assert refused(cycle, SignWaiver("KZ-71", "no money"), by="second") == "another_reason"
    assert refused(cycle, SignWaiver("KZ-11", "  ")) == "no_reason"
    assert refused(cycle, SignWaiver("KZ-39", "nobody stood")) == "unknown_region"
    over = waived(in_stage(Stage.REGIONAL), "KZ-71")
    assert refused(over, SignWaiver("KZ-71", "nobody stood"), by="third") == "region_is_over"
    assert refused(over, ConfirmLaureates("KZ-71", (laureate("n-1"),))) == "region_is_over"


def test_a_region_is_taken_back_for_a_reason_only() -> None:
    cycle = waived(in_stage(Stage.REGIONAL), "KZ-71")
    assert refused(cycle, ReopenRegion("KZ-71", "")) == "no_reason"
    assert refused(cycle, ReopenRegion("KZ-11", "a mistake")) == "region_is_open"
    cycle = run(cycle, ReopenRegion("KZ-71", "a nominee was overlooked"))
    assert "KZ-71" in cycle.owing
    assert refused(cycle, OpenNationalStage()) == "regions_owe"


def test_two_nominees_of_a_region_may_share_its_one_place() -> None:
    shared = (laureate("n-1"), laureate("n-2"))
    cycle = run(in_stage(Stage.REGIONAL), ConfirmLaureates("KZ-11", shared))
    assert cycle.regions["KZ-11"].laureates == shared


@pytest.mark.parametrize(
    "laureates",
    [
        (),
        (laureate("n-1"), laureate("n-2", place=2)),
        (laureate("n-1"), laureate("n-1")),
        (laureate("n-1", "friend"),),
        (laureate("n-1", "unheard"),),
    ],
    ids=["nobody", "too many", "twice", "another track", "unknown"],
)
def test_a_region_confirms_what_the_policy_lets_it(laureates: tuple[Any, ...]) -> None:
    assert refused(in_stage(Stage.REGIONAL), ConfirmLaureates("KZ-11", laureates)) == "laureates"


def test_the_international_commission_is_of_three_countries() -> None:
    cycle = in_stage(Stage.REGIONAL)
    two = (Member("m-1", "KZ"), Member("m-2", "KZ"), Member("m-3", "UZ"))
    assert refused(cycle, FormCommission(two)) == "countries"
    assert refused(cycle, FormCommission((*MEMBERS, MEMBERS[0]))) == "twice_a_member"
    decided = in_stage(Stage.NATIONAL)
    at_home = Decide((laureate("n-1"),), ("m-1", "m-2", "m-3"), MINUTES)
    assert refused(decided, at_home) == "countries"


def test_a_domestic_commission_may_be_of_one_country() -> None:
    cycle = in_stage(Stage.REGIONAL, nominations=POLICY.nominations[:1], fund_tenge=1_000)
    assert run(cycle, FormCommission(MEMBERS[:2])).commission == MEMBERS[:2]
    assert refused(cycle, FormCommission(())) == "no_members"
    for region in REGIONS:
        cycle = waived(cycle, region)
    assert refused(cycle, OpenNationalStage()) == "no_commission"


@pytest.mark.parametrize(
    ("signers", "code"),
    [(("m-1", "m-3"), "no_quorum"), (("m-1", "m-1", "m-1"), "no_quorum")],
)
def test_two_thirds_of_the_members_sign(signers: tuple[str, ...], code: str) -> None:
    assert refused(in_stage(Stage.NATIONAL), Decide((laureate("n-1"),), signers, MINUTES)) == code


def test_two_people_sign_that_there_is_no_national_award() -> None:
    """As where every region waived, or no nominee of the commission can have a quorum."""
    cycle = in_stage(Stage.NATIONAL)
    assert refused(cycle, SignNoAward(" ")) == "no_reason"
    cycle = run(cycle, SignNoAward("nobody stood"), by="first")
    assert cycle.stage == Stage.NATIONAL
    assert refused(cycle, SignNoAward("nobody stood"), by="first") == "four_eyes"
    assert refused(cycle, SignNoAward("no money"), by="second") == "another_reason"
    cycle = run(cycle, SignNoAward("nobody stood"), by="second")
    assert cycle.stage == Stage.DECIDED
    assert cycle.decision is not None
    assert (cycle.decision.laureates, cycle.decision.minutes) == ((), None)
    approval = ApprovePublication(AT + timedelta(days=1))
    for signer in ("first", "second"):
        assert refused(cycle, approval, by=signer) == "four_eyes"
    assert run(run(cycle, approval, by="third"), Publish(), days=1).stage == Stage.PUBLISHED


def test_only_members_sign() -> None:
    command = Decide((laureate("n-1"),), (*SIGNERS, "guest"), MINUTES)
    assert refused(in_stage(Stage.NATIONAL), command) == "not_a_member"


@pytest.mark.parametrize(
    ("laureates", "allowed"),
    [
        ([("n-1", 1)], True),
        ([("n-1", 1), ("n-2", 2)], True),
        ([("n-1", 1), ("n-2", 1)], True),
        ([], True),
        ([("n-1", 2)], False),
        ([("n-1", 1), ("n-2", 3)], False),
        ([("n-9", 1)], False),
        ([("n-1", 1), ("n-1", 2)], False),
    ],
)
def test_the_commission_chooses_among_the_regions_laureates(
    laureates: list[tuple[str, int]], allowed: bool
) -> None:
    chosen = tuple(laureate(nominee, place=place) for nominee, place in laureates)
    command = Decide(chosen, SIGNERS, MINUTES)
    if allowed:
        decided = run(in_stage(Stage.NATIONAL), command)
        assert decided.decision is not None
        assert decided.decision.laureates == chosen
    else:
        assert refused(in_stage(Stage.NATIONAL), command) == "laureates"


def test_foreign_nominees_go_straight_to_the_commission() -> None:
    command = Decide((laureate("abroad", "friend"),), SIGNERS, MINUTES)
    assert run(in_stage(Stage.NATIONAL), command).stage == Stage.DECIDED


def test_who_decided_does_not_publish_and_nobody_breaks_the_embargo() -> None:
    cycle = in_stage(Stage.DECIDED)
    at = AT + timedelta(days=3)
    assert refused(cycle, Publish()) == "not_approved"
    assert refused(cycle, ApprovePublication(at), by="m-1") == "four_eyes"
    assert refused(cycle, ApprovePublication(at), by="editor", days=4) == "embargo"
    cycle = run(cycle, ApprovePublication(at), by="editor")
    assert refused(cycle, Publish(), days=2.9) == "not_yet"
    assert run(cycle, Publish(), days=3).stage == Stage.PUBLISHED


def test_an_appeal_is_decided_by_others_and_in_its_term() -> None:
    cycle = run(published(days=3), appeal("a-1"), by="office", days=13)
    assert refused(cycle, appeal("a-2"), days=13.1) == "too_late"
    assert refused(cycle, appeal("a-1"), days=4) == "appeal_exists"
    assert refused(cycle, appeal("a-3", nomination="unheard"), days=4) == "unknown_nomination"
    assert refused(cycle, appeal("a-3", grounds=" "), days=4) == "no_reason"
    unasked = FileAppeal("a-3", "ecology", "The quorum.", " ")
    assert refused(cycle, unasked, days=4) == "nobody_asked"
    for person in ("m-1", "office", "manager"):
        assert refused(cycle, ResolveAppeal("a-1", "Dismissed."), by=person) == "four_eyes"
    assert refused(cycle, ResolveAppeal("a-2", "Dismissed."), by="ombud") == "no_open_appeal"
    assert refused(cycle, ResolveAppeal("a-1", " "), by="ombud") == "no_reason"
    assert refused(cycle, Close(), days=14) == "appeals"
    resolved = run(cycle, ResolveAppeal("a-1", "Dismissed."), by="ombud", days=14)
    assert refused(resolved, ResolveAppeal("a-1", "Upheld."), by="ombud") == "no_open_appeal"
    assert run(resolved, Close(), days=14).stage == Stage.CLOSED
    assert resolved.decision == cycle.decision


def test_the_term_of_appeals_begins_when_everybody_may_know_the_result() -> None:
    cycle = published(days=60)
    assert cycle.appeals_until == AT + timedelta(days=70)
    assert run(cycle, appeal("a-1"), by="office", days=69.9).appeals
    assert refused(cycle, Close(), days=70) == "appeals"
    assert run(cycle, Close(), days=70.1).stage == Stage.CLOSED


def test_an_appeal_may_come_before_the_publication_too() -> None:
    cycle = run(in_stage(Stage.DECIDED), appeal("a-1"), by="office", days=30)
    assert cycle.appeals["a-1"].filed_by == "office"


def test_who_concluded_the_decision_does_not_let_it_out_and_nobody_replaces_who_did() -> None:
    cycle = in_stage(Stage.DECIDED)
    moment = AT + timedelta(days=3)
    assert refused(cycle, ApprovePublication(moment), by="manager") == "four_eyes"
    cycle = run(cycle, ApprovePublication(moment), by="editor")
    assert refused(cycle, ApprovePublication(moment), by="another") == "approved"
    later = run(cycle, ApprovePublication(moment + timedelta(days=1)), by="editor")
    assert (later.approved_by, later.embargo) == ("editor", moment + timedelta(days=1))


DUE = {"nominations": date(2026, 9, 5), "regional": date(2026, 9, 20)}


def test_the_regional_stage_waits_for_the_last_day_of_nominations_in_kazakhstan() -> None:
    cycle = in_stage(Stage.NOMINATIONS, due=DUE)
    # The fifth ends at 19:00 UTC, four days and ten hours after the first at 9:00 UTC.
    assert refused(cycle, OpenRegionalStage(), days=4.41) == "nominations_open"
    assert cycle.takes_nominations(AT + timedelta(days=4.41))
    assert not cycle.takes_nominations(AT + timedelta(days=4.42))
    assert run(cycle, OpenRegionalStage(), days=4.42).stage == Stage.REGIONAL


def test_a_stage_is_extended_for_a_reason_in_the_order_of_the_days() -> None:
    cycle = in_stage(Stage.NOMINATIONS, due=DUE)
    later = date(2026, 9, 15)
    assert refused(cycle, ExtendStage("nominations", later, " ")) == "no_reason"
    assert refused(cycle, ExtendStage("national", later, "floods")) == "no_due"
    assert refused(cycle, ExtendStage("unheard", later, "floods")) == "no_due"
    assert refused(cycle, ExtendStage("nominations", DUE["nominations"], "floods")) == "not_later"
    assert refused(cycle, ExtendStage("nominations", later, "floods"), days=20) == "not_later"
    assert refused(cycle, ExtendStage("nominations", date(2026, 9, 21), "floods")) == "due"
    longer = run(cycle, ExtendStage("nominations", later, "floods"), days=6)
    assert longer.takes_nominations(AT + timedelta(days=14))
    assert refused(longer, OpenRegionalStage(), days=14) == "nominations_open"
    assert (longer.policy, longer.policy_hash) == (cycle.policy, cycle.policy_hash)
    gone_on = run(longer, OpenRegionalStage(), days=15)
    assert refused(gone_on, ExtendStage("nominations", date(2026, 9, 19), "x")) == "no_due"


def test_nominations_need_a_policy_that_holds_and_a_map() -> None:
    assert refused(Cycle("2026"), OpenNominations(REGIONS)) == "no_policy"
    draft = in_stage(Stage.DRAFT)
    assert refused(draft, OpenNominations(())) == "no_regions"
    assert refused(in_stage(Stage.DRAFT, fund_tenge=1), OpenNominations(REGIONS)) == "policy"
