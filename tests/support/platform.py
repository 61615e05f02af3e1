"""The whole platform as a user runs it: the `birge` command, on ports and a home of its own."""

import json
import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import httpx

from birge_stack.ports import free_port
from tests.support.stack import shared_downloads

PORTS = (
    "KAFKA",
    "KAFKA_CONTROLLER",
    "MONGO",
    "ZIPKIN",
    "OTLP",
    "INGEST",
    "AGGREGATOR",
    "AGGREGATOR_WORKER",
)


class Platform:
    """`birge up --detach` on entering, `birge down` on leaving."""

    def __init__(self, home: Path) -> None:
        self._environment = {
            **os.environ,
            "BIRGE_HOME": str(home),
            "BIRGE_DOWNLOADS": str(shared_downloads()),
            **{f"BIRGE_PORT_{name}": str(free_port()) for name in PORTS},
        }
        self.home = home
        self.http = httpx.Client(timeout=20)

    def __enter__(self) -> Self:
        self.birge("up", "--detach")
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
        self.birge("down")

    def birge(self, *arguments: str) -> str:
        """Run the command; its standard output. A failure shows both outputs."""
        done = subprocess.run(
            (str(Path(sys.executable).parent / "birge"), *arguments),
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, f"birge {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @cached_property
    def status(self) -> dict[str, Any]:
        """`birge status --json`; addresses stay as long as the platform is up."""
        status: dict[str, Any] = json.loads(self.birge("status", "--json"))
        return status

    def url(self, name: str) -> str:
        """The address of a service or a component."""
        url: str = {**self.status["parts"], **self.status["services"]}[name]["url"]
        return url

    def pid(self, name: str) -> int:
        """The process of a part, from what the supervisor writes."""
        parts = json.loads((self.home / "run" / "state.json").read_text())["parts"]
        pid: int = next(part["process"]["pid"] for part in parts if part["name"] == name)
        return pid

    def new_key(self, name: str, *options: str) -> str:
        """`birge partner add`: the key alone on the last line."""
        return self.birge("partner", "add", name, *options).splitlines()[-1]
