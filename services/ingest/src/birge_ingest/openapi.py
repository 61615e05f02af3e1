"""Writes docs/openapi-ingest.json: `python -m birge_ingest.openapi [--check]`, from a checkout."""

import sys
from pathlib import Path

from fastapi import FastAPI

from birge_common.clock import SystemClock
from birge_common.security.keys import KeyDirectory
from birge_common.security.sealing import new_sealing_pair
from birge_common.web.openapi import write_or_check
from birge_ingest.app import Parts, create_app
from birge_ingest.settings import IngestSettings
from birge_ingest.stores.memory import MemoryEventLog, MemoryQuarantine, MemorySeenEvents

PATH = Path(__file__).parents[4] / "docs" / "openapi-ingest.json"


def documented_app() -> FastAPI:
    """The application, only to be asked for its document."""
    quarantine = MemoryQuarantine()
    parts = Parts(
        log=MemoryEventLog(),
        seen=MemorySeenEvents(),
        quarantine=quarantine,
        quarantine_reads=quarantine,
        keys=KeyDirectory(""),
        clock=SystemClock(),
        sealing_key=new_sealing_pair("document")[0],
    )
    return create_app(IngestSettings(), parts)


if __name__ == "__main__":
    write_or_check(documented_app(), PATH, sys.argv[1:])
