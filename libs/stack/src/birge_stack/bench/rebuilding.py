"""Goal 13: counting the log again with all cores, beside the worker that counts it live."""

from collections.abc import Callable
from statistics import median

from birge_stack.bench.counting import line_of
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.measurements import Sample, ratios
from birge_stack.bench.preloading import Truth
from birge_stack.bench.servers import Servers
from birge_stack.bench.watching import look, sample_between
from birge_stack.bench.worker_runs import counted, run_workers, wait_until
from birge_stack.errors import StackError
from birge_stack.part import Part
from birge_stack.process import PartProcess
from birge_stack.services import program

REBUILD_DATABASE = "aggregator_rebuild"


def rebuild_finding(
    servers: Servers, truth: Truth, *, rounds: int, say: Callable[[str], None]
) -> Finding:
    """From first commit to last, as for the worker; the rebuild itself compares every cell."""
    live, rebuilt = [], []
    for number in range(rounds):
        database = f"bench_live_{number}"
        live.append(run_workers(servers, records=truth.records, database=database))
        rebuilt.append(_rebuild(servers, truth, database))
        servers.mongo.drop_database(database)
        say(line_of("rebuild", rebuilt[-1]))
    each = ratios(rebuilt, live)
    return Finding(
        Goal("13", "rebuild with all cores : live counting", "×", 1.2), median(each), each
    )


def _rebuild(servers: Servers, truth: Truth, database: str) -> Sample:
    servers.mongo.drop_database(REBUILD_DATABASE)
    part = Part(
        name="rebuild",
        argv=(program("birge-aggregator"), "rebuild", "--keep"),
        url="",
        probe=lambda: None,
        environment={
            **servers.service_environment(database),
            "BIRGE_COUNTING__GROUP_ID": database,
        },
    )
    process = PartProcess(part, servers.home.log_of("bench-rebuild"))
    process.spawn()
    pids = {name: [pid] for name, pid in servers.pids().items()}
    try:
        wait_until(lambda: counted(servers, REBUILD_DATABASE) > 0, "the first commit", [process])
        first = look(counted(servers, REBUILD_DATABASE), pids)
        wait_until(
            lambda: counted(servers, REBUILD_DATABASE) >= truth.records, "the rebuild", [process]
        )
        last = look(truth.records, pids)
        status = process.wait()
    finally:
        process.stop()
        servers.mongo.drop_database(REBUILD_DATABASE)
    if status != 0:
        raise StackError(f"the rebuild differs from what was counted live; see {process.log}")
    return sample_between(first, last, memory_mb=0.0)
