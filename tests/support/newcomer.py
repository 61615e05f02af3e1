"""A person at a keyboard, in a home of their own."""

import json
import subprocess
import sys
from pathlib import Path

from birge_stack.home import Home
from tests.support.stack import command_environment

COMMAND_TIMEOUT_SECONDS = 300


class Newcomer:
    """Runs the birge command, with ports that nobody else has."""

    def __init__(self, home: Path) -> None:
        self.home = Home.at(home)
        self._environment = command_environment(home)

    def birge(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """What a command says, and how it ends."""
        return subprocess.run(
            (sys.executable, "-m", "birge_stack", *arguments),
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_SECONDS,
            check=False,
        )

    def address_of(self, part: str) -> str:
        """Where a part of the running stack is."""
        document = json.loads(self.birge("status", "--json").stdout)
        return str({**document["parts"], **document["services"]}[part]["url"])
