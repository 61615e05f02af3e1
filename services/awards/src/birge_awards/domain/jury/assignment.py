"""Who reads whom: at least N reviews of each nominee, loads as equal as they can be.

The same panel, policy and seed give the same plan, in whatever order the panel lists people, so
anybody who has them can repeat the draw and compare the hash in the minutes.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from birge_awards.domain.jury.network import flow_of, network_of
from birge_awards.domain.jury.panel import AssignmentPolicy, Panel
from birge_awards.domain.jury.shortage import TooFewJurors, shortages_in


@dataclass(frozen=True)
class Plan:
    """The reviewers of each nominee, in order of ids, and how many reviews each juror has.

    `hash` is the SHA-256 of policy, seed and reviewers in canonical form.
    """

    reviewers: Mapping[str, tuple[str, ...]]
    loads: Mapping[str, int]
    hash: str


def assign(panel: Panel, policy: AssignmentPolicy, seed: str) -> Plan:
    """The plan of least cost; kept reviewers stay, movable ones where it costs nothing else.

    Raises TooFewJurors, with the nominees that lack reviews, where there is no plan.
    """
    network = network_of(panel, policy)
    flow = flow_of(network, seed)
    if not flow.is_complete:
        raise TooFewJurors(shortages_in(network, flow))
    reads = network.kept | flow.chosen
    reviewers = {
        nominee.id: tuple(
            juror.id for juror, is_read in zip(network.jurors, row, strict=True) if is_read
        )
        for nominee, row in zip(network.nominees, reads, strict=True)
    }
    loads = {
        juror.id: int(load) for juror, load in zip(network.jurors, reads.sum(axis=0), strict=True)
    }
    return Plan(reviewers, loads, plan_hash(reviewers, policy, seed))


def ensure(plan: Plan, panel: Panel, policy: AssignmentPolicy, seed: str) -> Plan:
    """The plan with what it lacks by now: after recusals, late nominees, or new jurors.

    Nobody loses a nominee but by recusal or by leaving the jury.
    """
    nominees = tuple(
        replace(one, kept=one.kept | frozenset(plan.reviewers.get(one.id, ())))
        for one in panel.nominees
    )
    return assign(replace(panel, nominees=nominees), policy, seed)


def plan_hash(reviewers: Mapping[str, tuple[str, ...]], policy: AssignmentPolicy, seed: str) -> str:
    """SHA-256 of the canonical JSON of a plan, as it goes to the minutes."""
    said = json.dumps(
        {
            "policy": asdict(policy),
            "reviewers": {nominee: sorted(several) for nominee, several in reviewers.items()},
            "seed": seed,
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return hashlib.sha256(said.encode()).hexdigest()
