"""`birge-aggregator api | worker | rebuild`: settings, then telemetry, then serving."""

import sys

import uvicorn

from birge_aggregator.app import api, worker
from birge_aggregator.settings import AggregatorSettings
from birge_common.telemetry.setup import setup_telemetry

_PROGRAMS = {"api": api, "worker": worker}


def main() -> None:
    """Serve one of the service's processes until SIGTERM."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in _PROGRAMS:
        raise SystemExit("Usage: birge-aggregator api | worker")
    settings = AggregatorSettings()
    settings.security.require()
    telemetry = setup_telemetry("aggregator", settings.telemetry)
    try:
        uvicorn.run(
            _PROGRAMS[name](settings),
            host=settings.http.host,
            port=settings.http.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=8,
        )
    finally:
        telemetry.shutdown()


if __name__ == "__main__":
    main()
