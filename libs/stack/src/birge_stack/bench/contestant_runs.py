"""Runs a contestant as a program, stamps its commits, and refuses one that counted wrongly."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from birge_common.contracts.topics import SUBMISSIONS
from birge_stack.bench.measurements import Sample
from birge_stack.bench.servers import Servers
from birge_stack.bench.watching import Look, look, memory_mb, sample_between
from birge_stack.errors import StackError

PATIENCE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program of `contestants`, what it is asked to do, and on how many records."""

    module: str
    variant: str = ""
    records: int | None = None


def run_contestant(
    contestant: Contestant, servers: Servers, *, records: int, database: str, batch: int = 5_000
) -> Sample:
    """One run from its first commit to its last."""
    wanted = min(records, contestant.records or records)
    with _program(contestant, servers, records=wanted, database=database, batch=batch) as program:
        pids = {"client": [program.pid], **{k: [v] for k, v in servers.pids().items()}}
        looks: list[Look] = []
        for line in program.stdout or ():
            committed = int(json.loads(line)["committed"])
            if not looks or committed >= wanted:
                looks.append(look(committed, pids))
            if committed >= wanted:
                break
        if len(looks) < 2:
            raise StackError(f"{contestant.module} ended before it had counted {wanted} records")
        return sample_between(looks[0], looks[-1], memory_mb=memory_mb([program.pid]))


@contextmanager
def _program(
    contestant: Contestant, servers: Servers, *, records: int, database: str, batch: int
) -> Iterator[subprocess.Popen[str]]:
    log = servers.home.log_of(f"bench-{contestant.module}")
    with log.open("a") as errors:
        program = subprocess.Popen(
            (
                *(sys.executable, "-m", f"birge_stack.bench.contestants.{contestant.module}"),
                *("--bootstrap-servers", servers.bootstrap_servers),
                *("--mongo-uri", servers.mongo_uri),
                *("--database", database, "--topic", SUBMISSIONS),
                *("--records", str(records), "--batch", str(batch)),
                *("--variant", contestant.variant),
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    out_of_patience = threading.Timer(PATIENCE_SECONDS, program.kill)
    out_of_patience.start()
    try:
        yield program
    finally:
        out_of_patience.cancel()
        program.kill()
        program.wait()
