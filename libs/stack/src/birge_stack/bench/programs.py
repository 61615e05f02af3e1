"""Starts the product's services, and small web programs beside them, for as long as they serve."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from birge_stack.bench.servers import Servers
from birge_stack.errors import StackError
from birge_stack.part import Part
from birge_stack.partner import is_accepted
from birge_stack.process import PartProcess
from birge_stack.services import program
from birge_stack.web import probe_http

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Program:
    """A running program, and where it answers."""

    process: PartProcess
    url: str

    @property
    def pids(self) -> list[int]:
        """Its process, for its memory and processor time."""
        return [] if self.process.pid is None else [self.process.pid]


@contextmanager
def service(
    servers: Servers,
    *command: str,
    database: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Program]:
    """A service of the product, ready; stopped at the end."""
    given = {**servers.service_environment(database), **(environment or {})}
    argv = (program(command[0]), *command[1:])
    with _running(servers, "-".join(command), argv, given, ready="/health/ready") as running:
        yield running


@contextmanager
def tutorial_app(servers: Servers) -> Iterator[Program]:
    """What the door and the reading side are measured beside."""
    given = {**os.environ, **servers.service_environment("bench_tutorial")}
    argv = (sys.executable, "-m", "birge_stack.bench.contestants.tutorial")
    with _running(servers, "tutorial", argv, given, ready="/empty") as running:
        yield running


@contextmanager
def _running(
    servers: Servers,
    name: str,
    argv: tuple[str, ...],
    environment: Mapping[str, str],
    *,
    ready: str,
) -> Iterator[Program]:
    url = f"http://127.0.0.1:{environment['BIRGE_HTTP__PORT']}"
    part = Part(
        name=name,
        argv=argv,
        url=url,
        probe=lambda: probe_http(url + ready),
        environment=environment,
        stop_within_seconds=10,
    )
    process = PartProcess(part, servers.home.log_of(f"bench-{name}"))
    try:
        process.start()
        yield Program(process, url)
    finally:
        process.stop()


def new_key(servers: Servers, *, database: str, sources: list[str]) -> str:
    """A key for every source, made as an administrator does; the running door announces it."""
    options = [part for source in sources for part in ("--source", source)]
    done = subprocess.run(
        (program("birge-ingest"), "partner", "add", "bench", *options),
        env={**os.environ, **servers.service_environment(database)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError("birge-ingest made no key for the bench")
    return done.stdout.strip().splitlines()[-1]


def wait_for_key(address: str, key: str) -> None:
    """Return when the service at this address knows the key."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not is_accepted(address, key):
        if time.monotonic() > give_up_at:
            raise StackError(f"{address} does not accept the bench's key")
        time.sleep(0.1)
