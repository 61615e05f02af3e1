"""The calculations of a large cycle of awards, and the audit of a log of a million acts."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from birge_common.transparency.leaf import Act
from birge_common.transparency.log_file import LogFile, create_log
from birge_common.transparency.note import new_signer
from birge_stack.bench.goals import Finding, Goal
from birge_stack.errors import StackError
from birge_stack.services import program

LEAVES, LEAVES_A_CHECKPOINT = 1_000_000, 1_000
PATIENCE_SECONDS = 300
CALCULATIONS = (
    ("15", "400 nominees × 120 jurors × 5 reviews assigned", "assignment_seconds", 0.5),
    ("16", "ranking of 10,000 scores, calibrated", "ranking_seconds", 1.0),
    ("16", "400 nominees ranked without each of 120 jurors", "leaving_out_seconds", 1.0),
)


def awards_findings(*, rounds: int, say: Callable[[str], None]) -> list[Finding]:
    """Each calculation in a process of its own, and the audit as an auditor runs it."""
    runs = [calculations() for _ in range(rounds)]
    say(f"awards: {runs[-1]}")
    findings = []
    for number, what, name, seconds in CALCULATIONS:
        values = [run[name] for run in runs]
        goal = Goal(number, what, "s", seconds, None, True)
        findings.append(Finding(goal, median(values), values))
    say(f"writing a log of {LEAVES:,} acts")
    audits = list(audit_seconds(LEAVES, rounds=rounds))
    goal = Goal("17", f"{LEAVES:,} leaves parsed and verified", "s", 15, None, True)
    return [*findings, Finding(goal, median(audits), audits)]


def calculations() -> dict[str, float]:
    """What `birge-awards measure` says."""
    said: dict[str, float] = json.loads(_run(program("birge-awards"), "measure"))
    return said


def audit_seconds(leaves: int, *, rounds: int) -> Iterator[float]:
    """How long `birge audit verify` takes over a new log, its start included."""
    with tempfile.TemporaryDirectory(prefix="birge-bench-log-") as folder:
        signer = new_signer("birge.local/bench")
        create_log(Path(folder), signer)
        with LogFile(Path(folder), signer) as log:
            for first in range(0, leaves, LEAVES_A_CHECKPOINT):
                log.append([_act(number) for number in range(first, first + LEAVES_A_CHECKPOINT)])
        for _ in range(rounds):
            began_at = time.perf_counter()
            _run(
                *(sys.executable, "-m", "birge_stack", "audit", "verify", folder),
                *("--key", str(signer.verifier)),
            )
            yield time.perf_counter() - began_at


def _act(number: int) -> Act:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number)
    nominee = f"n-{number % 400:020x}"
    commitment = f"{number:064x}"
    return Act(at, f"j-{number % 120}", "score.submit", nominee, commitment, {"panel": "KZ-71"})


def _run(*command: str) -> str:
    ended = subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    if ended.returncode:
        raise StackError(f"{command[0]} ended with {ended.returncode}: {ended.stderr[-500:]}")
    return ended.stdout
