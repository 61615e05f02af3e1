"""What needs the services running: freshness, reads, pages, the door, and their memory."""

from collections.abc import Callable
from itertools import islice

from birge_common.regions import REGIONS
from birge_stack.bench.door import door_findings
from birge_stack.bench.events import SentEvent, sent_events, source_of
from birge_stack.bench.freshness import freshness_findings
from birge_stack.bench.goals import Finding, Goal
from birge_stack.bench.preloading import Truth
from birge_stack.bench.programs import Program, new_key, service, tutorial_app, wait_for_key
from birge_stack.bench.reads import QUESTION, read_findings
from birge_stack.bench.servers import Servers
from birge_stack.bench.site import site_findings
from birge_stack.bench.watching import memory_mb
from birge_stack.bench.worker_runs import counted, wait_until

INGEST, AGGREGATOR = "bench_ingest", "bench_serving"
FRESH_EVENTS, FRESH_SEED, FRESH_NUMBER = 500, 7, 50_000_000
LOAD_SECONDS = 4.0
GROUP = {"BIRGE_COUNTING__GROUP_ID": AGGREGATOR}


def serving_findings(
    servers: Servers, truth: Truth, *, rounds: int, say: Callable[[str], None]
) -> list[Finding]:
    """The door, the worker and the reading side, each beside what it is compared with."""
    seconds = LOAD_SECONDS if rounds > 1 else LOAD_SECONDS / 2
    with (
        service(servers, "birge-ingest", "api", database=INGEST) as ingest,
        service(servers, "birge-aggregator", "api", database=AGGREGATOR, environment=GROUP) as api,
        tutorial_app(servers) as tutorial,
    ):
        key = _key_known_to(servers, ingest, api)
        found = _freshness(servers, truth, ingest, key)
        say("freshness measured")
        # Before the reads, which move positions by hand.
        found += site_findings(
            servers,
            api=api,
            ingest=ingest,
            tutorial_url=tutorial.url,
            ingest_database=INGEST,
            database=AGGREGATOR,
            group=GROUP,
            rounds=rounds,
            seconds=seconds,
            say=say,
        )
        found += read_findings(
            servers,
            api_url=api.url,
            tutorial_url=tutorial.url,
            key=key,
            database=AGGREGATOR,
            rounds=rounds,
            seconds=seconds,
            say=say,
        )
        found.append(_memory("statistics API after the reads", api))
        found += door_findings(
            door_url=ingest.url,
            tutorial_url=tutorial.url,
            key=key,
            rounds=rounds,
            seconds=seconds,
            say=say,
        )
        found.append(_memory("door after the load", ingest))
    return found


def _key_known_to(servers: Servers, ingest: Program, api: Program) -> str:
    key = new_key(servers, database=INGEST, sources=[source_of(region) for region in REGIONS])
    wait_for_key(f"{ingest.url}/v1/quarantine", key)
    wait_for_key(api.url + QUESTION, key)
    return key


def _freshness(servers: Servers, truth: Truth, ingest: Program, key: str) -> list[Finding]:
    with service(
        servers, "birge-aggregator", "worker", database=AGGREGATOR, environment=GROUP
    ) as worker:
        wait_until(
            lambda: counted(servers, AGGREGATOR) >= truth.records, "the log", [worker.process]
        )
        return freshness_findings(
            servers, _fresh_events(), url=ingest.url, key=key, database=AGGREGATOR
        )


def _fresh_events() -> list[SentEvent]:
    made = sent_events(2 * FRESH_EVENTS, seed=FRESH_SEED, first_number=FRESH_NUMBER)
    return list(islice((event for event in made if not event.is_resent), FRESH_EVENTS))


def _memory(what: str, measured: Program) -> Finding:
    return Finding(Goal("12", f"memory, {what}", "MB", 150, None, True), memory_mb(measured.pids))
