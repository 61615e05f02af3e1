"""Whatever is asked in whatever order, some things never happen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.commands import (
    ApprovePublication,
    Close,
    Command,
    ConfirmLaureates,
    Decide,
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
from birge_awards.domain.cycle.cycle import Cycle, Stage
from birge_awards.domain.cycle.stages import after
from tests.unit.awards.cycle.building import (
    AT,
    MEMBERS,
    MINUTES,
    POLICY,
    REGIONS,
    SIGNERS,
    act,
    laureate,
)

ORDER = list(Stage)
regions = st.sampled_from(REGIONS)
nominees = st.sampled_from(["n-1", "n-2"]).map(laureate)
commands: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from([POLICY, replace(POLICY, version=2), replace(POLICY, fund_tenge=0)]).map(
        SetPolicy
    ),
    st.builds(OpenNominations, st.just(REGIONS)),
    st.builds(OpenRegionalStage),
    st.builds(ConfirmLaureates, regions, st.tuples(nominees)),
    st.builds(SignWaiver, regions, st.just("nobody stood")),
    st.builds(ReopenRegion, regions, st.just("a mistake")),
    st.builds(FormCommission, st.just(MEMBERS)),
    st.builds(OpenNationalStage),
    st.builds(SignNoAward, st.sampled_from(["nobody stood", "no money"])),
    st.builds(
        Decide, st.tuples(nominees), st.sampled_from([SIGNERS, SIGNERS[:1]]), st.just(MINUTES)
    ),
    st.builds(ApprovePublication, st.just(AT)),
    st.builds(Publish),
    st.builds(
        FileAppeal, st.sampled_from(["a-1", "a-2"]), st.just("ecology"), st.just("x"), st.just("y")
    ),
    st.builds(ResolveAppeal, st.sampled_from(["a-1", "a-2"]), st.just("Dismissed.")),
    st.builds(Close),
)
people = st.sampled_from(["manager", "first", "second", "m-1"])
asked = st.lists(st.tuples(commands, people, st.sampled_from([0, 0, 0, 11])), max_size=60)
# A way through, so that chance need not find every step of it.
WAY: list[tuple[Command, str, int]] = [
    (SetPolicy(POLICY), "manager", 0),
    (OpenNominations(REGIONS), "manager", 0),
    (OpenRegionalStage(), "manager", 0),
    (FormCommission(MEMBERS), "manager", 0),
    *((ConfirmLaureates(region, (laureate("n-1"),)), "manager", 0) for region in REGIONS),
    (OpenNationalStage(), "manager", 0),
    (Decide((laureate("n-1"),), SIGNERS, MINUTES), "m-1", 0),
    (ApprovePublication(AT), "second", 0),
    (Publish(), "manager", 0),
]


@given(st.integers(0, len(WAY)), asked)
def test_nothing_that_must_not_be_ever_is(begun: int, rest: list[tuple[Command, str, int]]) -> None:
    cycle = Cycle("2026")
    for command, person, days in [*WAY[:begun], *rest]:
        try:
            now = after(cycle, command, act(person, days))
        except Refused:
            continue
        check_step(cycle, now)
        check(now)
        cycle = now


def check_step(before: Cycle, now: Cycle) -> None:
    """Stages go on one by one; what is frozen stays."""
    assert ORDER.index(now.stage) - ORDER.index(before.stage) in (0, 1)
    if before.stage != Stage.DRAFT:
        assert (now.policy, now.policy_hash) == (before.policy, before.policy_hash)
        assert now.regions.keys() == before.regions.keys()
    if before.decision is not None:
        assert now.decision == before.decision
        assert now.regions == before.regions
    for name, appeal in before.appeals.items():
        assert now.appeals[name].filed_by == appeal.filed_by
        assert appeal.outcome in (None, now.appeals[name].outcome)


def check(cycle: Cycle) -> None:
    """No silent region behind the national stage; two people behind each waiver and release."""
    reached = ORDER.index(cycle.stage)
    if reached >= ORDER.index(Stage.NATIONAL):
        assert cycle.owing == []
        for region in cycle.regions.values():
            assert region.laureates or (region.waiver and len(set(region.waiver.signed_by)) >= 2)
    if reached >= ORDER.index(Stage.DECIDED):
        assert cycle.decision is not None
        assert cycle.decision.minutes or len(set(cycle.decision.signed_by)) >= 2
        confirmed = {one.nominee for region in cycle.regions.values() for one in region.laureates}
        assert {one.nominee for one in cycle.decision.laureates} <= confirmed
    if reached >= ORDER.index(Stage.PUBLISHED):
        assert cycle.decision is not None
        assert cycle.approved_by not in (None, *cycle.decision.signed_by, cycle.decision.by)
        assert cycle.published_at is not None
    if cycle.stage == Stage.CLOSED:
        assert all(appeal.outcome is not None for appeal in cycle.appeals.values())
