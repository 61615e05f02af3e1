"""`birge bench`: measures ratios side by side in one run, prints them beside their goals."""

import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from birge_stack.bench.awards import awards_findings
from birge_stack.bench.events import sent_events
from birge_stack.bench.plan import AWARDS, PARTS, Measured, Plan, measure
from birge_stack.bench.preloading import preload
from birge_stack.bench.report import contestants_table, goals_table, write_json
from birge_stack.bench.servers import running_servers
from birge_stack.console import answers, errors_as_sentences, remark
from birge_stack.errors import StackError
from birge_stack.home import Home

SEED = 2026


def bench(
    *,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the medians count.")] = 5,
    records: Annotated[int, typer.Option(min=60_000, help="Records of the log.")] = 300_000,
    quick: Annotated[bool, typer.Option("--quick", help="One round: a look, no proof.")] = False,
    growth: Annotated[
        bool, typer.Option("--growth", help="A ledger of 5 million reports instead of 1 million.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Only this part; of {', '.join(PARTS)}.")
    ] = None,
) -> None:
    """Measure rates, costs and delays beside what a user would write instead."""
    began_at = datetime.now(UTC)
    with errors_as_sentences():
        plan = Plan(
            rounds=1 if quick else rounds,
            ledger_reports=5_000_000 if growth else 1_000_000,
            parts=_known(only) or PARTS,
        )
        measured = _measure(plan, records)
    answers.print(contestants_table(measured.samples))
    answers.print(goals_table(measured.findings))
    path = write_json(
        Home.from_environment().root / "bench",
        began_at=began_at,
        findings=measured.findings,
        samples=measured.samples,
        settings={**asdict(plan), "records": records, "seed": SEED},
    )
    answers.print(f"written to {path}")


def _measure(plan: Plan, records: int) -> Measured:
    needs_servers = set(plan.parts) - {AWARDS}
    measured = _measure_with_servers(plan, records) if needs_servers else Measured()
    if AWARDS in plan.parts:
        measured.findings += awards_findings(rounds=plan.rounds, say=remark)
    return measured


def _measure_with_servers(plan: Plan, records: int) -> Measured:
    with (
        tempfile.TemporaryDirectory(prefix="birge-bench-") as folder,
        running_servers(Path(folder)) as servers,
    ):
        remark(f"filling the log with {records:,} records")
        truth = preload(servers.bootstrap_servers, sent_events(records, seed=SEED))
        return measure(servers, truth, plan, remark)


def _known(parts: list[str] | None) -> list[str]:
    for part in parts or []:
        if part not in PARTS:
            raise StackError(f"{part} is no part of the bench; there are {', '.join(PARTS)}")
    return parts or []
