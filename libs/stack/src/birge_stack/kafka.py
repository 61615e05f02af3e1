"""Apache Kafka as one small process: a KRaft broker and controller on the loopback interface."""

import base64
import os
import secrets
import subprocess
from collections.abc import Callable
from pathlib import Path

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from birge_stack.errors import StackError
from birge_stack.home import Home
from birge_stack.jars import class_path, ensure_jars, read_lock
from birge_stack.java import LETTERS_IN_PATHS, find_java
from birge_stack.part import NotReady, Part, nothing
from birge_stack.ports import LOOPBACK

JARS = read_lock("kafka-jars.lock")
PROBE_TIMEOUT_SECONDS = 2.0
# Stock Kafka plans for a cluster: 50 partitions for each internal topic, 128 MB for its cleaner,
# and 9 s in which a killed broker counts as alive and may not come back.
LEAN = """\
auto.create.topics.enable=false
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
offsets.topic.num.partitions=4
transaction.state.log.num.partitions=4
offsets.topic.segment.bytes=8388608
transaction.state.log.segment.bytes=8388608
log.index.size.max.bytes=1048576
log.cleaner.dedupe.buffer.size=4194304
log.cleaner.threads=1
num.network.threads=2
num.io.threads=2
background.threads=2
group.coordinator.threads=1
broker.session.timeout.ms=5000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
"""


def kafka_part(
    home: Home,
    *,
    port: int,
    controller_port: int,
    when_ready: Callable[[], None] = nothing,
    progress: Callable[[str], None] = lambda line: None,
) -> Part:
    """The broker of a home; its data stays when the ports change."""
    properties = home.run / "kafka.properties"
    java = find_java().command(heap_start_mb=32, heap_max_mb=256)
    runtime = (
        *java,
        f"-Dlog4j2.configurationFile={home.run / 'kafka-log4j2.properties'}",
        "-cp",
        class_path(JARS, home.jars),
    )

    def prepare() -> None:
        ensure_jars(JARS, home.jars, progress=progress)
        _write_configuration(properties, home, port=port, controller_port=controller_port)
        if not (home.data / "kafka" / "meta.properties").exists():
            _format_storage(runtime, properties)

    return Part(
        name="kafka",
        argv=(*runtime, "kafka.Kafka", str(properties)),
        environment=LETTERS_IN_PATHS,
        url=f"{LOOPBACK}:{port}",
        probe=lambda: probe_kafka(f"{LOOPBACK}:{port}"),
        prepare=prepare,
        when_ready=when_ready,
    )


def probe_kafka(bootstrap_servers: str) -> None:
    """Ask for the cluster's metadata; raise NotReady when nobody answers in time."""
    asking: dict[str, str | int | float | bool] = {
        "bootstrap.servers": bootstrap_servers,
        # Its own complaints about a broker that is only starting would fill the screen.
        "log_level": 0,
        "reconnect.backoff.ms": 50,
        "reconnect.backoff.max.ms": 100,
    }
    admin = AdminClient(asking)
    try:
        admin.list_topics(timeout=PROBE_TIMEOUT_SECONDS)
    except KafkaException as error:
        raise NotReady(str(error)) from error


def new_cluster_id() -> str:
    """A random id as Kafka wants it, never one that a command line would take for an option."""
    while True:
        name = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        if not name.startswith("-"):
            return name


def _write_configuration(properties: Path, home: Home, *, port: int, controller_port: int) -> None:
    properties.parent.mkdir(parents=True, exist_ok=True)
    properties.write_text(
        "process.roles=broker,controller\n"
        "node.id=1\n"
        f"controller.quorum.voters=1@{LOOPBACK}:{controller_port}\n"
        f"listeners=BROKER://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}\n"
        f"advertised.listeners=BROKER://{LOOPBACK}:{port}\n"
        "inter.broker.listener.name=BROKER\n"
        "controller.listener.names=CONTROLLER\n"
        "listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT\n"
        f"log.dirs={home.data / 'kafka'}\n" + LEAN,
        # What Java reads: Latin-1, and an escape for every letter beyond it.
        encoding="latin-1",
        errors="backslashreplace",
    )
    (home.run / "kafka-log4j2.properties").write_text(
        "status=error\n"
        "appender.out.type=Console\n"
        "appender.out.name=out\n"
        "appender.out.layout.type=PatternLayout\n"
        "appender.out.layout.pattern=%d{ISO8601} %p %c{1}: %m%n\n"
        "rootLogger.level=warn\n"
        "rootLogger.appenderRef.out.ref=out\n",
        "ascii",
    )


def _format_storage(runtime: tuple[str, ...], properties: Path) -> None:
    formatting = (*runtime, "kafka.tools.StorageTool", "format", "-t", new_cluster_id())
    done = subprocess.run(
        (*formatting, "--ignore-formatted", "-c", str(properties)),
        env={**os.environ, **LETTERS_IN_PATHS},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackError(f"Kafka's storage was not formatted: {done.stdout}{done.stderr}")
