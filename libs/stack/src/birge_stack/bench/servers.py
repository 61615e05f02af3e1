"""The bench's own Kafka and MongoDB: the product's parts on free ports in a folder of their own."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from birge_stack.home import Home
from birge_stack.kafka import kafka_part
from birge_stack.mongod import mongod_part
from birge_stack.parts import make_topics
from birge_stack.ports import free_port
from birge_stack.process import PartProcess
from birge_stack.service_keys import OF_THE_DOOR, service_keys

CACHE = "cache_size=512M"

Database = MongoClient[dict[str, Any]]


@dataclass(frozen=True)
class Servers:
    """Where the running servers are, and which processes they are."""

    home: Home
    kafka: PartProcess
    mongod: PartProcess
    mongo: Database

    @property
    def bootstrap_servers(self) -> str:
        """Address of the broker."""
        return self.kafka.part.url

    @property
    def mongo_uri(self) -> str:
        """Address of the replica set."""
        return self.mongod.part.url

    def pids(self) -> dict[str, int]:
        """The servers whose processor time is measured."""
        found = {"mongod": self.mongod.pid, "kafka": self.kafka.pid}
        return {name: pid for name, pid in found.items() if pid is not None}

    def service_environment(
        self, database: str, secrets: tuple[str, ...] = OF_THE_DOOR
    ) -> Mapping[str, str]:
        """What a service of the product is told, with a database of its own."""
        return {
            "BIRGE_KAFKA__BOOTSTRAP_SERVERS": self.bootstrap_servers,
            "BIRGE_MONGO__URI": self.mongo_uri,
            "BIRGE_MONGO__DATABASE": database,
            "BIRGE_HTTP__HOST": "127.0.0.1",
            "BIRGE_HTTP__PORT": str(free_port()),
            "BIRGE_TELEMETRY__SAMPLE_RATIO": "0",
            **service_keys(self.home, secrets),
        }


@contextmanager
def running_servers(folder: Path) -> Iterator[Servers]:
    """Kafka and MongoDB with the product's topics; stopped at the end, whatever happens."""
    home = Home(folder, Home.from_environment().downloads)
    kafka_port = free_port()
    broker = kafka_part(
        home,
        port=kafka_port,
        controller_port=free_port(),
        when_ready=lambda: make_topics(f"127.0.0.1:{kafka_port}"),
    )
    parts = (broker, mongod_part(home, port=free_port()))
    with ExitStack() as stack:
        processes = [PartProcess(part, home.log_of(part.name)) for part in parts]
        for process in processes:
            stack.callback(process.stop)
            process.start()
        mongo: Database = stack.enter_context(MongoClient(processes[1].part.url, tz_aware=True))
        # The goals about growth are about a cache of this size.
        mongo.admin.command("setParameter", 1, wiredTigerEngineRuntimeConfig=CACHE)
        yield Servers(home, processes[0], processes[1], mongo)
