"""`birge bench`: measures ratios side by side in one run, prints them beside their goals."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from birge_stack.bench import counting
from birge_stack.bench.events import sent_events
from birge_stack.bench.preloading import preload
from birge_stack.bench.report import contestants_table, goals_table, write_json
from birge_stack.bench.servers import running_servers
from birge_stack.console import answers, errors_as_sentences, remark
from birge_stack.home import Home

SEED = 2026


def bench(
    *,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the medians count.")] = 5,
    records: Annotated[int, typer.Option(min=20_000, help="Records of the log.")] = 150_000,
    quick: Annotated[bool, typer.Option("--quick", help="One round: a look, no proof.")] = False,
) -> None:
    """Measure rates, costs and delays beside what a user would write instead."""
    began_at = datetime.now(UTC)
    rounds = 1 if quick else rounds
    with (
        errors_as_sentences(),
        tempfile.TemporaryDirectory(prefix="birge-bench-") as folder,
        running_servers(Path(folder)) as servers,
    ):
        remark(f"filling the log with {records:,} records")
        truth = preload(servers.bootstrap_servers, sent_events(records, seed=SEED))
        samples = counting.compare(servers, truth, rounds=rounds, say=remark)
        findings = counting.findings_of(samples)
    answers.print(contestants_table(samples))
    answers.print(goals_table(findings))
    path = write_json(
        Home.from_environment().root / "bench",
        began_at=began_at,
        findings=findings,
        samples=samples,
        settings={"rounds": rounds, "records": records, "seed": SEED},
    )
    answers.print(f"written to {path}")
