"""The command line of the service: one of its programs, or a rebuild."""

import asyncio
import sys
import time

from birge_aggregator.app import api, publisher, quality, worker
from birge_aggregator.rebuilding import rebuild
from birge_aggregator.settings import AggregatorSettings
from birge_common.telemetry.setup import setup_telemetry
from birge_common.web.serving import serve

_SERVERS = {"api": api, "worker": worker, "quality": quality, "publisher": publisher}
_DIFFERENCES_SHOWN = 50


def main() -> None:
    """Run one of the service's programs; exits with 1 where a rebuild differs."""
    match sys.argv[1:]:
        case [name] if name in _SERVERS:
            _serve(name, AggregatorSettings())
        case ["rebuild", *options] if set(options) <= {"--keep"}:
            sys.exit(_rebuild(AggregatorSettings(), keep="--keep" in options))
        case _:
            programs = " | ".join(_SERVERS)
            sys.exit(f"Usage: birge-aggregator {programs} | rebuild [--keep]")


def _serve(name: str, settings: AggregatorSettings) -> None:
    settings.security.require()
    telemetry = setup_telemetry("aggregator", settings.telemetry)
    serve(_SERVERS[name](settings), settings.http, telemetry)


def _rebuild(settings: AggregatorSettings, *, keep: bool) -> int:
    began_at = time.perf_counter()
    report = asyncio.run(rebuild(settings, keep=keep))
    seconds = time.perf_counter() - began_at
    lines = [f"{what}: live {ours}, rebuilt {theirs}" for what, ours, theirs in report.differences]
    summary = (
        f"{report.records} records counted again in {seconds:.1f} s; "
        f"{report.cells} cells compared, {len(report.differences)} differ"
    )
    sys.stdout.write("\n".join([*lines[:_DIFFERENCES_SHOWN], summary]) + "\n")
    return 1 if report.differences else 0


if __name__ == "__main__":
    main()
