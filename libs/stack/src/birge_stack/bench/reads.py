"""Goal 11: a year of the whole country, read from the store, and from the copy kept in memory."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

import httpx

from birge_common.contracts.topics import SUBMISSIONS
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.load import Load, put_under
from birge_stack.bench.rounds import collected
from birge_stack.bench.servers import Servers
from birge_stack.errors import StackError
from birge_stack.oracle.recount import TABLES

A_MONTH = {"period": "2025-03"}
QUESTION = "/v1/statistics/hours?period=2025&region=KZ"
# Positions are asked for at most every few milliseconds; a longer pause makes the next read ask.
SETTLE_SECONDS = 0.03
KEPT, EMPTY = "statistics, kept in memory", "empty JSON route"


def read_findings(
    servers: Servers,
    *,
    api_url: str,
    tutorial_url: str,
    key: str,
    database: str,
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> list[Finding]:
    """Uncached reads one at a time; kept ones under load beside a route with nothing to say."""
    asked = _Asked(servers, api_url, key, database)
    whole = [asked.after_ms({}) for _ in range(10 * rounds)]
    changed = [asked.after_ms(A_MONTH) for _ in range(10 * rounds)]
    tables = {
        table: median(asked.after_ms(A_MONTH, table) for _ in range(5 * rounds)) for table in TABLES
    }
    slowest = max(tables, key=lambda table: tables[table])
    say(f"slowest table after a month changed: {slowest}, {tables[slowest]:.0f} ms")
    compressed = {"Accept-Encoding": "gzip"}
    headers = {"Authorization": f"Bearer {key}", **compressed}
    loads = {
        EMPTY: Load(f"{tutorial_url}/empty", [b""], compressed, 16, seconds, "GET"),
        KEPT: Load(api_url + QUESTION, [b""], headers, 16, seconds, "GET"),
    }

    def measure(name: str) -> float:
        served = put_under(loads[name], status=200)
        say(f"{name}: {served.rate:,.0f} requests a second")
        return served.rate

    rates = collected([EMPTY, KEPT], rounds, measure)
    each = [mine / other for mine, other in zip(rates[KEPT], rates[EMPTY], strict=True)]
    return [
        Finding(
            Goal("11", "country and year, every page changed, median", "ms", 150, 50, True),
            median(whole),
        ),
        Finding(
            Goal("11", "the same, the pages of one month changed, median", "ms", 150, 50, True),
            median(changed),
        ),
        Finding(
            Goal("11", f"the slowest of {len(TABLES)} tables, {slowest}", "ms", 150, 50, True),
            tables[slowest],
        ),
        Finding(
            Goal("11", "kept in memory : empty JSON route", "share", 0.6, 0.8), median(each), each
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The API, asked one question at a time."""

    servers: Servers
    url: str
    key: str
    database: str

    def after_ms(self, changed: Mapping[str, str], table: str = "hours") -> float:
        """A read after these pages changed: move them and a position, as a commit does."""
        store = self.servers.mongo[self.database]
        store["pages"].update_many(changed, {"$inc": {"revision": 1}})
        moved = {"topic": SUBMISSIONS, "partition": 0}
        store["positions"].update_one(moved, {"$inc": {"next": 1}})
        time.sleep(SETTLE_SECONDS)
        began_at = time.perf_counter()
        answer = httpx.get(
            self.url + QUESTION.replace("hours", table),
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=60,
            trust_env=False,
        )
        if answer.status_code != httpx.codes.OK:
            raise StackError(f"the API answered {answer.status_code}: {answer.text[:300]}")
        return (time.perf_counter() - began_at) * 1e3
