"""`python -m birge_aggregator.openapi [--check]`: docs/openapi-aggregator.json."""

import sys
from pathlib import Path

from fastapi import FastAPI

from birge_aggregator.app import access_over, create_api
from birge_aggregator.settings import AggregatorSettings
from birge_aggregator.stores.memory import MemoryEditions, MemoryFindings, MemoryStore
from birge_aggregator.stores.memory_publications import MemoryPublications
from birge_common.access.stores.failures_memory import MemoryFailures
from birge_common.access.stores.memory import MemoryPeopleStore
from birge_common.clock import SystemClock
from birge_common.security.keys import KeyDirectory
from birge_common.web.openapi import write_or_check

PATH = Path(__file__).resolve().parents[4] / "docs" / "openapi-aggregator.json"


def documented_app() -> FastAPI:
    """The API over nothing: only its routes matter here."""
    settings, clock = AggregatorSettings(), SystemClock()
    return create_api(
        settings,
        store=MemoryStore(),
        findings=MemoryFindings(),
        editions=MemoryEditions(),
        publications=MemoryPublications(),
        access=access_over(settings, MemoryPeopleStore(), clock, MemoryFailures()),
        keys=KeyDirectory(""),
        clock=clock,
    )


if __name__ == "__main__":
    write_or_check(documented_app(), PATH, sys.argv[1:])
