"""The smallest service to supervise: it answers on /health/ready, or misbehaves as told."""

import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Health(BaseHTTPRequestHandler):
    """Answers every GET with the one status this program was told."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()
        if "ready-then-die" in sys.argv:
            threading.Timer(0.1, os._exit, [1]).start()

    def log_message(self, format: str, *args: object) -> None:
        """Write no line for each request."""


if "die-at-start" in sys.argv:
    sys.exit("this program dies at its start")
if "never-ready" in sys.argv:
    Health.status = 503
signal.signal(
    signal.SIGTERM, signal.SIG_IGN if "ignore-stop" in sys.argv else lambda *_: os._exit(0)
)
HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
