"""Kafka and MongoDB for tests: the product's own parts on free ports in a folder of their own."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from birge_stack.home import Home, checkout_folder
from birge_stack.kafka import kafka_part
from birge_stack.mongod import mongod_part
from birge_stack.part import Part
from birge_stack.ports import free_port, setting_of
from birge_stack.process import PartProcess
from birge_stack.settings import Ports
from birge_stack.zipkin import otlp_part, zipkin_part


def shared_downloads() -> Path:
    """The downloads of the checkout, so that a test's own home fetches nothing twice."""
    return Path(os.environ.get("BIRGE_DOWNLOADS") or checkout_folder() / ".birge" / "downloads")


def command_environment(home: Path) -> dict[str, str]:
    """The environment in which the `birge` command has a home and ports of its own."""
    ports = {setting_of(part): str(free_port()) for part in Ports().by_part()}
    downloads = str(shared_downloads())
    return {**os.environ, **ports, "BIRGE_HOME": str(home), "BIRGE_DOWNLOADS": downloads}


class EmbeddedStack:
    """A context in which the components run; each can be killed, paused and started again.

    `traces=True` adds Zipkin and the OTLP bridge, which most tests do without.
    """

    def __init__(self, home: Path, *, test_commands: bool = False, traces: bool = False) -> None:
        self.home = Home(home, shared_downloads())
        self.kafka = self._process(
            kafka_part(self.home, port=free_port(), controller_port=free_port())
        )
        self.mongod = self._process(
            mongod_part(self.home, port=free_port(), test_commands=test_commands)
        )
        self.zipkin = self._process(zipkin_part(self.home, port=free_port()))
        self.otlp = self._process(
            otlp_part(port=free_port(), zipkin_url=self.zipkin.part.url),
        )
        self._parts = [self.kafka, self.mongod, *([self.zipkin, self.otlp] if traces else [])]
        self._running = ExitStack()

    @property
    def kafka_bootstrap(self) -> str:
        """`host:port` of the broker; the same after it was killed and started."""
        return self.kafka.part.url

    @property
    def mongo_uri(self) -> str:
        """The connection string of the replica set; the same after a restart."""
        return self.mongod.part.url

    @property
    def zipkin_url(self) -> str:
        """The trace store's root, of a stack with traces."""
        return self.zipkin.part.url

    @property
    def otlp_endpoint(self) -> str:
        """Where services send their spans, of a stack with traces."""
        return self.otlp.part.url

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            for process in self._parts:
                # Registered before it is ready: a part that never gets ready is stopped too.
                starting.callback(process.stop)
                process.start()
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def _process(self, part: Part) -> PartProcess:
        return PartProcess(part, self.home.log_of(part.name))
