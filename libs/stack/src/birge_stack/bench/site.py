"""Goals 18 and 19: a whole edition with its files, and its pages under many readers."""

import os
import subprocess
import time
from collections.abc import Callable
from statistics import median, quantiles

from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.load import Load, Served, put_under
from birge_stack.bench.programs import Program, new_key, service, wait_for_key
from birge_stack.bench.rounds import collected
from birge_stack.bench.servers import Servers
from birge_stack.demo.edition.story import Editing
from birge_stack.demo.people import Visitor, joined
from birge_stack.errors import StackError
from birge_stack.service_keys import OF_AWARDS
from birge_stack.services import program
from birge_stack.verify.statistics_api import StatisticsApi

PERIOD = "2025"
OFFICE = "urn:birge:bench-office"
EMPTY, COUNTRY, REGION = "empty page", "page of the country", "page of a region"
READERS = 16


def site_findings(
    servers: Servers,
    *,
    api: Program,
    ingest: Program,
    tutorial_url: str,
    ingest_database: str,
    database: str,
    group: dict[str, str],
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> list[Finding]:
    """Publish the bench's year as the demo does, then read its pages beside an empty one."""
    key = new_key(servers, database=ingest_database, sources=[OFFICE])
    for address in (f"{ingest.url}/v1/quarantine", f"{api.url}/v1/statistics/hours?period=2025"):
        wait_for_key(address, key)
    with (
        service(servers, "birge-aggregator", "worker", database=database, environment=group),
        service(servers, "birge-aggregator", "publisher", database=database, environment=group),
        StatisticsApi(api.url, key) as statistics,
    ):
        editing = Editing(api.url, api.url, ingest.url, key, OFFICE, say)
        took = _seconds(lambda: editing.run(_administrator(servers, api), statistics, PERIOD))
    what = "an edition: explained, frozen, checked, files in three languages"
    edition = Finding(Goal("18", what, "s", 60, None, True), took)
    return [edition, *_pages(api.url, tutorial_url, rounds=rounds, seconds=seconds, say=say)]


def _pages(
    api_url: str, tutorial_url: str, *, rounds: int, seconds: float, say: Callable[[str], None]
) -> list[Finding]:
    headers = {"Accept": "text/html", "Accept-Language": "kk"}
    addresses = {
        EMPTY: f"{tutorial_url}/empty-page",
        COUNTRY: f"{api_url}/",
        REGION: f"{api_url}/regions/KZ-71",
    }

    def measure(name: str) -> Served:
        load = Load(addresses[name], [b""], headers, READERS, seconds, "GET")
        served = put_under(load, status=200)
        say(f"{name}: {served.rate:,.0f} a second")
        return served

    served = collected([EMPTY, COUNTRY, REGION], rounds, measure)
    found = []
    for name in (COUNTRY, REGION):
        shares = [
            mine.rate / empty.rate for mine, empty in zip(served[name], served[EMPTY], strict=True)
        ]
        slow = [quantiles(one.milliseconds, n=20)[-1] for one in served[name]]
        found += [
            Finding(Goal("19", f"{name} : {EMPTY}", "share", 0.5), median(shares), shares),
            Finding(
                Goal("19", f"{name}, {READERS} readers, p95", "ms", 50, None, True),
                median(slow),
                slow,
            ),
        ]
    return found


def _administrator(servers: Servers, api: Program) -> Visitor:
    done = subprocess.run(
        (program("birge-awards"), "administrator"),
        env={**os.environ, **servers.service_environment("bench_awards", OF_AWARDS)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"birge-awards administrator failed: {done.stderr.strip()}")
    return joined(api.url, done.stdout.strip().rpartition("/")[2])


def _seconds(work: Callable[[], object]) -> float:
    began_at = time.perf_counter()
    work()
    return time.perf_counter() - began_at
