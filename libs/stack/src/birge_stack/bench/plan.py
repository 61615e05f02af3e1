"""Everything that the bench measures, in the order that leaves the log alone until the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from birge_stack.bench import counting
from birge_stack.bench.crash import crash_finding
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.growth import compare_ledgers, ledger_findings
from birge_stack.bench.measurements import Sample
from birge_stack.bench.preloading import Truth
from birge_stack.bench.quality import quality_findings
from birge_stack.bench.rebuilding import rebuild_finding
from birge_stack.bench.servers import Servers
from birge_stack.bench.serving import serving_findings

AWARDS = "awards"
"""The one part that needs neither Kafka nor MongoDB."""
PARTS = ("counting", "growth", "crash", "rebuild", "quality", "serving", AWARDS)
YEAR_REPORTS = 1_000_000


@dataclass
class Measured:
    """What a run of the bench found so far."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure, how often, and on how large a ledger."""

    rounds: int
    ledger_reports: int
    parts: Sequence[str] = PARTS


def measure(servers: Servers, truth: Truth, plan: Plan, say: Callable[[str], None]) -> Measured:
    """Run the parts on the servers; the door comes last, because it appends to the log."""
    found = Measured()
    if "counting" in plan.parts:
        found.samples |= counting.compare(servers, truth, rounds=plan.rounds, say=say)
        found.findings += counting.findings_of(found.samples)
        found.findings.append(_worker_memory(found.samples[counting.ONE]))
    if "growth" in plan.parts:
        ledgers = compare_ledgers(
            servers, truth, reports=plan.ledger_reports, rounds=plan.rounds, say=say
        )
        found.samples |= ledgers
        found.findings += ledger_findings(ledgers, plan.ledger_reports)
    if "crash" in plan.parts:
        found.findings.append(crash_finding(servers, truth, rounds=plan.rounds, say=say))
    if "rebuild" in plan.parts:
        found.findings.append(rebuild_finding(servers, truth, rounds=plan.rounds, say=say))
    if "quality" in plan.parts:
        found.findings += quality_findings(
            servers, truth, reports=YEAR_REPORTS, rounds=plan.rounds, say=say
        )
    if "serving" in plan.parts:
        found.findings += serving_findings(servers, truth, rounds=plan.rounds, say=say)
    found.findings.sort(key=lambda finding: int(finding.goal.number))
    return found


def _worker_memory(samples: Sequence[Sample]) -> Finding:
    memory = [sample.memory_mb for sample in samples]
    goal = Goal("12", "memory, worker at batches of 5,000", "MB", 200, None, True)
    return Finding(goal, median(memory), memory)
