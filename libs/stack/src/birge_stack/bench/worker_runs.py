"""Runs the product's worker on the preloaded log and watches its positions in MongoDB."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from birge_common.contracts.topics import SUBMISSIONS
from birge_stack.bench.measurements import Sample
from birge_stack.bench.servers import Servers
from birge_stack.bench.watching import look, memory_mb, sample_between
from birge_stack.errors import StackError
from birge_stack.part import Part
from birge_stack.process import PartProcess
from birge_stack.services import program

POLL_SECONDS = 0.01
PATIENCE_SECONDS = 300.0


def run_workers(servers: Servers, *, records: int, database: str, processes: int = 1) -> Sample:
    """From the first commit, with all processes holding partitions, to the last commit."""
    with ExitStack() as running:
        workers = [
            running.enter_context(worker_process(servers, database, number))
            for number in range(processes)
        ]
        pids = {
            "client": [worker.pid for worker in workers if worker.pid is not None],
            **{name: [pid] for name, pid in servers.pids().items()},
        }
        wait_until(lambda: owners(servers, database) == processes, "the workers to share", workers)
        at_start = counted(servers, database)
        wait_until(
            lambda: counted(servers, database) > at_start or at_start >= records,
            "the first commit",
            workers,
        )
        first = look(counted(servers, database), pids)
        wait_until(lambda: counted(servers, database) >= records, "the last commit", workers)
        last = look(counted(servers, database), pids)
        return sample_between(first, last, memory_mb=memory_mb(pids["client"]))


@contextmanager
def worker_process(servers: Servers, database: str, number: int = 0) -> Iterator[PartProcess]:
    """A worker of the product, in a group of the database's name; stopped at the end."""
    part = Part(
        name=f"worker-{number}",
        argv=(program("birge-aggregator"), "worker"),
        url="",
        probe=lambda: None,
        environment={
            **servers.service_environment(database),
            "BIRGE_COUNTING__GROUP_ID": database,
        },
        stop_within_seconds=10,
    )
    process = PartProcess(part, servers.home.log_of(f"bench-{part.name}"))
    process.spawn()
    try:
        yield process
    finally:
        process.stop()


def counted(servers: Servers, database: str) -> int:
    """How many records the positions say are counted."""
    rows = servers.mongo[database]["positions"].find({"topic": SUBMISSIONS}, {"next": 1})
    return sum(row["next"] for row in rows)


def owners(servers: Servers, database: str) -> int:
    """How many processes hold partitions: each writes its session on its leases."""
    rows = servers.mongo[database]["leases"].find({"_id": {"$regex": SUBMISSIONS}}, {"sessions": 1})
    return len({bytes(row["sessions"][0]["id"]) for row in rows})


def wait_until(
    is_so: Callable[[], bool], what: str, workers: list[PartProcess], *, pause: float = POLL_SECONDS
) -> None:
    """Ask again and again; a worker that ended meanwhile is an error with its last words."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > give_up_at:
            raise StackError(f"waited in vain for {what}")
        for worker in workers:
            if not worker.is_running:
                raise StackError(f"{worker.part.name} ended; see {worker.log}")
        time.sleep(pause)
