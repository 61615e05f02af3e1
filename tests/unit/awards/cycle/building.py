"""A cycle of three regions, and the people of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from birge_awards.domain.acting import Act
from birge_awards.domain.cycle.commands import (
    Command,
    ConfirmLaureates,
    Decide,
    FormCommission,
    OpenNationalStage,
    OpenNominations,
    OpenRegionalStage,
    SetPolicy,
    SignWaiver,
)
from birge_awards.domain.cycle.cycle import Cycle, Laureate, Member, Stage
from birge_awards.domain.cycle.policy import (
    DOMESTIC,
    INTERNATIONAL,
    RAW_MEAN,
    TIE_STEPS,
    Criterion,
    Nomination,
    Policy,
)
from birge_awards.domain.cycle.stages import after

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
REGIONS = ("KZ-11", "KZ-71", "KZ-75")
MEMBERS = (
    Member("m-1", "KZ", is_chair=True),
    Member("m-2", "KZ"),
    Member("m-3", "UZ"),
    Member("m-4", "DE"),
)
SIGNERS = ("m-1", "m-3", "m-4")
MINUTES = "0" * 64


def titles(text: str) -> dict[str, str]:
    """A title that is the same in every language."""
    return {"kk": text, "ru": text, "en": text}


IMPACT = Criterion("impact", 3, titles=titles("Impact"))
STEADINESS = Criterion("steadiness", 2, titles=titles("Steadiness"))
ECOLOGY = Nomination(
    "ecology", DOMESTIC, (IMPACT, STEADINESS), (700, 300), titles=titles("Ecology")
)
FRIEND = Nomination("friend", INTERNATIONAL, (IMPACT,), (500,), titles=titles("Friend"))
POLICY = Policy(
    version=1,
    nominations=(ECOLOGY, FRIEND),
    scale=(1, 10),
    reviews=3,
    ranks_by=RAW_MEAN,
    tie_chain=TIE_STEPS,
    fund_tenge=1_500,
    appeal_days=10,
)


def act(by: str = "manager", days: float = 0) -> Act:
    return Act(by, AT + timedelta(days=days))


def laureate(nominee: str, nomination: str = "ecology", place: int = 1) -> Laureate:
    return Laureate(nomination, nominee, place)


def run(cycle: Cycle, *commands: Command, by: str = "manager", days: float = 0) -> Cycle:
    """The cycle after several commands of one person."""
    for command in commands:
        cycle = after(cycle, command, act(by, days))
    return cycle


def waived(cycle: Cycle, region: str) -> Cycle:
    """The region gives no award, signed by two."""
    cycle = run(cycle, SignWaiver(region, "nobody stood"), by="first")
    return run(cycle, SignWaiver(region, "nobody stood"), by="second")


def in_stage(stage: Stage, policy: Policy = POLICY, **changes: Any) -> Cycle:
    """A cycle that came to a stage on the shortest way."""
    cycle = run(Cycle("2026"), SetPolicy(replace(policy, **changes)))
    steps: list[tuple[Stage, Command]] = [
        (Stage.NOMINATIONS, OpenNominations(REGIONS)),
        (Stage.REGIONAL, OpenRegionalStage()),
        (Stage.NATIONAL, OpenNationalStage()),
        (Stage.DECIDED, Decide((laureate("n-1"),), SIGNERS, MINUTES)),
    ]
    for reached, command in steps:
        if cycle.stage == stage:
            break
        if reached == Stage.NATIONAL:
            cycle = run(cycle, FormCommission(MEMBERS))
            cycle = run(cycle, ConfirmLaureates("KZ-11", (laureate("n-1"),)))
            cycle = run(cycle, ConfirmLaureates("KZ-71", (laureate("n-2"),)))
            cycle = waived(cycle, "KZ-75")
        cycle = run(cycle, command)
    assert cycle.stage == stage
    return cycle
