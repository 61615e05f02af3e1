"""Goals 1 to 5: the worker beside the ways a user would count, on one log, in turns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from birge_stack.bench.contestant_runs import Contestant, run_contestant
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.measurements import Sample, medians, ratios
from birge_stack.bench.preloading import Truth
from birge_stack.bench.rounds import collected
from birge_stack.bench.servers import Servers
from birge_stack.bench.worker_runs import run_workers
from birge_stack.errors import StackError

ONE, TWO = "worker", "worker, two processes"
BATCH, BATCH_ROLLUPS = "batch subscriber", "batch subscriber, with country and year"
BULK, UPDATES = "a bulk_write a message", "an update a counter"
BULK_ROLLUPS = "a bulk_write a message, with country and year"
UPDATES_ROLLUPS = "an update a counter, with country and year"
LIMIT, AT_LEAST_ONCE = "limit: consume, decode, add up", "the same layout at least once"

CONTESTANTS: Mapping[str, Contestant] = {
    BATCH: Contestant("batch_subscriber"),
    BATCH_ROLLUPS: Contestant("batch_subscriber", "rollups"),
    BULK: Contestant("naive", "bulk", records=3_000),
    BULK_ROLLUPS: Contestant("naive", "bulk-rollups", records=1_000),
    UPDATES: Contestant("naive", "updates", records=1_000),
    UPDATES_ROLLUPS: Contestant("naive", "updates-rollups", records=300),
    LIMIT: Contestant("limit"),
    AT_LEAST_ONCE: Contestant("at_least_once"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A goal that is our rate by another contestant's of the same round."""

    goal: Goal
    ours: str
    theirs: str


COMPARISONS: Sequence[Comparison] = (
    Comparison(Goal("1", "one process : batch subscriber", "×", None), ONE, BATCH),
    Comparison(
        Goal("1", "one process : batch subscriber that keeps country and year", "×", 6, 8),
        ONE,
        BATCH_ROLLUPS,
    ),
    Comparison(Goal("2", "two processes : batch subscriber", "×", None), TWO, BATCH),
    Comparison(
        Goal("2", "two processes : batch subscriber that keeps country and year", "×", 7.5, 10),
        TWO,
        BATCH_ROLLUPS,
    ),
    Comparison(Goal("3", "one process : a bulk_write a message", "×", None), ONE, BULK),
    Comparison(
        Goal("3", "one process : a bulk_write a message, country and year too", "×", 40),
        ONE,
        BULK_ROLLUPS,
    ),
    Comparison(Goal("3", "one process : an update a counter", "×", None), ONE, UPDATES),
    Comparison(
        Goal("3", "one process : an update a counter, country and year too", "×", 150),
        ONE,
        UPDATES_ROLLUPS,
    ),
    Comparison(Goal("4", "one process : limit", "share", 0.30, 0.50), ONE, LIMIT),
    Comparison(Goal("4", "two processes : limit", "share", 0.35, 0.50), TWO, LIMIT),
    Comparison(
        Goal("5", "one process : the same layout at least once", "share", 0.80, 1.0),
        ONE,
        AT_LEAST_ONCE,
    ),
)


def compare(
    servers: Servers, truth: Truth, *, rounds: int, say: Callable[[str], None]
) -> dict[str, list[Sample]]:
    """Every contestant in turn; what was counted is compared with what was sent, each time."""
    names = [ONE, *CONTESTANTS, TWO]
    runs = iter(range(1_000_000))

    def measure(name: str) -> Sample:
        database = f"bench_{next(runs)}"
        contestant = CONTESTANTS.get(name)
        if contestant is None:
            processes = 2 if name == TWO else 1
            sample = run_workers(
                servers, records=truth.records, database=database, processes=processes
            )
            refuse_wrong(name, hundredths_of_pages(servers, database), truth.hundredths_of_reports)
        else:
            sample = run_contestant(contestant, servers, records=truth.records, database=database)
            if contestant.module == "batch_subscriber":
                found = hundredths_of_flat(servers, database)
                refuse_wrong(name, found, truth.hundredths_of_records)
        servers.mongo.drop_database(database)
        say(line_of(name, sample))
        return sample

    return collected(names, rounds, measure)


def findings_of(samples: Mapping[str, Sequence[Sample]]) -> list[Finding]:
    """The ratios of the rounds and their medians."""
    found = []
    for comparison in COMPARISONS:
        ours, theirs = samples[comparison.ours], samples[comparison.theirs]
        each = ratios(ours, theirs)
        cheaper = medians(theirs).cpu_us_in_all / medians(ours).cpu_us_in_all
        note = f" (by CPU {cheaper:.2g})"
        found.append(Finding(comparison.goal, median(each), each, note))
    return found


def line_of(name: str, sample: Sample) -> str:
    """One run in one line."""
    spent = ", ".join(f"{program} {us:.0f}" for program, us in sample.cpu_us.items())
    return f"{name}: {sample.rate:,.0f} a second; µs of CPU a record: {spent}"


def hundredths_of_pages(servers: Servers, database: str) -> int:
    """The hours on the product's pages: each report has one direction."""
    return sum(
        amount
        for page in servers.mongo[database]["pages"].find({}, {"c": 1})
        for name, amount in page.get("c", {}).items()
        if name.startswith("direction/") and name.endswith("/hours")
    )


def hundredths_of_flat(servers: Servers, database: str) -> int:
    """The hours in flat counters of directions, of regions and months alone."""
    wanted = {"_id": {"$regex": r"^KZ-\d\d\|\d{4}-\d\d\|[a-z_]+\|direction/"}}
    return sum(row["hundredths"] for row in servers.mongo[database]["counters"].find(wanted))


def refuse_wrong(name: str, found: int, wanted: int) -> None:
    """A figure that is not exact makes every rate meaningless."""
    if found != wanted:
        raise StackError(f"{name} counted {found} hundredths of hours, but {wanted} were sent")
