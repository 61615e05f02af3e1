"""The rules of data quality over a year of a million reports, and after a few pages changed."""

import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from statistics import median
from typing import Any

import httpx
from pymongo import WriteConcern

from birge_common.contracts.topics import SUBMISSIONS
from birge_common.regions import REGIONS
from birge_stack.bench.events import MONTHS, source_of
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.preloading import Truth
from birge_stack.bench.programs import new_key, service, wait_for_key
from birge_stack.bench.reads import SETTLE_SECONDS
from birge_stack.bench.servers import Servers
from birge_stack.bench.watching import memory_mb
from birge_stack.bench.worker_runs import run_workers
from birge_stack.errors import StackError

DATABASE, KEYS = "bench_quality", "bench_quality_keys"
GROUP = {"BIRGE_COUNTING__GROUP_ID": DATABASE}
QUESTION = "/v1/statistics/quality?period=2025&region=KZ"
# One more than whole rounds of the places: no place gets the same template twice, as a double.
TEMPLATES, FILL_BATCH = 83 * len(MONTHS) * len(REGIONS) + 1, 20_000
CHANGED_PAGES = 10
PATIENCE_SECONDS = 120.0
# Reports of several sources meet in one place, so that doubles are looked for in earnest.
SOURCES_OF_A_PLACE = 3


def quality_findings(
    servers: Servers, truth: Truth, *, reports: int, rounds: int, say: Callable[[str], None]
) -> list[Finding]:
    """The first answer of a fresh process, and what each changed page adds to the next ones."""
    say(f"filling a year with {reports:,} reports")
    _fill(servers, truth, reports)
    firsts: list[float] = []
    each_page: list[float] = []
    memory: list[float] = []
    with service(servers, "birge-ingest", "api", database=KEYS):
        key = new_key(servers, database=KEYS, sources=[source_of("KZ-71")])
        for _ in range(rounds):
            with service(
                servers, "birge-aggregator", "api", database=DATABASE, environment=GROUP
            ) as api:
                wait_for_key(f"{api.url}/v1/statistics/hours?period=1999", key)
                firsts.append(_seconds(api.url, key))
                unchanged = median(_after_seconds(servers, api.url, key, 0) for _ in range(5))
                changed = median(
                    _after_seconds(servers, api.url, key, CHANGED_PAGES) for _ in range(5)
                )
                each_page.append(1e3 * (changed - unchanged) / CHANGED_PAGES)
                memory.append(memory_mb(api.pids))
            say(f"quality: {firsts[-1]:.1f} s at first, {each_page[-1]:.0f} ms a changed page")
    year = f"quality of a year of {reports / 1e6:g} million reports"
    return [
        Finding(Goal("14", f"{year}, first answer", "s", 10, None, True), median(firsts), firsts),
        Finding(
            Goal("14", f"{year}, each changed page", "ms", 100, None, True),
            median(each_page),
            each_page,
        ),
        Finding(
            Goal("12", "memory, statistics API after quality", "MB", 300, None, True),
            median(memory),
            memory,
        ),
    ]


def _fill(servers: Servers, truth: Truth, reports: int) -> None:
    """Entries that the worker itself wrote, spread evenly over the months and regions of a year."""
    run_workers(servers, records=truth.records, database=DATABASE)
    database = servers.mongo[DATABASE]
    templates = list(database["ledger"].find({"stated": {"$exists": True}}).limit(TEMPLATES))
    database.drop_collection("ledger")
    database["ledger"].create_index("stated", sparse=True)
    ledger = database.get_collection("ledger", write_concern=WriteConcern(1))
    documents = _year(templates, reports)
    while several := list(islice(documents, FILL_BATCH)):
        ledger.insert_many(several, ordered=False)
    for period in MONTHS:
        for region in REGIONS:
            page = {"region": region, "period": period, "layer": "front_office", "partition": 0}
            once = {"$setOnInsert": page, "$inc": {"revision": 1}}
            database["pages"].update_one({"_id": f"{region}|{period}|bench"}, once, upsert=True)


def _year(templates: list[dict[str, Any]], reports: int) -> Iterator[dict[str, Any]]:
    places = cycle([f"{period}|{region}" for period in MONTHS for region in sorted(REGIONS)])
    for number, template, stated in zip(range(reports), cycle(templates), places, strict=False):
        of_place = number // (len(MONTHS) * len(REGIONS))
        source = source_of(f"{stated[-2:]}-{of_place % SOURCES_OF_A_PLACE}")
        yield {**template, "_id": f"{source}|activity|Q-{number:08d}", "stated": stated}


def _after_seconds(servers: Servers, url: str, key: str, pages: int) -> float:
    """An answer after so many pages of different places changed, and counting moved."""
    database = servers.mongo[DATABASE]
    for region in sorted(REGIONS)[:pages]:
        page = {"_id": f"{region}|{MONTHS[0]}|bench"}
        database["pages"].update_one(page, {"$inc": {"revision": 1}})
    moved = {"topic": SUBMISSIONS, "partition": 0}
    database["positions"].update_one(moved, {"$inc": {"next": 1}})
    time.sleep(SETTLE_SECONDS)
    return _seconds(url, key)


def _seconds(url: str, key: str) -> float:
    began_at = time.perf_counter()
    answer = httpx.get(
        url + QUESTION,
        headers={"Authorization": f"Bearer {key}"},
        timeout=PATIENCE_SECONDS,
        trust_env=False,
    )
    if answer.status_code != httpx.codes.OK:
        raise StackError(f"the API answered {answer.status_code}: {answer.text[:300]}")
    return time.perf_counter() - began_at
