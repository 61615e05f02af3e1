"""The one table of services: what runs them, and what each is told."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from birge_stack.home import Home
from birge_stack.mongod import REPLICA_SET
from birge_stack.part import Part
from birge_stack.ports import LOOPBACK
from birge_stack.service_keys import (
    AWARDS_LOG,
    OF_AWARDS,
    OF_PARTNERS,
    OF_THE_DOOR,
    service_keys,
)
from birge_stack.settings import Ports
from birge_stack.web import probe_http


@dataclass(frozen=True, slots=True)
class Service:
    """A long-running program of a service; its port is the setting of the same name.

    `secrets` are the settings that it needs and may know, of those in the home's file.
    """

    name: str
    command: tuple[str, ...]
    secrets: tuple[str, ...]


SERVICES = (
    Service("ingest", ("birge-ingest", "api"), OF_THE_DOOR),
    Service("aggregator", ("birge-aggregator", "api"), OF_PARTNERS),
    Service("aggregator-worker", ("birge-aggregator", "worker"), OF_PARTNERS),
    Service("aggregator-quality", ("birge-aggregator", "quality"), OF_PARTNERS),
    Service("aggregator-publisher", ("birge-aggregator", "publisher"), OF_PARTNERS),
    Service("awards", ("birge-awards", "api"), OF_AWARDS),
    Service("awards-worker", ("birge-awards", "worker"), OF_AWARDS),
)


def program(name: str) -> str:
    """The path of a console command that is installed beside this one."""
    return str(Path(sys.executable).parent / name)


def service_environment(
    home: Home, ports: Ports, name: str, *, sample_ratio: float
) -> Mapping[str, str]:
    """What the service of this name, and every command of it, is told about this stack."""
    [service] = [each for each in SERVICES if each.name == name]
    return {
        "BIRGE_KAFKA__BOOTSTRAP_SERVERS": f"{LOOPBACK}:{ports.kafka}",
        "BIRGE_MONGO__URI": f"mongodb://{LOOPBACK}:{ports.mongo}/?replicaSet={REPLICA_SET}",
        "BIRGE_HTTP__HOST": LOOPBACK,
        "BIRGE_TELEMETRY__OTLP_ENDPOINT": f"http://{LOOPBACK}:{ports.otlp}",
        "BIRGE_TELEMETRY__SAMPLE_RATIO": str(sample_ratio),
        "BIRGE_SITE__ADDRESS": f"http://{LOOPBACK}:{ports.aggregator}",
        "BIRGE_AWARDS__LOG_FOLDER": str(home.data / "audit" / AWARDS_LOG),
        "BIRGE_AWARDS__MAIL_FOLDER": str(home.data / "mail"),
        "BIRGE_AWARDS__PUBLIC_ADDRESS": f"http://{LOOPBACK}:{ports.awards}",
        **service_keys(home, service.secrets),
    }


def service_part(service: Service, ports: Ports, environment: Mapping[str, str]) -> Part:
    """A service as the supervisor runs it: after the log and the store, ready when it says so."""
    port = ports.of(service.name)
    command, *arguments = service.command
    url = f"http://{LOOPBACK}:{port}"
    return Part(
        name=service.name,
        argv=(program(command), *arguments),
        environment={**environment, "BIRGE_HTTP__PORT": str(port)},
        url=url,
        probe=lambda: probe_http(f"{url}/health/ready"),
        needs=("kafka", "mongo"),
        is_service=True,
        stop_within_seconds=10,
    )
