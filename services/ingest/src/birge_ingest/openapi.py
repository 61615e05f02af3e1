"""`python -m birge_ingest.openapi [--check] FILE`: writes the OpenAPI document, or compares it."""

import json
import sys
from pathlib import Path

from birge_common.clock import SystemClock
from birge_common.security.keys import KeyDirectory
from birge_ingest.app import Parts, create_app
from birge_ingest.settings import IngestSettings
from birge_ingest.stores.memory import MemoryEventLog, MemoryQuarantine, MemorySeenEvents


def document_text() -> str:
    """The document as it is committed: the same for the same code."""
    quarantine = MemoryQuarantine()
    parts = Parts(
        log=MemoryEventLog(),
        seen=MemorySeenEvents(),
        quarantine=quarantine,
        quarantine_reads=quarantine,
        keys=KeyDirectory(""),
        clock=SystemClock(),
    )
    document = create_app(IngestSettings(), parts).openapi()
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write FILE, or with --check tell by the exit status whether it is up to date."""
    *options, file = arguments
    path = Path(file)
    if options != ["--check"]:
        path.write_text(document_text(), encoding="utf-8")
        return 0
    is_current = path.exists() and path.read_text(encoding="utf-8") == document_text()
    if not is_current:
        sys.stderr.write(f"{path} is not up to date: python -m birge_ingest.openapi {path}\n")
    return 0 if is_current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
