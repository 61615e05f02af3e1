"""Goal 8: kill -9 in the middle, start again, and look when counting goes on; then, is it exact?"""

import time
from collections.abc import Callable
from statistics import median

from birge_stack.bench.counting import hundredths_of_pages, refuse_wrong
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.preloading import Truth
from birge_stack.bench.servers import Servers
from birge_stack.bench.worker_runs import counted, wait_until, worker_process


def crash_finding(
    servers: Servers, truth: Truth, *, rounds: int, say: Callable[[str], None]
) -> Finding:
    """Seconds from the kill to the successor's first commit; the figures are checked each time."""
    seconds = []
    for number in range(rounds):
        database = f"bench_crash_{number}"
        seconds.append(_seconds_to_count_again(servers, truth, database))
        found = hundredths_of_pages(servers, database)
        refuse_wrong("worker after kill -9", found, truth.hundredths_of_reports)
        servers.mongo.drop_database(database)
        say(f"kill -9: counting again after {seconds[-1]:.1f} s, every figure exact")
    goal = Goal("8", "kill -9, started again at once: counting again within", "s", 10, 2, True)
    return Finding(goal, median(seconds), seconds, note=" (exact)")


def _seconds_to_count_again(servers: Servers, truth: Truth, database: str) -> float:
    with worker_process(servers, database) as worker:
        wait_until(
            lambda: counted(servers, database) > truth.records // 5, "a fifth of the log", [worker]
        )
        worker.kill()
        killed_at = time.perf_counter()
    before = counted(servers, database)
    with worker_process(servers, database, 1) as successor:
        wait_until(lambda: counted(servers, database) > before, "the next commit", [successor])
        seconds = time.perf_counter() - killed_at
        wait_until(
            lambda: counted(servers, database) >= truth.records, "the last commit", [successor]
        )
    return seconds
