"""Whatever somebody is called, what is logged of them is one line."""

import json
import subprocess
import sys

WRITES = """
import logging
import structlog
from birge_common.telemetry.logs import configure_logs
configure_logs("test")
name = "A\\r\\n{\\"event\\": \\"access.signed_in\\"}\\x1b[2J\\u2028"
structlog.get_logger().info("access.invited", name=name)
logging.getLogger("uvicorn.error").warning("Refused %s", name)
"""


def test_w11_line_breaks_in_a_name_are_escaped_in_one_line() -> None:
    done = subprocess.run(
        (sys.executable, "-c", WRITES), capture_output=True, text=True, check=True
    )
    written = done.stdout.rstrip("\n").split("\n")
    events = [json.loads(line)["event"] for line in written]
    assert len(events) == 2
    assert events[0] == "access.invited"
    assert "\r" not in done.stdout
    assert "\x1b" not in done.stdout
