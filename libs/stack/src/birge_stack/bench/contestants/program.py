"""What the contestants' programs share: their arguments, and the lines that tell their progress."""

import argparse
import json
import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a contestant is told on its command line."""

    bootstrap_servers: str
    mongo_uri: str
    database: str
    topic: str
    records: int
    batch: int
    variant: str

    @property
    def group_id(self) -> str:
        """A consumer group of its own for each run."""
        return f"bench-{self.database}"


def assignment_from(arguments: list[str]) -> Assignment:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    for name in ("--bootstrap-servers", "--mongo-uri", "--database", "--topic"):
        parser.add_argument(name, required=True)
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--batch", type=int, default=5_000)
    parser.add_argument("--variant", default="")
    return Assignment(**vars(parser.parse_args(arguments)))


class Progress:
    """Counts committed records, says so on stdout, and ends the process when all are done."""

    def __init__(self, records: int) -> None:
        self._wanted = records
        self._committed = 0

    def add(self, records: int) -> bool:
        """Note a commit; True when it was the last."""
        self._committed += records
        sys.stdout.write(json.dumps({"committed": self._committed}) + "\n")
        sys.stdout.flush()
        return self._committed >= self._wanted


def wait_to_be_ended() -> None:
    """Keep the process, for its memory to be read, until whoever measures it closes its input."""
    sys.stdin.read()
    os._exit(0)
