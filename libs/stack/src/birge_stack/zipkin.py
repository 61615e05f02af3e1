"""Zipkin as the embedded trace store, with the bridge that lets services speak OTLP to it."""

import sys
from collections.abc import Callable

from birge_stack.home import Home
from birge_stack.jars import class_path, ensure_jars, read_lock
from birge_stack.java import LETTERS_IN_PATHS, find_java
from birge_stack.part import Part
from birge_stack.ports import LOOPBACK
from birge_stack.web import probe_http

JARS = read_lock("zipkin-jars.lock")
SPANS_MAX = 50_000


def zipkin_part(
    home: Home, *, port: int, progress: Callable[[str], None] = lambda line: None
) -> Part:
    """The trace store, keeping the latest spans in memory only."""
    url = f"http://{LOOPBACK}:{port}"
    return Part(
        name="zipkin",
        argv=(
            *find_java().command(heap_start_mb=16, heap_max_mb=128),
            *("-jar", class_path(JARS, home.jars)),
            # All three are needed: an address alone makes the server pick a random port.
            f"--armeria.ports[0].ip={LOOPBACK}",
            f"--armeria.ports[0].port={port}",
            "--armeria.ports[0].protocols[0]=http",
        ),
        environment={**LETTERS_IN_PATHS, "STORAGE_TYPE": "mem", "MEM_MAX_SPANS": str(SPANS_MAX)},
        url=url,
        probe=lambda: probe_http(f"{url}/health"),
        prepare=lambda: ensure_jars(JARS, home.jars, progress=progress),
    )


def otlp_part(*, port: int, zipkin_url: str) -> Part:
    """The bridge from OTLP over HTTP to Zipkin's own format."""
    url = f"http://{LOOPBACK}:{port}"
    return Part(
        name="otlp",
        argv=(
            *(sys.executable, "-m", "birge_stack.otlp_bridge"),
            *("--port", str(port), "--zipkin-url", zipkin_url),
        ),
        url=url,
        probe=lambda: probe_http(f"{url}/health"),
        stop_within_seconds=10,
    )
