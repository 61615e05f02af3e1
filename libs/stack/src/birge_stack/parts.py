"""The whole stack in the order it starts: components first, then the services on them."""

from collections.abc import Callable

from confluent_kafka import KafkaException

from birge_common.messaging.admin import create_topics
from birge_stack import kafka, zipkin
from birge_stack.home import Home
from birge_stack.jars import ensure_jars
from birge_stack.kafka import kafka_part
from birge_stack.mongod import REPLICA_SET, mongod_part
from birge_stack.part import NotReady, Part
from birge_stack.ports import LOOPBACK
from birge_stack.services import SERVICES, service_environment, service_part
from birge_stack.settings import Ports
from birge_stack.state import PartRecord
from birge_stack.zipkin import otlp_part, zipkin_part


def all_parts(home: Home, ports: Ports, *, sample_ratio: float) -> tuple[Part, ...]:
    """Every part of a home, each knowing its ports and its environment."""
    broker = kafka_part(
        home,
        port=ports.kafka,
        controller_port=ports.kafka_controller,
        when_ready=lambda: make_topics(f"{LOOPBACK}:{ports.kafka}"),
    )
    traces = zipkin_part(home, port=ports.zipkin)
    return (
        broker,
        mongod_part(home, port=ports.mongo),
        traces,
        otlp_part(port=ports.otlp, zipkin_url=traces.url),
        *(
            service_part(
                service,
                ports,
                service_environment(home, ports, service.name, sample_ratio=sample_ratio),
            )
            for service in SERVICES
        ),
    )


def make_topics(bootstrap_servers: str) -> None:
    """Create what topics are missing; a broker that goes away meanwhile is simply not ready."""
    try:
        create_topics(bootstrap_servers, replication_factor=1)
    except KafkaException as error:
        raise NotReady(str(error)) from error


def download_all(home: Home, progress: Callable[[str], None]) -> None:
    """Fetch every jar that is not there yet, before anything starts."""
    ensure_jars((*kafka.JARS, *zipkin.JARS), home.jars, progress=progress)


def expected_records(ports: Ports) -> tuple[PartRecord, ...]:
    """How the parts of a stack look when none runs; nothing is looked for or made."""
    components = {
        "kafka": f"{LOOPBACK}:{ports.kafka}",
        "mongo": f"mongodb://{LOOPBACK}:{ports.mongo}/?replicaSet={REPLICA_SET}",
        "zipkin": f"http://{LOOPBACK}:{ports.zipkin}",
        "otlp": f"http://{LOOPBACK}:{ports.otlp}",
    }
    services = {each.name: f"http://{LOOPBACK}:{ports.of(each.name)}" for each in SERVICES}
    return (
        *(PartRecord(name=name, url=url) for name, url in components.items()),
        *(PartRecord(name=name, url=url, is_service=True) for name, url in services.items()),
    )
