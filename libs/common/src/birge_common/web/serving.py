"""Serves a program over HTTP until it is told to stop, the same way in every service."""

import signal
import sys

import uvicorn
from starlette.types import ASGIApp

from birge_common.settings import HttpSettings
from birge_common.telemetry.setup import Telemetry
from birge_common.web.protocol import GuardedHttpProtocol

# Supervisors and orchestrators kill after ten: the rest is for the traces.
_GRACE_SECONDS = 7


def serve(app: ASGIApp, http: HttpSettings, telemetry: Telemetry) -> None:
    """Answer until SIGTERM or Ctrl-C, finish what is begun, then send the last traces.

    uvicorn raises the signal again once it has stopped; left to its default, that would end the
    process before anything after it runs. Exits with status 0 after SIGTERM.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        uvicorn.run(
            app,
            host=http.host,
            port=http.port,
            http=GuardedHttpProtocol,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            # An address that any client can write into a header is no address.
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    finally:
        telemetry.shutdown()
