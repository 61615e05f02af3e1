"""Goal 7: does counting slow down as the ledger grows? A large ledger beside an empty one."""

from collections.abc import Callable, Iterator
from itertools import islice
from statistics import median
from typing import Any

from pymongo import WriteConcern

from birge_common.regions import REGIONS
from birge_stack.bench.counting import hundredths_of_pages, line_of, refuse_wrong
from birge_stack.bench.events import source_of
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.measurements import Sample, medians, ratios
from birge_stack.bench.preloading import Truth
from birge_stack.bench.rounds import collected
from birge_stack.bench.servers import Servers
from birge_stack.bench.worker_runs import run_workers

FILL_BATCH = 20_000
LARGE = "bench_large_ledger"
LARGE_NAME, EMPTY_NAME = "worker, large ledger", "worker, empty ledger"


def compare_ledgers(
    servers: Servers, truth: Truth, *, reports: int, rounds: int, say: Callable[[str], None]
) -> dict[str, list[Sample]]:
    """The same log counted into a ledger that holds last year's reports, and into an empty one."""
    empties = iter(range(1_000_000))

    def measure(name: str) -> Sample:
        database = LARGE if name == LARGE_NAME else f"bench_empty_{next(empties)}"
        sample = run_workers(servers, records=truth.records, database=database)
        refuse_wrong(name, hundredths_of_pages(servers, database), truth.hundredths_of_reports)
        if name == LARGE_NAME:
            forget_this_year(servers)
        else:
            servers.mongo.drop_database(database)
        say(line_of(name, sample))
        return sample

    say(f"filling a ledger with {reports:,} reports")
    fill(servers, truth, reports)
    return collected([EMPTY_NAME, LARGE_NAME], rounds, measure)


def ledger_findings(samples: dict[str, list[Sample]], reports: int) -> list[Finding]:
    """Rate and mongod's processor time, the large one by the empty one."""
    large, empty = samples[LARGE_NAME], samples[EMPTY_NAME]
    each = ratios(large, empty)
    cpu = medians(large).cpu_us["mongod"] / medians(empty).cpu_us["mongod"]
    title = f"ledger of {reports / 1e6:g} million : empty, cache 0.5 GB"
    return [
        Finding(Goal("7", f"{title}, rate", "share", 0.85, 0.95), median(each), each),
        Finding(Goal("7", f"{title}, mongod's CPU", "×", 1.2, 1.0, True), cpu),
    ]


def fill(servers: Servers, truth: Truth, reports: int) -> None:
    """Copies of an entry that the worker itself wrote, under last year's numbers."""
    template_database = "bench_template"
    run_workers(servers, records=truth.records, database=template_database)
    template = servers.mongo[template_database]["ledger"].find_one() or {}
    servers.mongo.drop_database(template_database)
    ledger = servers.mongo[LARGE].get_collection("ledger", write_concern=WriteConcern(1))
    documents = last_year(template, reports)
    while several := list(islice(documents, FILL_BATCH)):
        ledger.insert_many(several, ordered=False)


def last_year(template: dict[str, Any], reports: int) -> Iterator[dict[str, Any]]:
    """Entries of every office in turn, numbered in order as offices do."""
    codes = sorted(REGIONS)
    for place in range(reports):
        region = codes[place % len(codes)]
        number = place // len(codes)
        identity = f"{source_of(region)}|activity|{region}-2024-{number:08d}"
        stated = f"2024-{place % 12 + 1:02d}|{region}"
        yield {**template, "_id": identity, "stated": stated}


def forget_this_year(servers: Servers) -> None:
    """Leave last year's ledger alone, so that the log can be counted into it again."""
    database = servers.mongo[LARGE]
    for region in REGIONS:
        this_year = f"{source_of(region)}|activity|{region}-2025-"
        database["ledger"].delete_many({"_id": {"$gte": this_year, "$lt": this_year + "~"}})
    for name in ("positions", "leases", "pages"):
        database.drop_collection(name)
