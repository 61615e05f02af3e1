"""What a person may change about the stack: its ports."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from birge_stack.errors import StackError


def _port(default: int, what: str) -> Any:
    return Field(default, ge=1, le=65535, description=what)


class Ports(BaseSettings):
    """One loopback port for each part; each is set by `BIRGE_PORT_<PART>`."""

    model_config = SettingsConfigDict(env_prefix="BIRGE_PORT_", frozen=True, extra="ignore")

    kafka: int = _port(19092, "Kafka broker")
    kafka_controller: int = _port(19093, "Kafka's controller, used by the broker alone")
    mongo: int = _port(27117, "MongoDB")
    zipkin: int = _port(9411, "Trace store: its pages and its API")
    otlp: int = _port(4318, "Where services send their traces, OTLP over HTTP")
    ingest: int = _port(8101, "Ingest: the door for partners' events")
    aggregator: int = _port(8102, "Aggregator: the statistics API and the public site")
    aggregator_worker: int = _port(8112, "Aggregator's worker: health and metrics")
    aggregator_quality: int = _port(8122, "Aggregator's follower of findings: health and metrics")
    aggregator_publisher: int = _port(8132, "Aggregator's publisher: health and metrics")
    awards: int = _port(8104, "Awards: the console and the public pages")
    awards_worker: int = _port(8114, "Awards' worker: health and metrics")

    def by_part(self) -> Mapping[str, int]:
        """Each port by the name of its part, as state and messages spell it."""
        return {name.replace("_", "-"): port for name, port in self.model_dump().items()}

    def of(self, part: str) -> int:
        """The port of one part."""
        return self.by_part()[part]


def read_ports() -> Ports:
    """The ports of the environment; a value that is no port is an error that names its setting."""
    try:
        return Ports()
    except ValidationError as error:
        wrong = ", ".join(f"BIRGE_PORT_{str(each['loc'][0]).upper()}" for each in error.errors())
        raise StackError(f"not a port number from 1 to 65535: {wrong}") from error
