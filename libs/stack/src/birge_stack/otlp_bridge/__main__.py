"""Run the bridge: `python -m birge_stack.otlp_bridge --port 4318 --zipkin-url …`."""

import argparse

import httpx
import uvicorn

from birge_stack.otlp_bridge.app import ZIPKIN_TIMEOUT_SECONDS, create_app
from birge_stack.ports import LOOPBACK


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="birge_stack.otlp_bridge")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--zipkin-url", required=True)
    options = parser.parse_args()
    zipkin = httpx.AsyncClient(
        base_url=options.zipkin_url, timeout=ZIPKIN_TIMEOUT_SECONDS, trust_env=False
    )
    uvicorn.run(
        create_app(zipkin),
        host=LOOPBACK,
        port=options.port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
