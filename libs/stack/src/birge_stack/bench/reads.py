"""Goal 11: a year of the whole country, read from the store, and from the copy kept in memory."""

import time
from collections.abc import Callable
from statistics import median

import httpx

from birge_common.contracts.topics import SUBMISSIONS
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.load import Load, put_under
from birge_stack.bench.rounds import collected
from birge_stack.bench.servers import Servers
from birge_stack.errors import StackError

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
    uncached = [_uncached_ms(servers, api_url, key, database) for _ in range(10 * rounds)]
    headers = {"Authorization": f"Bearer {key}"}
    loads = {
        EMPTY: Load(f"{tutorial_url}/empty", [b""], {}, 16, seconds, "GET"),
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
            Goal("11", "country and year, uncached, median", "ms", 150, 50, True), median(uncached)
        ),
        Finding(
            Goal("11", "kept in memory : empty JSON route", "share", 0.6, 0.8), median(each), each
        ),
    ]


def _uncached_ms(servers: Servers, api_url: str, key: str, database: str) -> float:
    """Move a position, as a commit does, so that no answer made before is good any more."""
    moved = {"topic": SUBMISSIONS, "partition": 0}
    servers.mongo[database]["positions"].update_one(moved, {"$inc": {"next": 1}})
    time.sleep(SETTLE_SECONDS)
    began_at = time.perf_counter()
    answer = httpx.get(
        api_url + QUESTION, headers={"Authorization": f"Bearer {key}"}, trust_env=False
    )
    if answer.status_code != httpx.codes.OK:
        raise StackError(f"the API answered {answer.status_code}: {answer.text[:300]}")
    return (time.perf_counter() - began_at) * 1e3
