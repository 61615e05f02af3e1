"""How the bench speaks: two tables for a person, one file for a machine."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from birge_stack.bench.goals import Finding
from birge_stack.bench.measurements import Sample, medians

STYLES = {"stretch": "bold green", "ok": "green", "missed": "bold red", "shown": "dim"}


def goals_table(findings: Sequence[Finding]) -> Table:
    """Each goal with what was measured."""
    table = Table(title="Goals", title_justify="left")
    for heading in ("#", "what", "goal", "stretch", "measured", "rounds", "ok"):
        table.add_column(heading, justify="right" if heading in ("goal", "stretch") else "left")
    for finding in findings:
        goal, verdict = finding.goal, finding.goal.verdict(finding.measured)
        sign = "≤ " if goal.smaller_is_better else "≥ "
        table.add_row(
            goal.number,
            goal.what,
            "" if goal.enough is None else f"{sign}{goal.enough:g} {goal.unit}",
            "" if goal.stretch is None else f"{sign}{goal.stretch:g}",
            f"{finding.measured:.3g} {goal.unit}",
            " ".join(f"{value:.3g}" for value in finding.rounds) + finding.note,
            f"[{STYLES[verdict]}]{verdict}[/]",
        )
    return table


def contestants_table(samples: Mapping[str, Sequence[Sample]]) -> Table:
    """Each contestant's rate, and the processor time of both sides."""
    table = Table(title="Contestants (medians)", title_justify="left")
    for heading in ("contestant", "a second", "from", "to", "µs of CPU a record", "memory MB"):
        table.add_column(heading, justify="left" if heading == "contestant" else "right")
    for name, several in samples.items():
        if not several:
            continue
        middle = medians(several)
        table.add_row(
            name,
            f"{middle.rate:,.0f}",
            f"{middle.slowest:,.0f}",
            f"{middle.fastest:,.0f}",
            " + ".join(f"{program} {us:.0f}" for program, us in middle.cpu_us.items()),
            f"{middle.memory_mb:.0f}",
        )
    return table


def write_json(
    folder: Path,
    *,
    began_at: datetime,
    findings: Sequence[Finding],
    samples: Mapping[str, Sequence[Sample]],
    settings: Mapping[str, Any],
) -> Path:
    """Everything measured, as `<time>.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{began_at:%Y%m%dT%H%M%SZ}.json"
    document = {
        "began_at": began_at.isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "python": platform.python_version(),
        },
        "settings": dict(settings),
        "goals": [finding.as_json() for finding in findings],
        "contestants": {
            name: [
                {
                    "records": sample.records,
                    "seconds": round(sample.seconds, 4),
                    "rate": round(sample.rate, 1),
                    "cpu_us": {k: round(v, 2) for k, v in sample.cpu_us.items()},
                    "memory_mb": round(sample.memory_mb, 1),
                }
                for sample in several
            ]
            for name, several in samples.items()
        },
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return path
